// Operators of tensors with tensors and with numbers.
let x = try Tensor([[1, 2], [3, 4]])
print(x + 1)
// expect: [[2.0, 3.0],
// expect:  [4.0, 5.0]]
print(x • x, try (x * x).sum().item())
// expect: [[7.0, 10.0],
// expect:  [15.0, 22.0]] 30.0
print(2 ** x - x ** 2)
// expect: [[1.0, 0.0],
// expect:  [-1.0, 0.0]]
print(x .> 2)
// expect: [[false, false],
// expect:  [true, true]]
