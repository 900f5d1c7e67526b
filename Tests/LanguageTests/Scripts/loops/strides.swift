// Steps of either sign, closed and open, and ones that lead nowhere.
for i in stride(from: 0, to: 10, by: 4) { print(i, terminator: " ") }
print("|")  // expect: 0 4 8 |
for i in stride(from: 10, through: 0, by: -5) { print(i, terminator: " ") }
print("|")  // expect: 10 5 0 |
for i in stride(from: 3, to: 3, by: 1) { print(i, terminator: " ") }
for i in stride(from: 3, through: 3, by: -1) { print(i, terminator: " ") }
print("|")  // expect: 3 |
for i in stride(from: Int.max - 1, through: Int.max, by: 1) { print(i == Int.max, terminator: " ") }
print("|")  // expect: false true |
var step = 2
for i in stride(from: 0, to: 6, by: step) where i != 2 {
    step = 1
    if i == 4 { continue }
    print(i, terminator: " ")
}
print("|")  // expect: 0 |
for x in stride(from: 0.0, to: 1.0, by: 0.25) { print(x, terminator: " ") }
print("|")  // expect: 0.0 0.25 0.5 0.75 |
