struct V { var x = 1 }
print(V() + V()) // expect error: cannot apply '+' to V and V
// ---
struct V { var x = 1; static func + (a: V, b: V) -> V { V(x: a.x + b.x) } }
var v = V()
v += V() // expect error: write v = v + V()
// ---
struct V { var x = 1; func + (a: V, b: V) -> V { a } } // expect error: write static func +
// ---
struct V { static func - (a: V) -> V { a } } // expect error: write prefix func -
// ---
struct V { static func += (a: V, b: V) { } } // expect error: write (a: inout V, ...)
// ---
func + (a: Int, b: Int) -> Int { 0 } // expect error: needs a type of yours among its values
// ---
infix operator <> // expect error: declaring an operator is not part of this language
// ---
struct V { var x = 1; static func < (a: V, b: V) -> Bool { a.x < b.x } }
print(V() > V()) // expect error: cannot apply '>' to V and V
