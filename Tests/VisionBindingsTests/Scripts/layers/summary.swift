// summary lists the layers inside a struct by their names.
struct Block: Layer {
    let conv = Conv2d(2, 2, kernel: 3, padding: 1)
    func forward(_ x: Tensor) -> Tensor { conv(x) + x }
}
struct Net: Layer {
    let stem = Conv2d(1, 2, kernel: 1)
    let blocks = [Block(), Block()]
    func forward(_ x: Tensor) -> Tensor {
        var x = stem(x)
        for block in blocks { x = block(x) }
        return x
    }
}
let text = String(describing: try Net().summary(input: [1, 4, 4]))
for name in ["stem", "blocks.0", "blocks.0.conv", "blocks.1.conv"] { print(text.contains(name)) }
// expect: true
// expect: true
// expect: true
// expect: true
