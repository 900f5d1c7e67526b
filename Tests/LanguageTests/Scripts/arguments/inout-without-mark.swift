func grow(_ n: inout Int) { n += 1 }
var n = 1
grow(n)

// expect error: SyntaxError: grow, argument n is inout and needs '&'
// expect error: In [1], line 3
// expect error: |      ^
// expect error: hint: write &n
