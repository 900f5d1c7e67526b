for (i, x) in enumerate(["a", "b"]) { print(i, x) }

// expect error: NameError: there is no 'enumerate' here
// expect error: In [1], line 1
// expect error: |               ^~~~~~~~~
// expect error: hint: write ["a", "b"].enumerated()
