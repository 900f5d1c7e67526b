let n = -1
raise ValueError("negative")

// expect error: SyntaxError: 'raise' is Python
// expect error: In [1], line 2
// expect error: | ^~~~~
// expect error: hint: write throw ValueError("negative")
