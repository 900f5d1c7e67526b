struct A { struct B { var x = 1 } }
print(B()) // expect error: there is no 'B' here
// ---
struct A { enum Kind { case one } }
let k: A.Kid = .one // expect error: did you mean A.Kind?
// ---
struct A { struct B {}; enum B { case x } } // expect error: 'B' is declared twice in A
// ---
struct A { protocol P {} } // expect error: protocol is not part of this language
