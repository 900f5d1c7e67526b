// Declared in one cell, used, extended and declared again in later ones.
struct Block: Layer {
    let linear = Linear(2, 2)
    func forward(_ x: Tensor) -> Tensor { linear(x) }
}
let old = Block()
// cell
extension Block { var size: Int { parameterCount } }
print(old.size)  // expect: 6
// cell
struct Block: Layer {
    let linear = Linear(2, 3)
    func forward(_ x: Tensor) -> Tensor { linear(x) * 0 + 0 }
}
let model = Sequential { old; Block() }
print(model(Tensor.ones([1, 2])))  // expect: [[0.0, 0.0, 0.0]]
print(old is Block, try model[1] is Block)  // expect: false true
