struct P { var x: Int }
let p = P(x: 1)
p.x = 2 // expect error: 'p' is a constant
// ---
struct P { let x: Int }
var p = P(x: 1)
p.x = 2 // expect error: 'x' is a constant of P
// ---
struct P { var x: Int; func f() { x = 2 } } // expect error: write mutating func
// ---
struct P { var x: Int; mutating func f() { x = 2 } }
let p = P(x: 1)
p.f() // expect error: 'p' is a constant, but 'f' changes it
// ---
struct P { var x: Int }
print(P().x) // expect error: the argument 'x:' is missing
// ---
struct P { var x: Int; var y = 1 }
print(P(y: 2, x: 1)) // expect error: 'y:' is out of order
// ---
struct P { var x: Int }
print(P(x: "a")) // expect error: expected Int, got String
// ---
struct P { var name: Int; var x: Int { name } ; var x = 3 } // expect error: 'x' is declared twice in P
// ---
struct P { func f() {}; func f() {} } // expect error: 'f' is declared twice in P
// ---
struct P { var a: Int { 1 } }
var p = P()
p.a = 2 // expect error: 'a' can only be read
// ---
struct P { var length = 1 }
print(P().lenght) // expect error: did you mean .length?
// ---
struct Node { var next: Node? } // expect error: a value of Node would hold another one without end
// ---
struct A { var b: B }
struct B { var a: A? } // expect error: without end
// ---
func f() { let k = 1; struct S { func g() -> Int { k } }; print(S().g()) } // expect error: which a type cannot use
