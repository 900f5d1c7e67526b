// A layer may be written as callAsFunction, in place of forward.
struct Double2: Layer {
    let linear = Linear(2, 2)
    func callAsFunction(_ x: Tensor) -> Tensor { linear(x) * 2 }
}
let layer = Double2()
let x = try Tensor.ones([1, 2])
try print((layer(x) - layer.linear(x) * 2).abs().sum().item())  // expect: 0.0
let model = Sequential { layer; ReLU() }
print(model(x).shape, model.parameters.map { $0.name })  // expect: [1, 2] ["0.linear.weight", "0.linear.bias"]
// ---
// With both, calling the layer means callAsFunction, as it stands; a Sequential asks for forward.
struct Both: Layer {
    func forward(_ x: Tensor) -> Tensor { x * 2 }
    func callAsFunction(_ x: Tensor) -> Tensor { x * 3 }
    func callAsFunction(_ x: Tensor, times n: Int) -> Tensor { x * Double(n) }
}
let both = Both()
let one = try Tensor.ones([1])
try print(both(one).item(), both.forward(one).item(), both(one, times: 5).item())  // expect: 3.0 2.0 5.0
try print(Sequential { both }(one).item())  // expect: 2.0
