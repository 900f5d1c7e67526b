// A gate with a method of its own, computed properties and layers made in an initialiser.
struct Gate: Layer {
    let squeeze: Linear, expand: Linear
    let channels: Int
    var reduced: Int { max(1, channels / 4) }
    static let smallest = 4
    init(_ channels: Int) {
        self.channels = max(channels, Gate.smallest)
        squeeze = Linear(channels, max(1, channels / 4))
        expand = Linear(max(1, channels / 4), channels)
    }
    func weights(_ x: Tensor) throws -> Tensor {
        try expand(squeeze(try x.mean(axes: [2, 3])).relu()).sigmoid()
    }
    func forward(_ x: Tensor) throws -> Tensor {
        x * (try weights(x).reshaped(x.shape[0], channels, 1, 1))
    }
}
let gate = Gate(8)
print(gate.reduced, gate.parameterCount)  // expect: 2 42
try print(gate(Tensor.ones([2, 8, 3, 3])).shape)  // expect: [2, 8, 3, 3]
let net = Sequential { Conv2d(3, 8, kernel: 3, padding: 1); Gate(8).named("gate"); ReLU() }
try print(net(Tensor.ones([1, 3, 4, 4])).shape)  // expect: [1, 8, 4, 4]
print(net.parameters.map { $0.name }.filter { $0.hasPrefix("gate") })
// expect: ["gate.squeeze.weight", "gate.squeeze.bias", "gate.expand.weight", "gate.expand.bias"]
