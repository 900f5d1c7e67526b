func report() {
    print("a", (1 + 2)
}

// expect error: SyntaxError: ')' is missing here
// expect error: In [1], line 2
// expect error: |                       ^
