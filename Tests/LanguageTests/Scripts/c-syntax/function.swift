function twice(x) {
    return 2 * x
}

// expect error: SyntaxError: 'function' is not Swift
// expect error: In [1], line 1
// expect error: | ^~~~~~~~
// expect error: hint: write func
