let n = 3
assert n == 3, "three"

// expect error: SyntaxError: assert is a function and needs parentheses
// expect error: In [1], line 2
// expect error: | ^~~~~~
// expect error: hint: write assert(n == 3, "three")
