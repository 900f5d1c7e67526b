let seen = [1, 2]
if 3 not in seen {
    print("new")
}

// expect error: SyntaxError: 'in' asks for nothing here: it belongs to for loops
// expect error: In [1], line 2
// expect error: |          ^~
// expect error: hint: write if !seen.contains(3) {
