print("a", end="")

// expect error: SyntaxError: an argument's label ends with ':', not with '='
// expect error: In [1], line 1
// expect error: |            ^~~~~~
// expect error: hint: write print("a", terminator: "")
