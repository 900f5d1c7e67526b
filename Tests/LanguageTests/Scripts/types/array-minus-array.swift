let a = [1, 2]
let b = [3, 4]
print(a - b)

// expect error: TypeError: cannot apply '-' to [Int] and [Int]
// expect error: In [1], line 3
// expect error: |       ^~~~~
// expect error: hint: element by element: zip(a, b).map { $0 - $1 }
