a, b = 1, 2
print(a, b)

// expect error: SyntaxError: several names at once are a tuple
// expect error: In [1], line 1
// expect error: | ^~~~
// expect error: hint: write let (a, b) = (1, 2)
