let evens = [2 * i for i in range(5)]
print(evens)

// expect error: SyntaxError: a list is not written with 'for' inside it
// expect error: In [1], line 1
// expect error: |             ^~~~~~~~~~~~~~~~~~~~~~~~~
// expect error: hint: write let evens = (0..<5).map { i in 2 * i }
