let half = .5

// expect error: SyntaxError: a number has a digit before its point
// expect error: In [1], line 1
// expect error: |            ^~
// expect error: hint: write 0.5
