// Functions of maths.
print(sqrt(16.0), sqrt(2), pow(2.0, 10.0), pow(2.0, 0.5)) // expect: 4.0 1.4142135623730951 1024.0 1.4142135623730951
print(exp(0.0), log(1.0), log2(8.0), log10(1000.0)) // expect: 1.0 0.0 3.0 3.0
print(sin(0.0), cos(0.0), tan(0.0), atan2(1.0, 1.0) * 4) // expect: 0.0 1.0 0.0 3.141592653589793
print(floor(2.7), ceil(2.1), round(2.5), floor(-2.5), ceil(-2.5), round(-2.5)) // expect: 2.0 3.0 3.0 -3.0 -2.0 -3.0
print(tanh(0.0), abs(-2), abs(-2.5)) // expect: 0.0 2 2.5
print(max(1, 2), min(1.5, 2.5), max(1, 2.5)) // expect: 2 1.5 2.5
print([1.0, 4.0, 9.0].map(sqrt), [-1, 2].map(abs)) // expect: [1.0, 2.0, 3.0] [1, 2]
print(asin(1.0) == Double.pi / 2, acos(1.0), atan(0.0)) // expect: true 0.0 0.0
