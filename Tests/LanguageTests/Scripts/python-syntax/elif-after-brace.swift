let n = 3
if n > 2 {
    print("big")
} elif n > 1 {
    print("middle")
}

// expect error: SyntaxError: 'elif' is Python
// expect error: In [1], line 4
// expect error: |   ^~~~
// expect error: hint: write } else if n > 1 {
