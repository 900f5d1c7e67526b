struct Polynomial {
    let coefficients: [Int]
    func callAsFunction(_ x: Int) -> Int {
        coefficients.reversed().reduce(0) { $0 * x + $1 }
    }
    func callAsFunction(from a: Int, to b: Int) -> [Int] { (a...b).map { self($0) } }
}
struct Ticker {
    var n = 0
    mutating func callAsFunction() -> Int {
        n += 1
        return n
    }
}
let p = Polynomial(coefficients: [1, 0, 2])
print(p(3), p(from: 0, to: 2))
var tick = Ticker()
print(tick(), tick(), tick.n)
let maybe: Polynomial? = p
print(maybe?(1) ?? 0)
print([1, 2, 3].map { p($0) })
// expect: 19 [1, 3, 9]
// expect: 1 2 2
// expect: 3
// expect: [3, 9, 19]
