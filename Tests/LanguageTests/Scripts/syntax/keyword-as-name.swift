let class = "first"

// expect error: SyntaxError: 'class' is a word of the language and names nothing
// expect error: In [1], line 1
// expect error: |     ^~~~~
// expect error: hint: choose another name, or write it as `class`
