// Arithmetic between tensors of shapes that go together, and with numbers.
let x = try Tensor([[1, 2, 3]]), y = try Tensor([[10], [20]])
print(x + y)
// expect: [[11.0, 12.0, 13.0],
// expect:  [21.0, 22.0, 23.0]]
print(x * 2 - 1, 1 / x, -x)  // expect: [[1.0, 3.0, 5.0]] [[1.0, 0.5, 0.3333]] [[-1.0, -2.0, -3.0]]
print(x ** 2, 2 ** x)  // expect: [[1.0, 4.0, 9.0]] [[2.0, 4.0, 8.0]]
print((y • x).shape, try x.matmul(Tensor.ones([3, 1])))  // expect: [2, 3] [[6.0]]
print(try einsum("ij,kj->ik", x, x).item())  // expect: 14.0
let n = 3
print(x * n, x / Double(n) * 3)  // expect: [[3.0, 6.0, 9.0]] [[1.0, 2.0, 3.0]]
try print((x .== 2).cast(to: .int32), x .<= 2)  // expect: [[0, 1, 0]] [[true, true, false]]
