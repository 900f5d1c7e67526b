let values = [1, 2]
n := values.count

// expect error: SyntaxError: ':=' is not Swift
// expect error: In [1], line 2
// expect error: |   ^~
// expect error: hint: write let n = values.count
