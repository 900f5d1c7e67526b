print("a" "b")

// expect error: SyntaxError: a ',' is missing before '"b"'
// expect error: In [1], line 1
// expect error: |           ^~~
