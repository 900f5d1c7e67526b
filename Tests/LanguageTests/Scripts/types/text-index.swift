let text = "hello"
print(text[0])

// expect error: TypeError: a String has no [ ] with Int
// expect error: In [1], line 2
// expect error: |       ^~~~~~~
// expect error: hint: write Array(text)[i], or text.prefix(n)
