let a = Tensor([1, 2, 3])
let b = Tensor([1, 2])
print(a + b)

// expect error: ShapeError: adding: shapes do not broadcast, expected sizes that are equal or 1, counted from the last axis, got [3] and [2]
// expect error: In [1], line 3
// expect error: |       ^~~~~
