let n: Int = 2.5

// expect error: TypeError: n: expected Int, got Double
// expect error: In [1], line 1
// expect error: |              ^~~
// expect error: hint: convert it with Int(2.5)
