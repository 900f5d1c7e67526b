// A switch names what it leaves out.
switch (true, false) { // expect error: add case (false, true): or default:
case (true, _): print("a")
case (false, false): print("b")
}
// ---
let n: Int? = 1
switch n { // expect error: this switch does not handle every value of Int?
case nil: print("none")
case 5?: print("five")
}
// ---
enum E { case a, b(Bool), c(Int) }
let e = E.a
switch e { // expect error: this switch does not handle .b(false), .c(_)
case .a: print("a")
case .b(true): print("b")
}
// ---
enum E { case a, b }
let pair = (E.a, E.b)
switch pair { // expect error: add case (.b, .a): or default:
case (.a, _), (_, .b): print("most")
}
// ---
let n = 5
switch n { // expect error: add default:
case 0...9: print("digit")
}
// ---
let b = true
let v = switch b { case true: 1 } // expect error: does not handle every value of Bool
// ---
enum E { case a, b }
switch Optional(E.a) { // expect error: does not handle every value of E?
case .a: print("a")
case nil: print("none")
}
// ---
switch 3 { case 3 where false: print(3) } // expect error: does not handle every value of Int
