let n == 3

// expect error: SyntaxError: '==' compares; a declaration gives its value with '='
// expect error: In [1], line 1
// expect error: |       ^~
// expect error: hint: write let n = 3
