try:
    print(1)
except ValueError as e:
    print(e)

// expect error: SyntaxError: 'try:' is Python
// expect error: In [1], line 1
// expect error: | ^~~~
// expect error: hint: write do {
