// Arrays, dictionaries, optionals and nested structs of layers give dotted names.
struct Inner: Layer {
    let linear = Linear(2, 2, bias: false)
    func forward(_ x: Tensor) throws -> Tensor { try linear(x).relu() }
}
struct Outer: Layer {
    let blocks: [Inner]
    let heads: [String: Linear]
    let extra: Linear?
    let none: Linear? = nil
    var depth = 3
    init(blocks count: Int) {
        blocks = (0..<count).map { _ in Inner() }
        heads = ["b": Linear(2, 1, bias: false), "a": Linear(2, 3, bias: false)]
        extra = Linear(3, 3, bias: false)
    }
    func forward(_ x: Tensor) -> Tensor {
        var x = x
        for block in blocks { x = block(x) }
        if let head = heads["a"] { x = head(x) }
        if let extra { x = extra(x) }
        return none?(x) ?? x
    }
}
let model = Outer(blocks: 2)
try print(model(Tensor.ones([1, 2])).shape)  // expect: [1, 3]
print(model.parameters.map { $0.name })
// expect: ["blocks.0.linear.weight", "blocks.1.linear.weight", "heads.a.weight", "heads.b.weight", "extra.weight"]
