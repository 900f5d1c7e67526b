// A struct that conforms to Layer is one wherever a layer is asked for.
struct Twice: Layer {
    func forward(_ x: Tensor) -> Tensor { x * 2 }
}
func apply(_ layers: [any Layer], to x: Tensor) -> Tensor {
    var x = x
    for layer in layers { x = layer(x) }
    return x
}
let x = try Tensor.ones([1])
try print(apply([Twice(), ReLU(), Twice()], to: x).item())  // expect: 4.0
let one: any Layer = Twice()
try print(one(x).item(), one.parameterCount, one is Twice)  // expect: 2.0 0 true
let maybe: (any Layer)? = Twice()
try print(maybe?(x).item() ?? 0)  // expect: 2.0
let table: [String: any Layer] = ["twice": Twice(), "same": Identity()]
try print(table.keys.sorted(), table["twice"]!(x).item())  // expect: ["same", "twice"] 2.0
try print(Residual { Twice() }(x).item())  // expect: 3.0
try print(Parallel(.add) { Twice(); Twice() }(x).item())  // expect: 4.0
