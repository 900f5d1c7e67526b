let name = “Ann”

// expect error: SyntaxError: “ is a typographic quote, as word processors write them
// expect error: In [1], line 1
// expect error: |            ^~~~~
// expect error: hint: write "Ann"
