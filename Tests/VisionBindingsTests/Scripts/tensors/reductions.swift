// Sums, means and their kin over all elements, one axis or several.
let x = try Tensor([[1, 2, 3], [4, 5, 9]])
try print(x.sum().item(), x.mean().item(), x.max().item(), x.min().item(), x.product().item())
// expect: 24.0 4.0 9.0 1.0 1080.0
print(try x.sum(axis: 0), try x.sum(axis: 1, keepDims: true).shape, try x.sum(axes: [0, 1]).item())
// expect: [5.0, 7.0, 12.0] [2, 1] 24.0
print(try x.mean(axis: -1))  // expect: [2.0, 6.0]
print(try x.argMax(axis: 1), try x.argMin(axis: 0))  // expect: [2, 2] [0, 0, 0]
print(try x.variance(axis: 1), try x.variance(axis: 1, unbiased: true))
// expect: [0.6667, 4.6667] [1.0, 7.0]
print(try x.cumulativeSum(axis: 1))
// expect: [[1.0, 3.0, 6.0],
// expect:  [4.0, 9.0, 18.0]]
try print(try x.sorted(axis: 1)[1], x.norm().item() > 11)  // expect: [4.0, 5.0, 9.0] true
let top = try x.topK(2)
print(top.values, top.indices)
// expect: [[3.0, 2.0],
// expect:  [9.0, 5.0]] [[2, 1],
// expect:  [2, 1]]
try print((x .> 2).any().item(), (x .> 2).all().item())  // expect: 1.0 0.0
