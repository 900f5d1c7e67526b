total += 1

// expect error: NameError: there is no 'total' here
// expect error: In [1], line 1
// expect error: | ^~~~~
// expect error: hint: declare it first: var total = 0
