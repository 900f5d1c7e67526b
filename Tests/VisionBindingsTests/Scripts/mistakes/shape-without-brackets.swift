let x = Tensor.zeros(2, 3)

// expect error: ArgumentError: zeros: the values belong together, into one argument
// expect error: In [1], line 1
// expect error: |                         ^
// expect error: note: declared as zeros(_ shape: [Int], dtype: DType = .float32) -> Tensor
// expect error: hint: put the values into brackets: Tensor.zeros([2, 3])
