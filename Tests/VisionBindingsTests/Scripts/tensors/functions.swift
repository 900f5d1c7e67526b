// What layers compute, as functions.
let x = try Tensor.arange(0, 16).reshaped(1, 1, 4, 4)
print(try maxPool2d(x, 2)[0, 0])
// expect: [[5.0, 7.0],
// expect:  [13.0, 15.0]]
print(try avgPool2d(x, 2)[0, 0])
// expect: [[2.5, 4.5],
// expect:  [10.5, 12.5]]
print(try conv2d(x, Tensor.ones([1, 1, 3, 3]), padding: .same).shape, try conv2d(x, Tensor.ones([1, 1, 3, 3]))[0, 0])
// expect: [1, 1, 4, 4] [[45.0, 54.0],
// expect:  [81.0, 90.0]]
print(try conv2d(x, Tensor.ones([1, 1, 2, 2]), bias: Tensor([1]), stride: 2).flattened())
// expect: [11.0, 19.0, 43.0, 51.0]
let k = 2
print(try maxPool2d(x, k, stride: [1, 2]).shape, try maxPool2d(x, [2, 4]).shape)
// expect: [1, 1, 3, 2] [1, 1, 2, 1]
print(try Tensor([1, 2, 3]).softmax(axis: 0).sum().item() > 0.999)  // expect: true
try print(Tensor([-1, 0, 2]).relu(), Tensor([0]).sigmoid(), Tensor([-3, 3]).clipped(-1, 1))
// expect: [0.0, 0.0, 2.0] [0.5] [-1.0, 1.0]
