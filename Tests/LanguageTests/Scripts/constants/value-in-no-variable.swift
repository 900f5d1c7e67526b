[3, 1, 2].sort()

// expect error: TypeError: a value that stands in no variable cannot change
// expect error: In [1], line 1
// expect error: | ^~~~~~~~~
// expect error: hint: put it into a variable first: var values = [3, 1, 2]
