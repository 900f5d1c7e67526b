let n = 3
if let n = n { print(n) }

// expect error: TypeError: if let needs an optional, got Int, which always has a value
// expect error: In [1], line 2
// expect error: |            ^
// expect error: hint: use it as it is, or declare it with let before
