// Weights of one's own stand beside layers and train like theirs.
struct Scale: Layer {
    let gain: Parameter
    let shifts: [Parameter]
    init(_ channels: Int) throws {
        gain = try Parameter([channels], .constant(2))
        shifts = [try Parameter(Tensor.zeros([channels]))]
    }
    func forward(_ x: Tensor) -> Tensor { x * gain.value + shifts[0].value }
}
let scale = try Scale(3)
try print(scale(Tensor([[1, 2, 3]])))  // expect: [[2.0, 4.0, 6.0]]
print(scale.parameters.map { $0.name }, scale.parameterCount)  // expect: ["gain", "shifts.0"] 6
try scale(Tensor([[1, 2, 3]])).sum().backward()
print(try scale.gain.gradient!)  // expect: [1.0, 2.0, 3.0]
try SGD(learningRate: 1).step(scale)
print(scale.gain.value, scale.shifts[0].value)  // expect: [1.0, 0.0, -1.0] [-1.0, -1.0, -1.0]
try scale.gain.value = Tensor.ones([3])
print(try scale["gain"])  // expect: [1.0, 1.0, 1.0]
scale.freeze()
print(scale.gain.isTrainable)  // expect: false
