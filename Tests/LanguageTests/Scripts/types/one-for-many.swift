let values: [Int] = 5

// expect error: TypeError: values: expected [Int], got Int
// expect error: In [1], line 1
// expect error: |                     ^
// expect error: hint: put it into brackets: [5]
