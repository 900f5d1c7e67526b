let n = 3
if (n > 2) then { print(n) }

// expect error: SyntaxError: 'then' is not Swift
// expect error: In [1], line 2
// expect error: |            ^~~~
// expect error: hint: write if (n > 2) { print(n) }
