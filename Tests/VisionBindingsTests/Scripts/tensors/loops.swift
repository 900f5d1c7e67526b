// Tensors in loops, collections and closures.
var total = try Tensor.zeros([2])
for i in 0..<3 { try total += Tensor([1, 2]) * i }
print(total)  // expect: [3.0, 6.0]
let rows = try (0..<3).map { try Tensor([$0, $0 * $0]) }
try print(try stacked(rows, axis: 0).shape, rows.map { try $0.sum().item() })
// expect: [3, 2] [0.0, 2.0, 6.0]
try print(rows.reduce(Tensor.zeros([2])) { $0 + $1 })  // expect: [3.0, 5.0]
var table: [String: Tensor] = [:]
for (i, name) in ["a", "b"].enumerated() { table[name] = rows[i + 1] }
print(table.keys.sorted(), table["b"]!)  // expect: ["a", "b"] [2.0, 4.0]
table["b"]![0] = 9
print(table["b"]!, rows[2])  // expect: [9.0, 4.0] [2.0, 4.0]
let best = try rows.max { try $0.sum().item() < $1.sum().item() }!
print(best)  // expect: [2.0, 4.0]
