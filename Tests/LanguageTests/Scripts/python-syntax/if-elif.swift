let n = 3
if n > 2 and n < 10:
    print("big")
elif n > 1:
    print("middle")
else:
    print("small")

// expect error: SyntaxError: a block stands in braces, where Python has ':'
// expect error: In [1], line 2
// expect error: |                    ^
// expect error: hint: write if n > 2 && n < 10 {
