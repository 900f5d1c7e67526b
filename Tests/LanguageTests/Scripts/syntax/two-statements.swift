let a = 1 let b = 2

// expect error: SyntaxError: 'let' begins a new statement: a new line or ';' is missing before it
// expect error: In [1], line 1
// expect error: |           ^~~
