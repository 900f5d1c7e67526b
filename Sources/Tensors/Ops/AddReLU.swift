import OneDNN

/// A sum with `relu` after it, as residual blocks end, in one pass over memory.
struct AddReLU: Operation {
    let name = "addReLU"
    let rectifies = true
    private let sum = Binary(kind: .adding)

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        try requireReal(inputs, name)
        return try sum.outputSpecs(inputs)
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = try outputSpecs(inputs.map(\.spec))[0]
        let pair = try ElementPair(
            inputs[0].converted(to: spec.dtype), inputs[1].converted(to: spec.dtype),
            shape: spec.shape
        ) { padding in padding == .bothZero }
        let storage = try Storage(byteCount: pair.byteCount(spec.dtype))
        if spec.dtype == .bfloat16 {
            forEachPair(Rounded<FloatSumReLU, BFloat16>.self, pair, storage)
        } else {
            forEachPair(Rounded<FloatSumReLU, Float>.self, pair, storage)
        }
        return [Tensor(spec, storage, pair.layout)]
    }

    var savesForBackward: SavedTensors { .outputs }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        guard let gradient = gradients[0] else { return [nil, nil] }
        let passed = try Activation.reluGradient(gradient, result: outputs[0])
        return try inputs.indices.map { index in
            guard needs[index] else { return nil }
            return try passed.summed(to: inputs[index].shape).converted(to: inputs[index].dtype)
        }
    }
}

/// `(a + b).relu()`, with broadcasting, computed in one pass.
package func addReLU(_ a: Tensor, _ b: Tensor) throws -> Tensor {
    guard Activation.relu.fused([a, b]) != nil else { return try Tensor.adding(a, b).relu() }
    return try apply(AddReLU(), to: a, b)
}

private enum FloatSumReLU: PairFunction {
    // NaN stays NaN, as in `relu`.
    @inline(__always) static func apply(_ a: Float, _ b: Float) -> Float {
        let sum = a + b
        return sum < 0 ? 0 : sum
    }
}
