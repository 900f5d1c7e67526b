// if let, guard let, while let, and names that stand for the value inside.
let a: Int? = 3, b: Int? = nil
if let a { print("a is", a) } // expect: a is 3
if let value = b { print(value) } else { print("no b") } // expect: no b
if let a, let text = Optional("x"), a > 2 { print(a, text) } // expect: 3 x
if let a, a > 5 { print("big") } else { print("not big") } // expect: not big
if var a { a += 1; print(a) } // expect: 4
func half(_ n: Int?) -> String {
    guard let n, n % 2 == 0 else { return "none" }
    return "\(n / 2)"
}
print(half(8), half(7), half(nil)) // expect: 4 none none
var stack = [1, 2, 3]
while let top = stack.popLast() { print(top, terminator: " ") }
print() // expect: 3 2 1 
if a != nil, b == nil { print("one of them") } // expect: one of them
