func area(width: Int, height: Int) -> Int { width * height }
print(area(width: 2, height: 3, depth: 4))

// expect error: ArgumentError: area: expected 2 arguments, got 3
// expect error: In [1], line 2
// expect error: |                                 ^~~~~
// expect error: note: declared as area(width: Int, height: Int) -> Int
// expect error: hint: leave 'depth:' out
