// Structs stand in a Sequential like any other layer, by position or by name.
struct Block: Layer {
    let conv: Conv2d, norm: BatchNorm2d
    init(_ inputs: Int, _ outputs: Int) {
        conv = Conv2d(inputs, outputs, kernel: 3, padding: 1, bias: false)
        norm = BatchNorm2d(outputs)
    }
    func forward(_ x: Tensor) throws -> Tensor { try norm(conv(x)).relu() }
}
let model = Sequential {
    Block(1, 4)
    for width in [4, 8] { Block(width, 8) }
    Block(8, 2).named("last")
    GlobalAvgPool2d()
}
try print(model.count, model(Tensor.ones([3, 1, 6, 6])).shape)  // expect: 5 [3, 2]
print(model.parameters.map { $0.name })
// expect: ["0.conv.weight", "0.norm.weight", "0.norm.bias", "1.conv.weight", "1.norm.weight", "1.norm.bias", "2.conv.weight", "2.norm.weight", "2.norm.bias", "last.conv.weight", "last.norm.weight", "last.norm.bias"]
print(try model["last.norm.running_mean"].shape)  // expect: [2]
let first = try model[0]
print(first is Block, first is Conv2d)  // expect: true false
if let block = first as? Block { print(block.conv.parameterCount) }  // expect: 36
