let a = true
let b = false
print(a and not b)

// expect error: SyntaxError: 'and' is not Swift
// expect error: In [1], line 3
// expect error: |         ^~~
// expect error: hint: write print(a && !b)
