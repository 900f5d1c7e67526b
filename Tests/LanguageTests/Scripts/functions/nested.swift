// Functions inside functions capture what is around them.
func outer() -> Int {
    var count = 0
    func inc(_ by: Int = 1) { count += by }
    inc(); inc(5)
    func twice() { inc(); inc() }
    twice()
    return count
}
print(outer()) // expect: 8
func isEven(_ n: Int) -> Bool { n == 0 ? true : isOdd(n - 1) }
func isOdd(_ n: Int) -> Bool { n == 0 ? false : isEven(n - 1) }
print(isEven(10), isOdd(7)) // expect: true true
func fib(_ n: Int) -> Int {
    func go(_ a: Int, _ b: Int, _ n: Int) -> Int { n == 0 ? a : go(b, a + b, n - 1) }
    return go(0, 1, n)
}
print(fib(50)) // expect: 12586269025
func maker() -> (() -> Int, (Int) -> Void) {
    var value = 1
    func get() -> Int { value }
    func set(_ v: Int) { value = v }
    return (get, set)
}
let (get, set) = maker()
set(42)
print(get()) // expect: 42
func ping(_ n: Int) -> [Int] {
    func pong(_ m: Int) -> [Int] { m == 0 ? [] : [m] + pang(m - 1) }
    func pang(_ m: Int) -> [Int] { m == 0 ? [] : [-m] + pong(m - 1) }
    return pong(n)
}
print(ping(4)) // expect: [4, -3, 2, -1]
