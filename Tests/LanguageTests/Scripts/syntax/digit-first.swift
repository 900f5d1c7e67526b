let 3d = true

// expect error: SyntaxError: a name does not begin with a digit
// expect error: In [1], line 1
// expect error: |     ^~
// expect error: hint: begin it with a letter
