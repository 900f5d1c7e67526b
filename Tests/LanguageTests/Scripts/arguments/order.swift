func area(width: Int, height: Int) -> Int { width * height }
print(area(height: 3, width: 2))

// expect error: ArgumentError: area: 'height:' is out of order
// expect error: In [1], line 2
// expect error: |            ^~~~~~
// expect error: note: declared as area(width: Int, height: Int) -> Int
// expect error: hint: write area(width: 2, height: 3)
