// Constants that get their value later, once on each path.
let a: Int
if 2 > 1 { a = 1 } else { a = 2 }
print(a) // expect: 1
func f(_ n: Int) -> String {
    let text: String
    switch n {
    case 0: text = "zero"
    default: text = "other"
    }
    return text
}
print(f(0), f(1)) // expect: zero other
let b: Double
b = 2
print(b) // expect: 2.0
var c: [Int]
c = []
c.append(1)
print(c) // expect: [1]
