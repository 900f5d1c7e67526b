// A copy made before the first use computes its own value.
struct Squares {
    var n: Int
    lazy var values: [Int] = (1...n).map { $0 * $0 }
    mutating func total() -> Int { values.reduce(0, +) }
}
var a = Squares(n: 3)
var b = a
print(a.values)
b.n = 4
print(b.values, b.total())
a.n = 10
print(a.values, a.total())
a.values.append(100)
print(a.total())
// expect: [1, 4, 9]
// expect: [1, 4, 9, 16] 30
// expect: [1, 4, 9] 14
// expect: 114
