import Tensors

/// What is done to a layer's result as it is written: a tensor is added to it, then an activation
/// is applied. For evaluation without gradients.
struct Ending {
    var addend: Tensor?
    var activation: Activation?

    /// The same as a pass of its own; throws where the tensors have different shapes.
    func callAsFunction(_ x: Tensor) throws -> Tensor {
        if let addend, addend.spec != x.spec {
            throw TensorError(
                .shape, "sum", "the tensors have different shapes", expected: "\(addend.spec)",
                got: "\(x.spec)", operands: [x.spec, addend.spec])
        }
        return try finished(x, addend: addend, activation: activation)
    }
}

/// A layer that can pass an ending on to the last thing it does.
protocol TakesEnding: Layer {
    /// The output for `x` after `ending`, where `Context.joinsLayers`.
    func forward(_ x: Tensor, ending: Ending) throws -> Tensor
}
