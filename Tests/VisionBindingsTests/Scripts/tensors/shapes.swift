// Other shapes of the same numbers.
let x = try Tensor.arange(0, 6).reshaped(2, 3)
try print(try x.reshaped(3, -1), x.flattened().shape)
// expect: [[0.0, 1.0],
// expect:  [2.0, 3.0],
// expect:  [4.0, 5.0]] [6]
try print(x.transposed())
// expect: [[0.0, 3.0],
// expect:  [1.0, 4.0],
// expect:  [2.0, 5.0]]
print(try x.expandedDimensions(axis: 0).shape, try x.expandedDimensions(axis: 0).squeezed(axis: 0).shape)
// expect: [1, 2, 3] [2, 3]
print(try x[0].broadcast(to: [2, 3]))
// expect: [[0.0, 1.0, 2.0],
// expect:  [0.0, 1.0, 2.0]]
print(try x.flipped(axis: 1)[0], try x.rolled(by: 1, axis: 1)[0], try x.tiled(1, 2).shape)
// expect: [2.0, 1.0, 0.0] [2.0, 0.0, 1.0] [2, 6]
print(try concatenated([x, x], axis: 0).shape, try stacked([x, x], axis: 0).shape)
// expect: [4, 3] [2, 2, 3]
print(try x.split(parts: 3, axis: 1).map { $0.shape })  // expect: [[2, 1], [2, 1], [2, 1]]
print(try which(x .> 2, x, Tensor.zeros([2, 3])))
// expect: [[0.0, 0.0, 0.0],
// expect:  [3.0, 4.0, 5.0]]
print(try x.padded(1, value: 9).shape)  // expect: [4, 5]
