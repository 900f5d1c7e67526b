let x = Tensor.zeros([2], dtype: .float)

// expect error: NameError: DType has no 'float'
// expect error: In [1], line 1
// expect error: |                                   ^~~~~
// expect error: hint: there are .bfloat16 .bool .float32 .int32 .int64 .uint8
