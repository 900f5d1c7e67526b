// Weights are saved and loaded by their dotted names.
struct Net: Layer {
    let features = Sequential { Conv2d(1, 2, kernel: 3); ReLU() }
    let head = Linear(2, 3)
    func forward(_ x: Tensor) throws -> Tensor { head(try features(x).mean(axes: [2, 3])) }
}
let path = "struct-layer-\(Int.random(in: 0...1_000_000_000)).safetensors"
let net = Net(), other = Net()
let x = try Tensor.rand([2, 1, 5, 5])
try net.save(path)
try other.load(path)
try print((net(x) - other(x)).abs().max().item())  // expect: 0.0
print(try loadTensors(path).keys.sorted())
// expect: ["features.0.bias", "features.0.weight", "head.bias", "head.weight"]
