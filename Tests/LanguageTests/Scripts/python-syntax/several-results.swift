func divide(_ a: Int, _ b: Int) -> (Int, Int) {
    return a / b, a % b
}

// expect error: SyntaxError: several values are returned as a tuple
// expect error: In [1], line 2
// expect error: |            ^~~~~~~~~~~~
// expect error: hint: write return (a / b, a % b)
