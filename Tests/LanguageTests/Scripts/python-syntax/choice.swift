let n = 3
let size = "big" if n > 2 else "small"
print(size)

// expect error: SyntaxError: 'a if b else c' is Python
// expect error: In [1], line 2
// expect error: |                  ^~~~~~~~~~~~~
// expect error: hint: write let size = n > 2 ? "big" : "small"
