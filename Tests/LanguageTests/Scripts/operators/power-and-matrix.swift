struct M: Equatable {
    var a: Int, b: Int, c: Int, d: Int
    static let one = M(a: 1, b: 0, c: 0, d: 1)
    static func * (x: M, y: M) -> M {
        M(a: x.a * y.a + x.b * y.c, b: x.a * y.b + x.b * y.d, c: x.c * y.a + x.d * y.c, d: x.c * y.b + x.d * y.d)
    }
    static func *= (x: inout M, y: M) { x = x * y }
    func raised(to n: Int) -> M { (0..<n).reduce(M.one) { power, _ in power * self } }
}
let fib = M(a: 1, b: 1, c: 1, d: 0)
var product = fib
for _ in 0..<3 { product *= fib }
print(fib.raised(to: 10).b, product == fib.raised(to: 4), [fib, fib].reduce(M.one, *) == fib * fib)
// expect: 55 true true
