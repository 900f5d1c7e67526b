let values = [1, 2]
if values { print("some") }

// expect error: TypeError: condition: expected Bool, got [Int]
// expect error: In [1], line 2
// expect error: |    ^~~~~~
// expect error: hint: ask: !values.isEmpty
