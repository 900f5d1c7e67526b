// Overflow and division by zero are errors that name the numbers.
print(Int.max + 1) // expect error: overflow: 9223372036854775807 + 1 does not fit in Int
// ---
let n = Int.min
print(-n) // expect error: overflow
// ---
let z = 0
print(7 / z) // expect error: division by zero: 7 / 0
// ---
let z = 0
print(7 % z) // expect error: remainder of a division by zero: 7 % 0
// ---
print(Int(1e30)) // expect error: does not fit in Int
// ---
print(Int(Double.nan)) // expect error: does not fit in Int
// ---
print(abs(Int.min)) // expect error: overflow
// ---
let r = [1, 2].map { $0 / ($0 - 1) } // expect error: division by zero
// ---
var n = Int.max
n += 1 // expect error: overflow
// ---
let d: Double = 5
print(d % 2) // expect error: truncatingRemainder(dividingBy: 2)
// ---
let a = 5.5, b = 2
print(a % b) // expect error: write a.truncatingRemainder(dividingBy: b)
// ---
let s = stride(from: 0, to: 1, by: 0) // expect error: the step is 0
// ---
let r = 5..<1 // expect error: runs backwards
