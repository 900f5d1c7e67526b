import OneDNN

/// Fully connected layer: `x W' + bias`.
struct Linear: Operation {
    /// Applied to the result.
    var activation: Activation?
    let name = "linear"
    /// The weights in the type that is computed in, where it is not theirs.
    private let lowered = Saved<Tensor>()

    init(activation: Activation? = nil) { self.activation = activation }

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        let x = inputs[0]
        let w = inputs[1]
        guard w.rank == 2, x.rank >= 1 else {
            throw TensorError(
                .shape, name, "weights are a matrix and the input has features",
                expected: "x [..., in] and weights [out, in]", got: "\(x.shape) and \(w.shape)")
        }
        try requireReal(inputs, name)
        guard x.shape[x.rank - 1] == w.shape[1] else {
            throw TensorError(
                .shape, name, "weights \(w.shape) do not take the features of \(x.shape)",
                expected: "\(w.shape[1]) features in the last axis",
                got: "\(x.shape[x.rank - 1])")
        }
        if inputs.count > 2, inputs[2].shape != [w.shape[0]] {
            throw TensorError(
                .shape, name, "bias has one number for each output feature",
                expected: "\([w.shape[0]])", got: "\(inputs[2].shape)")
        }
        return [TensorSpec(Array(x.shape.dropLast()) + [w.shape[0]], x.dtype)]
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = try outputSpecs(inputs.map(\.spec))[0]
        let weights = try inputs[1].converted(to: spec.dtype)
        if spec.dtype != inputs[1].dtype { lowered.value = weights }
        let result = try matrixProduct(
            rows(inputs[0], features: inputs[1].shape[1]), weights, transposeB: true,
            bias: inputs.count > 2 ? inputs[2] : nil, activation: activation)
        return [try Reshape(shape: spec.shape).forward([result])[0]]
    }

    var rectifies: Bool { activation == .relu || activation == .relu6 }

    var savesForBackward: SavedTensors { activation == nil ? .inputs : .all }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        guard var gradient = gradients[0] else { return inputs.map { _ in nil } }
        if activation == .relu {
            gradient = try Activation.reluGradient(gradient, result: outputs[0])
        }
        gradient = try rows(gradient, features: inputs[1].shape[0])
        var result: [Tensor?] = inputs.map { _ in nil }
        if needs[0] {
            let flat = try matrixProduct(gradient, lowered.value ?? inputs[1])
            result[0] = try Reshape(shape: inputs[0].shape).forward([flat])[0]
        }
        if needs[1] {
            let x = try rows(inputs[0], features: inputs[1].shape[1])
            result[1] = try matrixProduct(
                gradient, x, transposeA: true, result: inputs[1].dtype)
        }
        if inputs.count > 2, needs[2] {
            result[2] = try gradient.sum(axis: 0).converted(to: inputs[2].dtype)
        }
        return result
    }

    /// The input as a matrix of one row a sample.
    private func rows(_ x: Tensor, features: Int) throws -> Tensor {
        let rows = x.shape.dropLast().reduce(1, &*)
        return x.rank == 2 ? x : try Reshape(shape: [rows, features]).forward([x])[0]
    }

    func cost(_ inputs: [TensorSpec], _ outputs: [TensorSpec]) -> Cost {
        Cost(
            multiplyAccumulates: outputs[0].count &* inputs[1].shape[1],
            bytes: (inputs + outputs).reduce(0) { $0 &+ $1.byteCount })
    }
}

/// A fully connected layer: x `[..., in]` and weights `[out, in]` give `[..., out]`, in the type of
/// `x`.
///
///     let y = try linear(x, weights, bias: bias)
public func linear(_ x: Tensor, _ weights: Tensor, bias: Tensor? = nil) throws -> Tensor {
    try linear(x, weights, bias: bias, activation: nil)
}

/// The same with an activation function after it.
package func linear(
    _ x: Tensor, _ weights: Tensor, bias: Tensor?, activation: Activation?
) throws -> Tensor {
    let x = try Context.current.lowered(x)
    return try apply(
        activation, after: { Linear(activation: $0) },
        bias.map { [x, weights, $0] } ?? [x, weights])
}
