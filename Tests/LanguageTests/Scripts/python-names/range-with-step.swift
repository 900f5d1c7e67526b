for i in range(0, 10, 2) { print(i) }

// expect error: NameError: there is no 'range' here
// expect error: In [1], line 1
// expect error: |          ^~~~~
// expect error: hint: write stride(from: 0, to: 10, by: 2)
