let n: Int = "5"

// expect error: TypeError: n: expected Int, got String
// expect error: In [1], line 1
// expect error: |              ^~~
// expect error: hint: leave the quotes out: 5
