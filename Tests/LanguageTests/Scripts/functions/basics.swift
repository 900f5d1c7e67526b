func area(width w: Int, _ h: Int = 2, scale: Int = 1) -> Int { w * h * scale }
print(area(width: 3), area(width: 3, 4), area(width: 3, scale: 5)) // expect: 6 12 30
// ---
func sum(_ xs: Int...) -> Int { xs.reduce(0, +) }
print(sum(), sum(1), sum(1, 2, 3)) // expect: 0 1 6
// ---
func bump(_ n: inout Int, by k: Int = 1) { n += k }
var n = 1
bump(&n); bump(&n, by: 5)
var a = [1, 2]
bump(&a[1], by: 10)
print(n, a) // expect: 7 [1, 12]
// ---
func outer() -> Int {
    var count = 0
    func inc() { count += 1 }
    inc(); inc()
    return count
}
print(outer()) // expect: 2
// ---
func isEven(_ n: Int) -> Bool { n == 0 ? true : isOdd(n - 1) }
func isOdd(_ n: Int) -> Bool { n == 0 ? false : isEven(n - 1) }
print(isEven(10), isOdd(7)) // expect: true true
// ---
func make() -> () -> Int { var n = 0; return { n += 1; return n } }
let c = make(), d = make()
print(c(), c(), d()) // expect: 1 2 1
// ---
func apply(_ f: (Int) -> Int, to x: Int) -> Int { f(x) }
func double(_ x: Int) -> Int { x * 2 }
print(apply(double, to: 4), apply({ $0 + 1 }, to: 4)) // expect: 8 5
// ---
func g(a: Int) -> String { "a" }
func g(b: Int) -> String { "b" }
print(g(a: 1), g(b: 1)) // expect: a b
// ---
func f(x: Int) {}
f(y: 1) // expect error: did you mean x:?
// ---
func f(x: Int) {}
f(1) // expect error: write f(x: 1)
// ---
func f(_ x: Int) -> Int { if x > 0 { return 1 } } // expect error: may reach its end without returning Int
// ---
func down(_ n: Int) -> Int { down(n + 1) }
down(0) // expect error: recursion deeper than
// ---
func inner(_ a: [Int]) -> Int { a[5] }
func middle() -> Int { inner([1]) }
middle() // expect error: called from In [1], line 3
// ---
func fact(_ n: Int) -> Double { n == 0 ? 1 : Double(n) * fact(n - 1) }
print(fact(5)) // expect: 120.0
// ---
func swap2(_ a: inout Int, _ b: inout Int) { (a, b) = (b, a) }
var x = 1, y = 2
swap2(&x, &y)
print(x, y) // expect: 2 1
// ---
// closures write through to the inout parameter they capture
func f(_ x: inout Int) { [1, 2].forEach { x += $0 }; x *= 10 }
var a = 1
f(&a)
print(a)
// expect: 40
struct E: Error {}
struct P {
    var x = 1, log: [Int] = []
    mutating func add() -> Int { [1, 2].forEach { x += $0; log.append(x) }; return x }
    mutating func fail() throws { func more() { x += 100 }; more(); more(); throw E() }
}
var p = P()
print(p.add(), p)
// expect: 4 P(x: 4, log: [2, 4])
do { try p.fail() } catch { print(p.x) }
// expect: 204
print([1, 2].reduce(into: [Int]()) { all, n in [n, n].forEach { all.append($0) } })
// expect: [1, 1, 2, 2]
