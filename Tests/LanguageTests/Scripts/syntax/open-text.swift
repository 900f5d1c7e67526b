print("abc)

// expect error: SyntaxError: this text is never closed
// expect error: In [1], line 1
// expect error: |       ^
