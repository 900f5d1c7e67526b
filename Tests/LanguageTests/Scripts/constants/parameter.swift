func twice(_ n: Int) -> Int {
    n *= 2
    return n
}

// expect error: TypeError: 'n' is a constant, but it is assigned to
// expect error: In [1], line 2
// expect error: |     ^
// expect error: hint: copy it first: var n = n
