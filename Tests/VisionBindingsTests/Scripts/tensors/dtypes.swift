// Types of elements, and what mixes into what.
let i = try Tensor([1, 2, 3], dtype: .int32), f = try Tensor([0.5, 1.5, 2.5])
print((i + f).dtype, (i + i).dtype, (i / i).dtype)  // expect: float32 int32 float32
try print(f.cast(to: .int32), i.cast(to: .bool))  // expect: [0, 1, 2] [true, true, true]
try print(Tensor([300.0]).cast(to: .int64).array())  // expect: [300]
try print(f.array())  // expect: [0.5, 1.5, 2.5]
let types: [DType] = [.float32, .bfloat16, .uint8, .int32, .int64, .bool]
print(types.map { "\($0)" }.joined(separator: " "))
// expect: float32 bfloat16 uint8 int32 int64 bool
