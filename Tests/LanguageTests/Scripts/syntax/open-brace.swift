func report() {
    print("a")

// expect error: SyntaxError: this '{' is never closed
// expect error: In [1], line 1
// expect error: |               ^
