// A layer held twice is one layer: its weights count once, under the first name.
struct Tied: Layer {
    let first: Linear, again: Linear
    init() {
        first = Linear(2, 2)
        again = first
    }
    func forward(_ x: Tensor) -> Tensor { again(first(x)) }
}
let tied = Tied()
print(tied.parameterCount, tied.parameters.map { $0.name })  // expect: 6 ["first.weight", "first.bias"]
for (name, layer) in tied.children { print(name, layer) }
// expect: first Linear(2, 2)
// expect: again Linear(2, 2)
// ---
// Functions that make layers, and layers that hold closures.
struct Apply: Layer {
    let function: (Tensor) throws -> Tensor
    func forward(_ x: Tensor) throws -> Tensor { try function(x) }
}
func stack(_ sizes: [Int]) throws -> Sequential {
    Sequential {
        for (a, b) in zip(sizes, sizes.dropFirst()) {
            Linear(a, b)
            if b > 2 { Apply { try $0.relu() } }
        }
    }
}
let model = try stack([4, 8, 8, 2])
try print(model.count, model(Tensor.ones([5, 4])).shape)  // expect: 5 [5, 2]
