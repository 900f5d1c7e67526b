// What a struct has to have to be a layer is checked before anything runs.
print("never")
struct Empty: Layer {
    let linear = Linear(2, 2)
}
// expect error: Empty does not conform to Layer: it has no func forward(_ x: Tensor) -> Tensor
// ---
struct Labelled: Layer {
    func forward(x: Tensor) -> Tensor { x }
}
// expect error: Layer asks for func forward(_ x: Tensor) -> Tensor, this is func forward(x: Tensor) -> Tensor
// ---
struct Numbers: Layer {
    func forward(_ x: Double) -> Double { x }
}
// expect error: this is func forward(_ x: Double) -> Double
// ---
struct Counting: Layer {
    var calls = 0
    mutating func forward(_ x: Tensor) -> Tensor { calls += 1; return x }
}
// expect error: it must not be mutating
// ---
enum Act: Layer { case relu, none }
// expect error: an enum cannot conform to Layer
// ---
struct Typo: Leyer { func forward(_ x: Tensor) -> Tensor { x } }
// expect error: use Layer
// ---
struct Fine: Layer { func forward(_ x: Tensor) -> Tensor { x } }
Fine()(1)
// expect error: expected Tensor, got Int
// ---
struct Fine: Layer { func forward(_ x: Tensor) -> Tensor { x } }
Fine().sumary(input: [1])
// expect error: did you mean .summary?
// ---
struct Plain { let a = 1 }
let model = Sequential { Plain() }
// expect error: expected Layer, got Plain
