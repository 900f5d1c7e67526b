// Tensors print as nested brackets, long ones with their ends alone.
try print(Tensor([[1, 2.5], [3, 4]]))
// expect: [[1.0, 2.5],
// expect:  [3.0, 4.0]]
try print(Tensor([1, 2], dtype: .int64), Tensor([1.23456]), Tensor([0.00001]))
// expect: [1, 2] [1.2346] [1.0e-05]
try print(Tensor.arange(0, 2000))  // expect: [0.0, 1.0, 2.0, ..., 1997.0, 1998.0, 1999.0]
let t = try Tensor([1, 2])
print("value: \(t)", [t, t])  // expect: value: [1.0, 2.0] [[1.0, 2.0], [1.0, 2.0]]
try print(Tensor.ones([2, 2, 2]))
// expect: [[[1.0, 1.0],
// expect:   [1.0, 1.0]],
// expect:
// expect:  [[1.0, 1.0],
// expect:   [1.0, 1.0]]]
