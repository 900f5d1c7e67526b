for i in range(2, 5) { print(i) }

// expect error: NameError: there is no 'range' here
// expect error: In [1], line 1
// expect error: |          ^~~~~
// expect error: hint: write 2..<5
