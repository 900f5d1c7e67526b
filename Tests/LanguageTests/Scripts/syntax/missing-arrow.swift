func twice(_ n: Int) Int { 2 * n }

// expect error: SyntaxError: the result of a function stands after '->'
// expect error: In [1], line 1
// expect error: |                      ^~~
// expect error: hint: write -> Int
