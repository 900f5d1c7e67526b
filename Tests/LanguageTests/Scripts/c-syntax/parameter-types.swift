func twice(int n) -> Int { 2 * n }

// expect error: SyntaxError: the parameter 'n' needs its type after it
// expect error: In [1], line 1
// expect error: |            ^~~~~
// expect error: hint: write _ n: Int
