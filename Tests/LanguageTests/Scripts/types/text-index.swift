let text = "hello"
print(text[0])

// expect error: TypeError: a String has no [ ] with Int
// expect error: In [1], line 2
// expect error: |       ^~~~~~~
// expect error: hint: write Array(text)[0], or prefix(n) for its beginning
