for i in 3 { print(i) }

// expect error: TypeError: for-in needs a sequence, got Int
// expect error: In [1], line 1
// expect error: |          ^
// expect error: hint: count with a range: 0..<3
