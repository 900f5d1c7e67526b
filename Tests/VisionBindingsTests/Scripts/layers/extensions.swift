// An extension may make a struct a layer, give it methods and a text of its own.
struct Shift { var amount = 1.0 }
extension Shift: Layer {
    func forward(_ x: Tensor) -> Tensor { x + amount }
    var description: String { "Shift by \(amount)" }
}
let shift = Shift(amount: 2)
try print(shift, shift(Tensor.zeros([1])).item())  // expect: Shift by 2.0 2.0
print(Sequential { shift })
// expect: Sequential {
// expect:     0: Shift by 2.0
// expect: }
// ---
// Inside a method the members of every layer are at hand.
struct Net: Layer {
    let linear = Linear(3, 2)
    func forward(_ x: Tensor) -> Tensor { linear(x) }
    var size: String { "\(parameterCount) numbers" }
    func names() -> [String] { parameters.map { $0.name } }
    func run(_ x: Tensor) -> [Int] { callAsFunction(x).shape }
}
let net = Net()
try print(net.size, net.names(), net.run(Tensor.ones([4, 3])))
// expect: 8 numbers ["linear.weight", "linear.bias"] [4, 2]
// ---
// A struct may take the name of one of the engine's layers; its members are its own.
struct Residual: Layer {
    let inner = Linear(2, 2)
    func forward(_ x: Tensor) -> Tensor { inner(x) + x }
}
try print(Residual().inner.parameterCount, Residual()(Tensor.ones([1, 2])).shape)  // expect: 6 [1, 2]
// ---
struct Residual: Layer {
    func forward(_ x: Tensor) -> Tensor { x }
}
Residual().body  // expect error: Residual has no 'body'
