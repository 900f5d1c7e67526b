// Gradients flow through structs; frozen parts get none.
struct Net: Layer {
    let body = Linear(2, 3), head = Linear(3, 1)
    func forward(_ x: Tensor) -> Tensor { head(body(x)) }
}
let net = Net()
net.body.freeze()
try net(Tensor.ones([4, 2])).sum().backward()
print(net.gradients.map { $0.name })  // expect: ["head.weight", "head.bias"]
print(try net.clipGradients(.norm(0.001)) > 0.001)  // expect: true
net.zeroGradients()
print(net.gradients.count)  // expect: 0
net.unfreeze()
try net(Tensor.ones([4, 2])).sum().backward()
print(net.gradients.count)  // expect: 4
