let a = 1
# the second one
let b = 2

// expect error: SyntaxError: '#' begins no comment in Swift
// expect error: In [1], line 2
// expect error: | ^~~~~~~~~~~~~~~~
// expect error: hint: write // the second one
