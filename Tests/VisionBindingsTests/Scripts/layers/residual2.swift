// The block of LANGUAGE.md: a struct that conforms to Layer holds layers and implements forward.
struct Residual2: Layer {
    let conv1 = Conv2d(16, 16, kernel: 3, padding: 1), conv2 = Conv2d(16, 16, kernel: 3, padding: 1)
    func forward(_ x: Tensor) throws -> Tensor { try (conv2(conv1(x).relu()) + x).relu() }
}
let block = Residual2()
try print(block(Tensor.ones([2, 16, 8, 8])).shape)  // expect: [2, 16, 8, 8]
print(block.parameterCount)  // expect: 4640
for (name, value) in block.parameters { print(name, value.shape) }
// expect: conv1.weight [16, 16, 3, 3]
// expect: conv1.bias [16]
// expect: conv2.weight [16, 16, 3, 3]
// expect: conv2.bias [16]
print(try block["conv2.bias"].shape)  // expect: [16]
print(block)
// expect: Residual2 {
// expect:     conv1: Conv2d(16, 16, kernel: 3, padding: 1)
// expect:     conv2: Conv2d(16, 16, kernel: 3, padding: 1)
// expect: }
