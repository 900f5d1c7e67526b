func sign(_ n: Int) -> Int {
    if n > 0 { return 1 }
    if n < 0 { return -1 }
}

// expect error: TypeError: 'sign' may reach its end without returning Int
// expect error: In [1], line 1
// expect error: | ^~~~~~~~~~~~~~~~~~~~~~~~~~~~
// expect error: hint: end it with return and a value
