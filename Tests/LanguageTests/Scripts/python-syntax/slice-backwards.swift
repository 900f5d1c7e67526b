let values = [1, 2, 3, 4]
print(values[::-1])

// expect error: SyntaxError: Swift cuts a piece out with a range, not with ':'
// expect error: In [1], line 2
// expect error: |             ^~~~~~
// expect error: hint: write print(values.reversed())
