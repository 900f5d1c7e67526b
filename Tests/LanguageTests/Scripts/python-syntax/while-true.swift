var n = 0
while True:
    n += 1
    if n > 3: break
print(n)

// expect error: SyntaxError: a block stands in braces, where Python has ':'
// expect error: In [1], line 2
// expect error: |           ^
// expect error: hint: write while true {
