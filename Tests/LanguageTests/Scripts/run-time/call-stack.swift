func inner(_ n: Int) -> Int { 10 / n }
func outer(_ n: Int) -> Int { inner(n - 1) + 1 }
print(outer(1))

// expect error: ArithmeticError: division by zero: 10 / 0
// expect error: In [1], line 1
// expect error: |                               ^~~~~~
// expect error: called from In [1], line 2 in outer
// expect error: called from In [1], line 3
