// Losses as functions.
let logits = try Tensor([[2, 0], [0, 2]])
let labels = try Tensor([0, 1], dtype: .int64)
print(String(try crossEntropy(logits, labels).item()).prefix(6))  // expect: 0.1269
print(try meanSquaredError(Tensor([1, 2]), Tensor([3, 2])).item())  // expect: 2.0
print(try meanAbsoluteError(Tensor([1, 2]), Tensor([3, 2])).item())  // expect: 1.0
print(try crossEntropy(logits, labels).item() < crossEntropy(logits, Tensor([1, 0], dtype: .int64)).item())
// expect: true
