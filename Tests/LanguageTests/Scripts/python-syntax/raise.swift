func check(_ n: Int) {
    if n < 0 { raise ValueError("negative") }
}

// expect error: SyntaxError: 'raise' is Python
// expect error: In [1], line 2
// expect error: |                ^~~~~
// expect error: hint: write if n < 0 { throw ValueError("negative") }
