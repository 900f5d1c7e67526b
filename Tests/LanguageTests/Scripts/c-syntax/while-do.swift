var n = 0
while (n < 3) do { n += 1 }

// expect error: SyntaxError: 'do' is not needed
// expect error: In [1], line 2
// expect error: |               ^~
// expect error: hint: write while (n < 3) { n += 1 }
