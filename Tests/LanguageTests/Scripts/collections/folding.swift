// reduce in many shapes.
let a = [3, 1, 2]
print(a.reduce(0, +), a.reduce(1) { $0 * $1 }, a.reduce(Int.min) { max($0, $1) }, a.reduce("") { $0 + "\($1)" }) // expect: 6 6 3 312
let xs = [1.5, 2.5]
print(xs.reduce(0, +), xs.reduce(0) { $0 + $1 }, xs.reduce(1, *), xs.reduce(0) { max($0, $1) }) // expect: 4.0 4.0 3.75 2.5
print(a.reduce(0.0) { $0 + Double($1) / 2 }, a.reduce((0, 0)) { ($0.0 + $1, $0.1 + 1) }) // expect: 3.0 (6, 3)
print(a.reduce(into: [Int]()) { $0.insert($1, at: 0) }, a.reduce(into: (low: 9, high: 0)) { $0.low = min($0.low, $1); $0.high = max($0.high, $1) })
// expect: [2, 1, 3] (low: 1, high: 3)
print(["a", "b"].reduce("") { $0.isEmpty ? $1 : $0 + "-" + $1 }, [[1], [2]].reduce([], +), a.reduce(true) { $0 && $1 > 0 }) // expect: a-b [1, 2] true
print(xs.reduce(into: 0) { $0 += $1 }, a.map { $0 * $0 }.reduce(0, +), a.reduce([]) { $0 + [$1 * 2] }) // expect: 4.0 14 [6, 2, 4]
let lengths: [String: Int] = ["aa", "b"].reduce(into: [:]) { $0[$1] = $1.count }
print(lengths["aa"]!, zip(a, xs).reduce(0) { $0 + Double($1.0) * $1.1 }) // expect: 2 7.0
