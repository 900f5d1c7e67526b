let n = 1
for i in 5...n { print(i) }

// expect error: ArithmeticError: range 5...1 runs backwards
// expect error: In [1], line 2
// expect error: | ^~~~~~~~~~~~~~~~~~~~~~~~~~~
// expect error: hint: use stride(from: 5, through: 1, by: -1)
