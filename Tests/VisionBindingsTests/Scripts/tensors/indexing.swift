// Parts of tensors, by numbers, ranges, steps and masks.
let x = try Tensor.arange(0, 24).reshaped(2, 3, 4)
try print(x[0, 1], x[1, 2, 3].item(), x[-1, -1, -1].item())  // expect: [4.0, 5.0, 6.0, 7.0] 23.0 23.0
try print(x[0, 1..., 0..<2])
// expect: [[4.0, 5.0],
// expect:  [8.0, 9.0]]
try print(x[.ellipsis, 0].shape, x[.newAxis, 0...].shape, x[0...1, .newAxis, 2].shape)
// expect: [2, 3] [1, 2, 3, 4] [2, 1, 4]
try print(x[0, 0, .stride(from: 0, to: 4, by: 2)])  // expect: [0.0, 2.0]
try print(x[x .> 20])  // expect: [21.0, 22.0, 23.0]
try print(x[0][Tensor([2, 0], dtype: .int64)])
// expect: [[8.0, 9.0, 10.0, 11.0],
// expect:  [0.0, 1.0, 2.0, 3.0]]
