let done = false
if not done { print("go on") }

// expect error: SyntaxError: 'not' is not Swift
// expect error: In [1], line 2
// expect error: |    ^~~
// expect error: hint: write if !done { print("go on") }
