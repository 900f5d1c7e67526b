var total = 0
for i in 1...4 where i % 2 == 0 { total += i }
print(total) // expect: 6
// ---
var n = 3
while n > 0 { n -= 1; if n == 1 { continue } }
repeat { n += 1 } while n < 5
print(n) // expect: 5
// ---
outer: for i in 0..<3 {
    for j in 0..<3 {
        if j == 2 { continue outer }
        if i == 2 { break outer }
        print(i, j)
    }
}
// expect: 0 0
// expect: 0 1
// expect: 1 0
// expect: 1 1
// ---
func kind(_ n: Int) -> String {
    switch n {
    case 0: return "zero"
    case 1, 2: return "small"
    case 3..<10: return "medium"
    case let x where x < 0: return "negative \(x)"
    default: return "large"
    }
}
print(kind(0), kind(2), kind(5), kind(-1), kind(50)) // expect: zero small medium negative -1 large
// ---
switch (1, 2) {
case (0, _): print("no")
case (let a, 2): print("a", a)
default: print("none")
}
// expect: a 1
// ---
let grade = if 5 > 3 { "high" } else { "low" }
let word = switch 3 { case 1: "one"; default: "many" }
print(grade, word) // expect: high many
// ---
func half(_ n: Int?) -> Int {
    guard let n else { return -1 }
    let o: Int? = n
    if let m = o, m > 2 { return m / 2 }
    return 0
}
print(half(nil), half(8), half(1)) // expect: -1 4 0
// ---
var stack = [1, 2, 3]
while let top = stack.popLast() { print(top, terminator: " ") }
print() // expect: 3 2 1 
// ---
for (i, c) in "ab".enumerated() { print(i, c) }
// expect: 0 a
// expect: 1 b
// ---
func f() { defer { print("last") }; defer { print("second") }; print("first") }
f()
// expect: first
// expect: second
// expect: last
// ---
for x in stride(from: 10, to: 0, by: -4) { print(x) }
// expect: 10
// expect: 6
// expect: 2
// ---
switch 3 { case 3: print("three"); fallthrough; case 4: print("four"); default: print("no") }
// expect: three
// expect: four
// ---
for i in 5 { print(i) } // expect error: count with a range: 0..<5
// ---
if 1 { } // expect error: condition: expected Bool, got Int
// ---
switch true { case true: print(1) } // expect error: this switch does not handle every value of Bool
