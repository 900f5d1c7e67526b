let n = 5
n = 6

// expect error: TypeError: 'n' is a constant, but it is assigned to
// expect error: In [1], line 2
// expect error: | ^
// expect error: hint: declare it with var n
