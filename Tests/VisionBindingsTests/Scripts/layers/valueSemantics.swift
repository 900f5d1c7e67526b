// A struct in a Sequential is a copy: its own numbers stay, its layers are shared.
struct Scaled: Layer {
    let linear = Linear(2, 2)
    var factor = 2.0
    func forward(_ x: Tensor) -> Tensor { linear(x) * factor }
}
var block = Scaled()
let model = Sequential { block }
let x = try Tensor.ones([1, 2])
let before = model(x)
block.factor = 10
try print((model(x) - before).abs().max().item())  // expect: 0.0
try print((block(x) - before * 5).abs().max().item() < 1e-4)  // expect: true
if let inside = try model[0] as? Scaled { print(inside.factor) }  // expect: 2.0
try block.initialize(.constant(0)) { _, _ in true }
print(model(x))  // expect: [[0.0, 0.0]]
var blocks = [block, block]
blocks[0].factor = 1
print(blocks[0].factor, blocks[1].factor, block.factor)  // expect: 1.0 10.0 10.0
