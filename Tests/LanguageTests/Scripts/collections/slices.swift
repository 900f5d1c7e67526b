// A slice keeps the indices of its array.
let a = [10, 20, 30, 40, 50]
let s = a[1...3]
print(s, s.count, s[1], s.first!, s.startIndex, s.endIndex, s.indices) // expect: [20, 30, 40] 3 20 20 1 4 1..<4
print(a[..<2], a[3...], a[...1], a[2..<2], a[...]) // expect: [10, 20] [40, 50] [10, 20] [] [10, 20, 30, 40, 50]
for i in s.indices { print(i, s[i], terminator: " ") }
print() // expect: 1 20 2 30 3 40 
print(s.firstIndex(of: 30)!, s[2...], s.map { $0 / 10 }, Array(s)[0], s.reduce(0, +)) // expect: 2 [30, 40] [2, 3, 4] 20 90
print(a.prefix(2), a.suffix(2), a.dropFirst(), a.dropLast(3), a.dropFirst(9)) // expect: [10, 20] [40, 50] [20, 30, 40, 50] [10, 20] []
print(a.prefix { $0 < 25 }, a.drop { $0 < 25 }, a.prefix(upTo: 2), a.prefix(through: 2), a.suffix(from: 3))
// expect: [10, 20] [30, 40, 50] [10, 20] [10, 20, 30] [40, 50]
print(s == [20, 30, 40], Array(s) == [20, 30, 40], s.contains(50), s.max()!, s.sorted(by: >)) // expect: true true false 40 [40, 30, 20]
var copy = s
copy[2] = 99
copy.append(1)
print(copy, s, a[2]) // expect: [20, 99, 40, 1] [20, 30, 40] 30
print(copy.removeFirst(), copy.popLast()!, copy.first!, copy) // expect: 20 1 99 [99, 40]
func total(_ part: ArraySlice<Int>) -> Int { part.isEmpty ? 0 : part.first! + total(part.dropFirst()) }
print(total(a[...]), (s + [1]).count, ([1] + s).count) // expect: 150 4 4
