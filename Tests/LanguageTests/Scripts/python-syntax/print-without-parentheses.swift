let n = 3
print n

// expect error: SyntaxError: print is a function and needs parentheses
// expect error: In [1], line 2
// expect error: | ^~~~~
// expect error: hint: write print(n)
