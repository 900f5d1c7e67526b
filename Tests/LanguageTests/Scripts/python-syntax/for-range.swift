var total = 0
for i in range(10):
    total += i
print(total)

// expect error: SyntaxError: a block stands in braces, where Python has ':'
// expect error: In [1], line 2
// expect error: |                   ^
// expect error: hint: write for i in 0..<10 {
