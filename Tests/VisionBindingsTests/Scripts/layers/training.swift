// A loop by hand moves the weights of a struct.
struct Net: Layer {
    let hidden = Linear(2, 8), output = Linear(8, 2)
    func forward(_ x: Tensor) throws -> Tensor { try output(hidden(x).tanh()) }
}
seed(3)
let net = Net()
let optimizer = Adam(learningRate: 0.05)
let points = try Tensor([[0, 0], [0, 1], [1, 0], [1, 1]])
let labels = try Tensor([0, 1, 1, 0], dtype: .int64)
var losses: [Double] = []
for _ in 0..<100 {
    let loss = try withTraining { try crossEntropy(net(points), labels) }
    try loss.backward()
    try optimizer.step(net)
    net.zeroGradients()
    try losses.append(loss.item())
}
print(losses[99] < 0.1, losses[0] > 0.5)  // expect: true true
print(try net(points).argMax(axis: 1).array())  // expect: [0, 1, 1, 0]
