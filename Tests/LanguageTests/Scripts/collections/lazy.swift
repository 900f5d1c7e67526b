// lazy computes only what is asked for.
func noisy(_ n: Int) -> Int { print("<\(n)>", terminator: ""); return n * n }
for v in (1...1000).lazy.map(noisy) where v > 10 { print(v); break } // expect: <1><2><3><4>16
let eager = (1...3).map(noisy)
print(eager) // expect: <1><2><3>[1, 4, 9]
let later = [1, 2].lazy.map(noisy)
print("nothing yet") // expect: nothing yet
print(Array(later)) // expect: <1><2>[1, 4]
let chain = [1, 2, 3, 4].lazy.map { $0 + 1 }.filter { $0 % 2 == 0 }
print(Array(chain), chain.contains(4), chain.reduce(0, +), chain.map { $0 * 10 }.max()!) // expect: [2, 4] true 6 40
print(Array((1...9).lazy.prefix { $0 < 4 }), Array((1...9).lazy.dropFirst(6)), Array((1...5).lazy.drop { $0 < 4 })) // expect: [1, 2, 3] [7, 8, 9] [4, 5]
print(Array([3, 4].lazy.compactMap { $0 > 3 ? "\($0)" : nil }), Array([1, 2].lazy.flatMap { [$0, $0] })) // expect: ["4"] [1, 1, 2, 2]
