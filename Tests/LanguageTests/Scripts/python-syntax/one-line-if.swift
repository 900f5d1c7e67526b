let n = 3
if n > 2: print("big")

// expect error: SyntaxError: a block stands in braces, where Python has ':'
// expect error: In [1], line 2
// expect error: |         ^
// expect error: hint: write if n > 2 { print("big") }
