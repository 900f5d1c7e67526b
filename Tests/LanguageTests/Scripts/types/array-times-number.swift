let values = [1, 2]
print(values * 2)

// expect error: TypeError: cannot apply '*' to [Int] and Int
// expect error: In [1], line 2
// expect error: |       ^~~~~~~~~~
// expect error: hint: element by element: values.map { $0 * 2 }
