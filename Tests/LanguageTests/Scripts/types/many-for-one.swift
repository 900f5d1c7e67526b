let first: Int = [1, 2]

// expect error: TypeError: first: expected Int, got [Int]
// expect error: In [1], line 1
// expect error: |                  ^~~~~~
// expect error: hint: take one element: [1, 2][0]
