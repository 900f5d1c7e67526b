var n = 3
while n { n -= 1 }

// expect error: TypeError: condition: expected Bool, got Int
// expect error: In [1], line 2
// expect error: |       ^
// expect error: hint: compare it: n != 0
