struct A { var n = 1 }
// cell
struct A { var n = "text" }
let bad: Int = "x" // expect error: expected Int, got String
// cell
print(A().n + 1) // expect: 2
