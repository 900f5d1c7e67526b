// map, filter, reduce and their kin.
let a = [3, 1, 2]
print(a.map { $0 * 2 }, a.filter { $0 > 1 }, a.reduce(0, +), a.compactMap { $0 > 1 ? "\($0)" : nil }) // expect: [6, 2, 4] [3, 2] 6 ["3", "2"]
print(a.flatMap { [$0, $0] }, a.enumerated().map { $0.offset * $0.element }, zip(a, "xyz").map { "\($0)\($1)" })
// expect: [3, 3, 1, 1, 2, 2] [0, 1, 4] ["3x", "1y", "2z"]
print(a.reduce(into: [Int: Int]()) { $0[$1] = $1 * $1 }[3]!) // expect: 9
print(a.allSatisfy { $0 > 0 }, a.contains { $0 > 5 }, a.first { $0 < 3 }!, a.last { $0 < 3 }!) // expect: true false 1 2
print(a.firstIndex { $0 == 2 }!, a.lastIndex { $0 > 1 }!, a.min()!, a.max()!, a.min { $0 > $1 }!) // expect: 2 2 1 3 3
a.forEach { print($0, terminator: ",") }
print() // expect: 3,1,2,
print(a.map { n in (n, n * n) }.filter { $0.1 > 1 }.map { $0.0 }) // expect: [3, 2]
print(a.map(String.init), a.map(Double.init), a.sorted().map { -$0 }) // expect: ["3", "1", "2"] [3.0, 1.0, 2.0] [-1, -2, -3]
print([[1], [2, 3]].flatMap { $0 }, [[1, 2], [3]].joined().map { $0 }, Array([[1], [2]].joined(separator: [0]))) // expect: [1, 2, 3] [1, 2, 3] [1, 0, 2]
print(a.reduce("") { "\($0)\($1)" }, a.map { $0 % 2 == 0 }) // expect: 312 [false, false, true]
