import OneDNN

/// Layer normalisation over the last axes.
///
/// Inputs: x, then scale and shift where there are any, shaped as the normalised axes.
struct LayerNormalization: Operation {
    /// How many of the last axes are normalised together.
    let axes: Int
    let epsilon: Float
    let hasScale: Bool
    let hasShift: Bool
    let name = "layerNorm"
    /// Mean and variance of each row, one after the other.
    private let statistics = SavedStorage()

    init(axes: Int, epsilon: Float, hasScale: Bool, hasShift: Bool) {
        self.axes = axes
        self.epsilon = epsilon
        self.hasScale = hasScale
        self.hasShift = hasShift
    }

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        let x = inputs[0]
        guard axes >= 1, axes <= x.rank else {
            throw TensorError(
                .value, name, "the last axes of \(x.shape) are normalised",
                expected: x.rank == 0 ? "a tensor with axes" : "axes in 1...\(x.rank)",
                got: "\(axes)")
        }
        try requireReal(inputs, name)
        let labels = (hasScale ? ["scale"] : []) + (hasShift ? ["shift"] : [])
        let normalized = Array(x.shape.suffix(axes))
        for (input, label) in zip(inputs.dropFirst(), labels) where input.shape != normalized {
            throw TensorError(
                .shape, name, "\(label) has one number for each normalised element of \(x.shape)",
                expected: "\(normalized)", got: "\(input.shape)")
        }
        return [x]
    }

    private func configuration(isForward: Bool, _ x: TensorSpec) throws
        -> LayerNormalizationConfiguration
    {
        let columns = x.shape.suffix(axes).reduce(1, *)
        return LayerNormalizationConfiguration(
            isForward: isForward,
            data: try MemoryDescriptor(
                shape: [x.count / columns, columns], type: x.dtype.kernelType),
            hasScale: hasScale, hasShift: hasShift, epsilon: epsilon)
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = inputs[0].spec
        guard spec.count > 0 else { return [try Tensor.zeros(spec.shape, dtype: spec.dtype)] }
        let rows = spec.count / spec.shape.suffix(axes).reduce(1, *)
        let primitive = try configuration(isForward: true, spec).primitive()
        let computed = TensorSpec(spec.shape, spec.dtype.kernelDType)
        let x = try inputs[0].converted(to: computed.dtype).dense()
        let storage = try Storage(byteCount: computed.byteCount)
        let saved = try Storage(byteCount: 2 * rows * MemoryLayout<Float>.size)
        let affine = try AffineBuffers(inputs, hasScale, hasShift)
        try primitive.execute(
            [
                (.source, x.storage.pointer + x.offset * computed.dtype.byteCount),
                (.destination, storage.pointer), (.mean, saved.pointer),
                (.variance, saved.pointer + rows * MemoryLayout<Float>.size),
            ] + affine.buffers)
        withExtendedLifetime((x.storage, affine)) {}
        statistics.storage = saved
        return [try Tensor(computed, dense: storage).converted(to: spec.dtype)]
    }

    func cost(_ inputs: [TensorSpec], _ outputs: [TensorSpec]) -> Cost {
        Cost(
            normalizations: 5 &* outputs[0].count,
            bytes: (inputs + outputs).reduce(0) { $0 &+ $1.byteCount })
    }

    var savesForBackward: SavedTensors { .inputs }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        var result: [Tensor?] = inputs.map { _ in nil }
        guard let gradient = gradients[0] else { return result }
        let spec = inputs[0].spec
        guard spec.count > 0, let saved = statistics.storage else {
            return try inputs.map { try Tensor.zeros($0.shape, dtype: $0.dtype) }
        }
        let rows = spec.count / spec.shape.suffix(axes).reduce(1, *)
        let primitive = try configuration(isForward: false, spec).primitive()
        let computed = TensorSpec(spec.shape, spec.dtype.kernelDType)
        let x = try inputs[0].converted(to: computed.dtype).dense()
        let given = try gradient.converted(to: computed.dtype).dense()
        let storage = try Storage(byteCount: computed.byteCount)
        let affine = try AffineBuffers(inputs, hasScale, hasShift)
        let bytes = computed.dtype.byteCount
        var buffers: [(Role, UnsafeMutableRawPointer)] =
            [
                (.source, x.storage.pointer + x.offset * bytes),
                (.destinationGradient, given.storage.pointer + given.offset * bytes),
                (.mean, saved.pointer),
                (.variance, saved.pointer + rows * MemoryLayout<Float>.size),
                (.sourceGradient, storage.pointer),
            ] + affine.buffers
        let roles: [Role] = (hasScale ? [.scaleGradient] : []) + (hasShift ? [.shiftGradient] : [])
        let vectors = try roles.map { _ in
            try Storage(byteCount: spec.count / rows * MemoryLayout<Float>.size)
        }
        for (role, vector) in zip(roles, vectors) { buffers.append((role, vector.pointer)) }
        try primitive.execute(buffers)
        withExtendedLifetime((x.storage, given.storage, affine)) {}
        if needs[0] { result[0] = Tensor(computed, dense: storage) }
        for (index, vector) in vectors.enumerated() where needs[1 + index] {
            result[1 + index] = Tensor(TensorSpec(inputs[1 + index].shape), dense: vector)
        }
        return result
    }
}

/// A normalisation's scale and shift as a primitive reads them: dense and float32.
private final class AffineBuffers {
    let buffers: [(Role, UnsafeMutableRawPointer)]
    private let storages: [Storage]

    init(_ inputs: [Tensor], _ hasScale: Bool, _ hasShift: Bool) throws {
        let roles: [Role] = (hasScale ? [.scale] : []) + (hasShift ? [.shift] : [])
        let elements = try zip(roles, inputs.dropFirst()).map { role, input in
            (role, try input.converted(to: .float32).dense())
        }
        buffers = elements.map { ($0, UnsafeMutableRawPointer($1.pointer(Float.self))) }
        storages = elements.map { $1.storage }
    }
}

/// Layer normalisation (Ba et al. 2016, https://arxiv.org/abs/1607.06450) of x over its last
/// `axes` axes: `(x - mean) / sqrt(variance + epsilon) * scale + shift`, where mean and variance
/// (the population's) are those of the normalised axes.
///
/// `scale` and `shift` have the shape of the normalised axes. The result has x's type; statistics,
/// scale and shift are float32.
///
///     let y = try layerNorm(tokens, scale: scale, shift: shift)  // [N, T, D], scale [D]
public func layerNorm(
    _ x: Tensor, axes: Int = 1, scale: Tensor? = nil, shift: Tensor? = nil,
    epsilon: Double = 1e-5
) throws -> Tensor {
    let operation = LayerNormalization(
        axes: axes, epsilon: Float(epsilon), hasScale: scale != nil, hasShift: shift != nil)
    return try apply(operation, [x] + [scale, shift].compactMap(\.self))[0]
}
