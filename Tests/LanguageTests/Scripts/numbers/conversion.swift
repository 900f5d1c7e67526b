// Conversions between numbers are written out.
print(Int(3.9), Int(-3.9), Int(3.0), Double(3), Double(7) / 2) // expect: 3 -3 3 3.0 3.5
print(Float(0.1), Double(Float(0.5)), Float(3), Int(Float(2.7))) // expect: 0.1 0.5 3.0 2
print(Int(exactly: 3.0)!, Int(exactly: 3.5) ?? -1) // expect: 3 -1
let i = 7, j = 2
print(Double(i) / Double(j), Double(i / j), i / j) // expect: 3.5 3.0 3
print(Int(2.5.rounded()), Int("12")! + 1, Double("1.5")! * 2) // expect: 3 13 3.0
let big = 1e18
print(Int(big)) // expect: 1000000000000000000
let f: Float = 16777217
print(f, Int(f)) // expect: 16777216.0 16777216
