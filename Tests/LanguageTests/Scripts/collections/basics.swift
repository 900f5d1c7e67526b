var a = [3, 1, 2]
a.append(5); a.insert(0, at: 0); a += [7]
print(a, a.count, a.first ?? 0, a.last!) // expect: [0, 3, 1, 2, 5, 7] 6 0 7
a.remove(at: 1); a.removeLast(); a.swapAt(0, 1); a.reverse()
print(a) // expect: [5, 2, 0, 1]
// ---
let a = [3, 1, 2]
print(a.sorted(), a.sorted(by: >), a.min()!, a.max()!, Array(a.reversed())) // expect: [1, 2, 3] [3, 2, 1] 1 3 [2, 1, 3]
print(a.map { $0 * 2 }, a.filter { $0 > 1 }, a.reduce(0, +), a.contains(2), a.firstIndex(of: 2)!) // expect: [6, 2, 4] [3, 2] 6 true 2
// ---
var b = [1, 2]
var c = b
c[0] = 9
print(b, c) // expect: [1, 2] [9, 2]
// ---
var d = ["a": 1]
d["b"] = 2
d["a"] = nil
d["c", default: 10] += 1
print(d.count, d["b"]!, d["c"] ?? 0, d["zz"] == nil) // expect: 2 2 11 true
// ---
var counts: [Character: Int] = [:]
for c in "banana" { counts[c, default: 0] += 1 }
for k in counts.keys.sorted() { print(k, counts[k]!) }
// expect: a 3
// expect: b 1
// expect: n 2
// ---
let g = Dictionary(grouping: [1, 2, 3, 4], by: { $0 % 2 })
print(g[0]!, g[1]!) // expect: [2, 4] [1, 3]
// ---
let s: Set = [1, 2, 2, 3]
print(s.count, s.contains(2), s.union([9]).count, s.isSubset(of: [1, 2, 3, 4])) // expect: 3 true 4 true
// ---
print("Hello".uppercased(), "a,b".split(separator: ","), "abc".hasPrefix("ab"), "abc".count) // expect: HELLO ["a", "b"] true 3
print("x-y".replacingOccurrences(of: "-", with: "+"), ["a", "b"].joined(separator: "/")) // expect: x+y a/b
// ---
let (evens, odds) = ([1, 2, 3].filter { $0 % 2 == 0 }, [1, 2, 3].filter { $0 % 2 == 1 })
print(evens, odds) // expect: [2] [1, 3]
// ---
print(zip([1, 2], ["a", "b"]).map { "\($0)\($1)" }, [[1], [2, 3]].flatMap { $0 }) // expect: ["1a", "2b"] [1, 2, 3]
print(["1", "x", "3"].compactMap { Int($0) }) // expect: [1, 3]
// ---
var m = [[1, 2], [3, 4]]
m[1][0] = 9
m[0].append(5)
print(m) // expect: [[1, 2, 5], [9, 4]]
// ---
print([1, 2, 3].reduce(into: 0) { $0 += $1 }, Array(repeating: 0, count: 3), Array(1...3)) // expect: 6 [0, 0, 0] [1, 2, 3]
// ---
print([1, 2][2]) // expect error: index 2 is out of range: expected 0...1
// ---
let e: [Int] = []
print(e.removeLast()) // expect error: 'e' is a constant
// ---
print("abc"[0]) // expect error: write Array("abc")[0]
