struct A { subscript(i: Int) -> Int { i } }
var a = A()
a[1] = 2 // expect error: this subscript can only be read
// ---
struct A { subscript(i: Int) -> Int { i } }
print(A()["x"]) // expect error: expected Int, got String
// ---
struct A { subscript(at i: Int) -> Int { i } }
print(A()[1]) // expect error: this argument needs its label 'at:'
// ---
struct A { var x = 1 }
print(A()[0]) // expect error: A has no [ ]
// ---
struct A { var items = [1]; subscript(i: Int) -> Int { get { items[i] } set { items[i] = newValue } } }
let a = A()
a[0] = 2 // expect error: 'a' is a constant
// ---
struct A { static subscript(i: Int) -> Int { i * 2 } }
print(A()[4]) // expect error: A has no [ ]
