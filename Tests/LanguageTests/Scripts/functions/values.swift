// Functions are values: stored, passed, returned, kept in collections.
func double(_ x: Int) -> Int { x * 2 }
let f = double
let g: (Int) -> Int = { $0 + 1 }
print(f(4), g(4), [f, g].map { $0(10) }) // expect: 8 5 [20, 11]
func compose(_ a: @escaping (Int) -> Int, _ b: @escaping (Int) -> Int) -> (Int) -> Int { { b(a($0)) } }
print(compose(f, g)(5), compose(g, f)(5)) // expect: 11 12
let table: [String: (Double, Double) -> Double] = ["+": (+), "*": (*), "max": max]
print(table["+"]!(2, 3), table["*"]!(2, 3), table["max"]!(2, 3)) // expect: 5.0 6.0 3.0
func apply(_ n: Int, _ f: (Int) -> Int) -> Int { f(n) }
print(apply(3, double), apply(3) { $0 * $0 }, apply(3, { n in -n })) // expect: 6 9 -3
var handler: ((String) -> Void)?
handler?("nobody")
handler = { print("got", $0) }
handler?("hello") // expect: got hello
func adder(_ n: Int) -> (Int) -> Int { { $0 + n } }
print(adder(5)(1), [1, 2].map(adder(10))) // expect: 6 [11, 12]
func curried(_ a: Int) -> (Int) -> (Int) -> Int { { b in { c in a * 100 + b * 10 + c } } }
print(curried(1)(2)(3)) // expect: 123
