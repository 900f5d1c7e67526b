// A number is passed as what it is; literals take the type that is asked for.
let n = 4
let cube: Double = pow(2, 3)
print(sqrt(Double(n)), sqrt(4), cube) // expect: 2.0 2.0 8.0
print(sqrt(n / 2 * 2.0)) // expect: 2.0
print(n * 0.5, 1.5 + n) // expect: 2.0 5.5
// ---
let n = 4
print(sqrt(n)) // expect error: expected Double, got Int
// ---
let counts = [1, 2]
func total(_ values: [Double]) -> Double { values.reduce(0, +) }
print(total(counts)) // expect error: expected [Double], got [Int]
