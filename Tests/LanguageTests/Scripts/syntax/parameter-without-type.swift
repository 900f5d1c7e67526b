func twice(n) -> Int { 2 * n }

// expect error: SyntaxError: the parameter 'n' needs its type
// expect error: In [1], line 1
// expect error: |            ^
// expect error: hint: write n: Int, or _ n: Int for calls without a label
