let n: Int? = 4
print(n!, n.map { $0 * 2 }, n == 4, n != nil) // expect: 4 Optional(8) true true
// ---
let t: String? = nil
print(t?.count ?? -1, t?.uppercased()) // expect: -1 nil
// ---
struct A { var b: B? }
struct B: Equatable { var c = 5 }
var a = A(b: B())
a.b?.c = 7
print(a.b?.c ?? 0) // expect: 7
a.b = nil
a.b?.c = 9
print(a.b == nil) // expect: true
// ---
let n: Int? = nil
print(n!) // expect error: found nil while unwrapping
// ---
let n: Int? = 3
print(n + 1) // expect error: unwrap it: n ?? 0
// ---
let n = 3
if let m = n { print(m) } // expect error: which always has a value
// ---
let v: Int? = 3
if case let x? = v { print(x) } // expect: 3
// ---
print(Int("12") ?? 0, Int("x") ?? -1, Double("2.5")!) // expect: 12 -1 2.5
