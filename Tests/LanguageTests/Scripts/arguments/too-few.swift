func area(width: Int, height: Int) -> Int { width * height }
print(area(width: 2))

// expect error: ArgumentError: area: the argument 'height:' is missing
// expect error: In [1], line 2
// expect error: |       ^~~~~~~~~~~~~~
// expect error: note: declared as area(width: Int, height: Int) -> Int
