for (int i = 0; i < 3; i++) {
    print(i)
}

// expect error: SyntaxError: a loop goes through a range
// expect error: In [1], line 1
// expect error: | ^~~~~~~~~~~~~~~~~~~~~~~~~~~
// expect error: hint: write for i in 0..<3 {
