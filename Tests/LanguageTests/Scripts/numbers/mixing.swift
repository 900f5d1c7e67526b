// Int and Double values mix in arithmetic and comparison and give Double.
let i = 3, d = 0.5
print(i * d, d + i, i - d, d / i, i / 2) // expect: 1.5 3.5 2.5 0.16666666666666666 1
print(i < d, d <= i, i == 3.0, d != 1, i > 2.5) // expect: false true true true true
var total = 0.0
total += d
for k in 1...3 { total += k }
print(total) // expect: 6.5
let mean = total / i
print(mean, 2 * i + d, d * i * i) // expect: 2.1666666666666665 6.5 4.5
print(i / 2 * d, d * (i / 2), 1 / 2 * d) // expect: 0.75 0.75 0.25
