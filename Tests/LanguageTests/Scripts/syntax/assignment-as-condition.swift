var n = 3
if n = 3 { print(n) }

// expect error: SyntaxError: '=' assigns and gives no Bool
// expect error: In [1], line 2
// expect error: |    ^~~~~
// expect error: hint: compare with ==
