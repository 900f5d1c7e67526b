// Assigning a struct of layers shares their weights, which are objects; copy() shares nothing.
struct Pair: Layer {
    let a = Linear(2, 2), b = Linear(2, 2)
    var note = "first"
    func forward(_ x: Tensor) -> Tensor { b(a(x)) }
}
let model = Pair()
var same = model
let clone = try model.copy()
same.note = "second"
print(model.note, same.note, clone.note)  // expect: first second first
let x = try Tensor.ones([1, 2])
let before = model(x)
try model.initialize(.constant(0)) { _, _ in true }
print(model(x), same(x))  // expect: [[0.0, 0.0]] [[0.0, 0.0]]
try print((clone(x) - before).abs().sum().item())  // expect: 0.0
print(clone.a.parameterCount)  // expect: 6
