let n = 0
print(1 / n)

// expect error: ArithmeticError: division by zero: 1 / 0
// expect error: In [1], line 2
// expect error: |       ^~~~~
