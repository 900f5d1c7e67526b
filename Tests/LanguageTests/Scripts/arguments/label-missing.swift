func area(width: Int, height: Int) -> Int { width * height }
print(area(2, 3))

// expect error: ArgumentError: area: this argument needs its label 'width:'
// expect error: In [1], line 2
// expect error: |            ^
// expect error: note: declared as area(width: Int, height: Int) -> Int
// expect error: hint: write area(width: 2, height: 3)
