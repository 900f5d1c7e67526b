for i in 0..<[1, 2] { print(i) }

// expect error: TypeError: the bounds of a range are of one type, got Int and [Int]
// expect error: In [1], line 1
// expect error: |          ^~~~~~~~~~
// expect error: hint: write 0..<[1, 2].count
