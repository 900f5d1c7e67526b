import OneDNN

/// Fully connected layer: `x W' + bias`.
struct Linear: Operation {
    let name = "linear"

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        let x = inputs[0]
        let w = inputs[1]
        guard w.rank == 2, x.rank >= 1 else {
            throw TensorError(
                .shape, name, "weights are a matrix and the input has features",
                expected: "x [..., in] and weights [out, in]", got: "\(x.shape) and \(w.shape)")
        }
        guard inputs.allSatisfy({ $0.dtype == .float32 }) else {
            throw TensorError(
                .dtype, name, "linear layers compute in float32",
                expected: "float32, as cast(to: .float32) makes it",
                got: inputs.map(\.dtype.description).joined(separator: ", "))
        }
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
        return [TensorSpec(Array(x.shape.dropLast()) + [w.shape[0]])]
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = try outputSpecs(inputs.map(\.spec))[0]
        let outputs = inputs[1].shape[0]
        let features = inputs[1].shape[1]
        let storage = try Storage(byteCount: spec.byteCount)
        let y = storage.pointer.assumingMemoryBound(to: Float.self)
        let rows = outputs == 0 ? 0 : spec.count / outputs
        if inputs.count > 2 {
            let bias = try inputs[2].dense()
            let b = bias.pointer(Float.self)
            for row in 0..<rows { (y + row * outputs).update(from: b, count: outputs) }
            withExtendedLifetime(bias.storage) {}
        } else if features == 0 {
            fill(storage, count: spec.count, 0, .float32)
        }
        if spec.count > 0, features > 0 {
            let x = try inputs[0].dense()
            let w = try inputs[1].dense()
            try matrixProduct(
                transposeA: false, transposeB: true, rows: rows, columns: outputs,
                inner: features, x.pointer(Float.self), leadingA: features,
                w.pointer(Float.self), leadingB: features, beta: inputs.count > 2 ? 1 : 0, y,
                leadingC: outputs)
            withExtendedLifetime((x.storage, w.storage)) {}
        }
        return [Tensor(spec, dense: storage)]
    }

    var savesForBackward: SavedTensors { .inputs }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        guard let gradient = gradients[0] else { return inputs.map { _ in nil } }
        let columns = inputs[1].shape[0]
        let features = inputs[1].shape[1]
        guard gradient.count > 0, features > 0 else {
            return try inputs.map { try Tensor.zeros($0.shape) }
        }
        let rows = gradient.count / columns
        let g = try gradient.dense()
        var result: [Tensor?] = inputs.map { _ in nil }
        if needs[0] {
            let w = try inputs[1].dense()
            let storage = try Storage(byteCount: inputs[0].spec.byteCount)
            try matrixProduct(
                transposeA: false, transposeB: false, rows: rows, columns: features,
                inner: columns, g.pointer(Float.self), leadingA: columns, w.pointer(Float.self),
                leadingB: features, storage.pointer.assumingMemoryBound(to: Float.self),
                leadingC: features)
            withExtendedLifetime(w.storage) {}
            result[0] = Tensor(inputs[0].spec, dense: storage)
        }
        if needs[1] {
            let x = try inputs[0].dense()
            let storage = try Storage(byteCount: inputs[1].spec.byteCount)
            try matrixProduct(
                transposeA: true, transposeB: false, rows: columns, columns: features,
                inner: rows, g.pointer(Float.self), leadingA: columns, x.pointer(Float.self),
                leadingB: features, storage.pointer.assumingMemoryBound(to: Float.self),
                leadingC: features)
            withExtendedLifetime(x.storage) {}
            result[1] = Tensor(inputs[1].spec, dense: storage)
        }
        if inputs.count > 2, needs[2] {
            result[2] = try gradient.reshaped(rows, columns).sum(axis: 0)
        }
        return withExtendedLifetime(g.storage) { result }
    }

    func cost(_ inputs: [TensorSpec], _ outputs: [TensorSpec]) -> Cost {
        Cost(
            multiplyAccumulates: outputs[0].count &* inputs[1].shape[1],
            bytes: (inputs + outputs).reduce(0) { $0 &+ $1.byteCount })
    }
}

/// A fully connected layer: x `[..., in]` and weights `[out, in]` give `[..., out]`.
///
///     let y = try linear(x, weights, bias: bias)
public func linear(_ x: Tensor, _ weights: Tensor, bias: Tensor? = nil) throws -> Tensor {
    try apply(Linear(), bias.map { [x, weights, $0] } ?? [x, weights])[0]
}
