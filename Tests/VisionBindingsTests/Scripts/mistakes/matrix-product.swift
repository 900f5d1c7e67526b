let a = Tensor.ones([2, 2])
print(a @ a)

// expect error: SyntaxError: '@' is no operator of Swift
// expect error: In [1], line 2
// expect error: |         ^
// expect error: hint: write print(a • a)
