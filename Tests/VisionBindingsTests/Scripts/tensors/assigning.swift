// A tensor is a value: changing a copy leaves the other alone.
var x = try Tensor.zeros([2, 3])
let before = x
var row = try x[0]
row[0] = 5
x[1, 0] = 7
try x[0, 1...] = Tensor([1, 2])
print(x)
// expect: [[0.0, 1.0, 2.0],
// expect:  [7.0, 0.0, 0.0]]
try print(before.sum().item(), row)  // expect: 0.0 [5.0, 0.0, 0.0]
x[x .> 1] = -1
print(x)
// expect: [[0.0, 1.0, -1.0],
// expect:  [-1.0, 0.0, 0.0]]
x += 1
try print(x[0])  // expect: [1.0, 2.0, 0.0]
func changed(_ x: Tensor) -> Tensor {
    var y = x
    y[0] = 9
    return y
}
try print(changed(x)[0], x[0])  // expect: [9.0, 9.0, 9.0] [1.0, 2.0, 0.0]
