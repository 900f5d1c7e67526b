const limit = 10
print(limit)

// expect error: SyntaxError: 'const' is not Swift
// expect error: In [1], line 1
// expect error: | ^~~~~
// expect error: hint: write let limit = 10
