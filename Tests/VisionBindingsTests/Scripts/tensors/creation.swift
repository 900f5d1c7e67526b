// Making tensors.
try print(Tensor([[1, 2], [3, 4]]))
// expect: [[1.0, 2.0],
// expect:  [3.0, 4.0]]
try print(Tensor([1, 2], dtype: .int32), Tensor([1, 2], dtype: .int32).dtype)  // expect: [1, 2] int32
try print(Tensor.zeros([2, 3]).shape, Tensor.ones([2]), Tensor.full([2], 7))
// expect: [2, 3] [1.0, 1.0] [7.0, 7.0]
try print(Tensor.eye(2))
// expect: [[1.0, 0.0],
// expect:  [0.0, 1.0]]
try print(Tensor.arange(0, 10, step: 3), Tensor.linspace(0, 1, count: 5))
// expect: [0.0, 3.0, 6.0, 9.0] [0.0, 0.25, 0.5, 0.75, 1.0]
try print(Tensor.oneHot(Tensor([0, 2], dtype: .int64), classes: 3))
// expect: [[1.0, 0.0, 0.0],
// expect:  [0.0, 0.0, 1.0]]
seed(7)
let a = try Tensor.rand([100]), b = try Tensor.randn([1000])
try print(a.min().item() >= 0, a.max().item() < 1, abs(b.mean().item()) < 0.2)  // expect: true true true
seed(7)
try print((Tensor.rand([100]) - a).abs().max().item())  // expect: 0.0
