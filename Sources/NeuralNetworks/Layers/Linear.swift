import Tensors

/// A fully connected layer: `[..., inputs]` to `[..., outputs]`, `x • weight.T + bias`.
///
/// Parameters: `weight` `[outputs, inputs]` and `bias` `[outputs]`. As `torch.nn.Linear`.
///
///     Linear(400, 120)(Tensor.zeros([64, 400])).shape  // [64, 120]
public final class Linear: Layer, FusesActivation {
    /// The size of the last axis of what goes in.
    public let inputs: Int
    /// The size of the last axis of what comes out; a new head may change it.
    public private(set) var outputs: Int
    /// `[outputs, inputs]`: one output a row.
    public private(set) var weight: Parameter
    /// What is added to each output, `[outputs]`; `nil` for a layer made with `bias: false`.
    public private(set) var bias: Parameter?

    /// A layer from `inputs` to `outputs` features; stops the program where one is not positive.
    public convenience init(_ inputs: Int, _ outputs: Int, bias: Bool = true) {
        do {
            try self.init(inputs: inputs, outputs: outputs, bias: bias)
        } catch { preconditionFailure(String(describing: error)) }
    }

    /// The same, throwing where a size is not positive or does not fit into memory.
    public init(inputs: Int, outputs: Int, bias: Bool = true) throws {
        try LayerError.require("Linear", "inputs", inputs, atLeast: 1)
        try LayerError.require("Linear", "outputs", outputs, atLeast: 1)
        self.inputs = inputs
        self.outputs = outputs
        weight = try Parameter([outputs, inputs], .usual(fanIn: inputs))
        self.bias = bias ? try Parameter([outputs], .usual(fanIn: inputs)) : nil
    }

    private init(copying other: Linear) {
        inputs = other.inputs
        outputs = other.outputs
        weight = other.weight.copy()
        bias = other.bias?.copy()
    }

    /// Starts again with another number of outputs, and fresh weights that are trainable.
    func replaceOutputs(_ count: Int) throws {
        let fresh = try Linear(inputs: inputs, outputs: count, bias: bias != nil)
        fresh.weight.modelInfo = weight.modelInfo
        (outputs, weight, bias) = (count, fresh.weight, fresh.bias)
    }

    public func forward(_ x: Tensor) throws -> Tensor {
        try linear(x, weight.value(for: x), bias: bias?.value(for: x))
    }

    func forward(_ x: Tensor, activation: Activation) throws -> Tensor {
        try linear(x, weight.value(for: x), bias: bias?.value(for: x), activation: activation)
    }

    public func copy() -> Linear { Linear(copying: self) }

    public var kind: String { "Linear" }
    public var children: [(name: String, layer: any Layer)] { [] }

    public var ownParameters: [(name: String, parameter: Parameter)] {
        [("weight", weight)] + (bias.map { [("bias", $0)] } ?? [])
    }

    public var details: String { "\(inputs), \(outputs)" + (bias == nil ? ", bias: false" : "") }
}
