import OneDNN

/// Batch normalisation of `[N, C, H, W]` with the batch's own statistics, or with given ones.
///
/// Inputs: x, scale `[C]`, shift `[C]`, and in inference mean `[C]` and variance `[C]`.
struct BatchNormalization: Operation {
    let epsilon: Float
    let training: Bool
    /// `relu` or nothing.
    let activation: Activation?
    let name = "batchNorm2d"
    /// Mean and variance of the batch, one after the other.
    let statistics = SavedStorage()
    /// Which results the activation let through.
    private let passed = SavedStorage()

    init(epsilon: Float, training: Bool, activation: Activation? = nil) {
        self.epsilon = epsilon
        self.training = training
        self.activation = activation
    }

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        let x = inputs[0]
        guard x.rank == 4 else {
            throw TensorError(
                .shape, name, "images have four axes", expected: "[N, C, H, W]", got: "\(x.shape)")
        }
        try requireReal(inputs, name)
        for (input, label) in zip(
            inputs.dropFirst(), ["scale", "shift", "runningMean", "runningVariance"])
        where input.shape != [x.shape[1]] {
            throw TensorError(
                .shape, name, "\(label) has one number for each channel of \(x.shape)",
                expected: "[\(x.shape[1])]", got: "\(input.shape)")
        }
        let samples = x.shape[0] &* x.shape[2] &* x.shape[3]
        guard !training || samples > 1 else {
            throw TensorError(
                .value, name, "one value a channel has no variance",
                expected: "more than 1 value per channel when training", got: "\(x.shape)")
        }
        return [x]
    }

    private func configuration(isForward: Bool, _ data: MemoryDescriptor)
        -> any PrimitiveConfiguration
    {
        BatchNormalizationConfiguration(
            training ? .training : .inference, isForward: isForward, data: data, epsilon: epsilon,
            fusesReLU: activation == .relu)
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = inputs[0].spec
        let channels = spec.shape[1]
        guard spec.count > 0 else { return [try Tensor.zeros(spec.shape, dtype: spec.dtype)] }
        let x = try kernelOperand(inputs[0])
        let primitive = try configuration(isForward: true, x.described().descriptor).primitive()
        let source = try x.packed(as: primitive.required(.source))
        let scale = try inputs[1].converted(to: .float32).dense()
        let shift = try inputs[2].converted(to: .float32).dense()
        let output = try OutputBuffer(primitive, .destination)
        let saved = try Storage(byteCount: 2 * channels * MemoryLayout<Float>.size)
        let mean = saved.pointer.assumingMemoryBound(to: Float.self)
        if !training {
            let means = try inputs[3].converted(to: .float32).dense()
            let variances = try inputs[4].converted(to: .float32).dense()
            mean.update(from: means.pointer(Float.self), count: channels)
            (mean + channels).update(from: variances.pointer(Float.self), count: channels)
            withExtendedLifetime((means.storage, variances.storage)) {}
        }
        var buffers: [(Role, UnsafeMutableRawPointer)] = [
            (.source, source.pointer), (.destination, output.storage.pointer),
            (.mean, UnsafeMutableRawPointer(mean)),
            (.variance, UnsafeMutableRawPointer(mean + channels)),
            (.scale, UnsafeMutableRawPointer(scale.pointer(Float.self))),
            (.shift, UnsafeMutableRawPointer(shift.pointer(Float.self))),
        ]
        if let format = primitive.workspace {
            let storage = try Storage(byteCount: format.byteCount)
            passed.storage = storage
            buffers.append((.workspace, storage.pointer))
        }
        try primitive.execute(buffers)
        withExtendedLifetime((source.storage, scale.storage, shift.storage)) {}
        statistics.storage = saved
        return [try output.tensor(spec)]
    }

    /// The images in the type that the kernels compute in and without gaps: oneDNN's kernel for
    /// strides with gaps writes its workspace beyond the size it asks for.
    private func kernelOperand(_ x: Tensor) throws -> Tensor {
        let x = try x.converted(to: x.dtype.kernelDType)
        if case .strided(_, let strides) = try x.representation().layout,
            !isDensePermutation(x.shape, strides)
        {
            return try x.contiguous()
        }
        return x
    }

    func cost(_ inputs: [TensorSpec], _ outputs: [TensorSpec]) -> Cost {
        Cost(
            normalizations: 2 &* outputs[0].count,
            bytes: (inputs + outputs).reduce(0) { $0 &+ $1.byteCount })
    }

    var rectifies: Bool { activation == .relu }

    var savesForBackward: SavedTensors { .inputs }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        var result: [Tensor?] = inputs.map { _ in nil }
        guard let gradient = gradients[0], let saved = statistics.storage else { return result }
        let channels = inputs[0].shape[1]
        let x = try kernelOperand(inputs[0])
        let primitive = try configuration(isForward: false, x.described().descriptor).primitive()
        let source = try x.packed(as: primitive.required(.source))
        let given = try gradient.packed(as: primitive.required(.destinationGradient))
        let scale = try inputs[1].converted(to: .float32).dense()
        let shift = try inputs[2].converted(to: .float32).dense()
        let output = try OutputBuffer(primitive, .sourceGradient)
        let vector = TensorSpec([channels])
        let scaleGradient = try Storage(byteCount: vector.byteCount)
        let shiftGradient = try Storage(byteCount: vector.byteCount)
        let mean = saved.pointer.assumingMemoryBound(to: Float.self)
        var buffers: [(Role, UnsafeMutableRawPointer)] = [
            (.source, source.pointer), (.destinationGradient, given.pointer),
            (.mean, UnsafeMutableRawPointer(mean)),
            (.variance, UnsafeMutableRawPointer(mean + channels)),
            (.scale, UnsafeMutableRawPointer(scale.pointer(Float.self))),
            (.shift, UnsafeMutableRawPointer(shift.pointer(Float.self))),
            (.sourceGradient, output.storage.pointer),
            (.scaleGradient, scaleGradient.pointer), (.shiftGradient, shiftGradient.pointer),
        ]
        if let storage = passed.storage { buffers.append((.workspace, storage.pointer)) }
        try primitive.execute(buffers)
        withExtendedLifetime((source.storage, given.storage, scale.storage, shift.storage)) {}
        if needs[0] { result[0] = try output.tensor(inputs[0].spec) }
        if needs[1] {
            result[1] = try Tensor(vector, dense: scaleGradient).converted(to: inputs[1].dtype)
        }
        if needs[2] {
            result[2] = try Tensor(vector, dense: shiftGradient).converted(to: inputs[2].dtype)
        }
        return result
    }
}

/// Batch normalisation (Ioffe and Szegedy 2015) of x `[N, C, H, W]`: each channel minus its mean,
/// over `sqrt(variance + epsilon)`, times `scale` `[C]`, plus `shift` `[C]`.
///
/// In training the statistics are the batch's, and the running ones move towards them by
/// `momentum` (the variance as the sample's, as in PyTorch); otherwise the running ones are used.
/// Throws when training on one value a channel.
public func batchNorm2d(
    _ x: Tensor, scale: Tensor, shift: Tensor, runningMean: inout Tensor,
    runningVariance: inout Tensor, momentum: Double = 0.1, epsilon: Double = 1e-5,
    training: Bool
) throws -> Tensor {
    try batchNorm2d(
        x, scale: scale, shift: shift, runningMean: &runningMean,
        runningVariance: &runningVariance, momentum: momentum, epsilon: epsilon,
        training: training, activation: nil)
}

/// The same with an activation function after it. A normalisation without `scale` and `shift` has
/// ones and zeros.
package func batchNorm2d(
    _ x: Tensor, scale: Tensor, shift: Tensor, runningMean: inout Tensor,
    runningVariance: inout Tensor, momentum: Double, epsilon: Double, training: Bool,
    activation: Activation?
) throws -> Tensor {
    let inputs = training ? [x, scale, shift] : [x, scale, shift, runningMean, runningVariance]
    let fused = activation == .relu ? activation?.fused(inputs) : nil
    let operation = BatchNormalization(
        epsilon: Float(epsilon), training: training, activation: fused)
    guard training else {
        let result = try apply(operation, inputs)[0]
        return fused == activation ? result : try activation?(result) ?? result
    }
    for (running, label) in [(runningMean, "runningMean"), (runningVariance, "runningVariance")]
    where x.rank == 4 && running.shape != [x.shape[1]] {
        throw TensorError(
            .shape, operation.name, "\(label) has one number for each channel of \(x.shape)",
            expected: "[\(x.shape[1])]", got: "\(running.shape)", operands: [x.spec, running.spec])
    }
    var result = try apply(operation, inputs)[0]
    if fused != activation, let activation { result = try activation(result) }
    guard let saved = operation.statistics.storage, !runningMean.isSymbolic,
        !runningVariance.isSymbolic
    else { return result }
    let channels = x.shape[1]
    let samples = Float(x.count / Swift.max(1, channels))
    let batch = saved.pointer.assumingMemoryBound(to: Float.self)
    let share = Float(momentum)
    let unbias = samples / (samples - 1)
    let mean = try runningMean.makeWritable(operation.name)
    let variance = try runningVariance.makeWritable(operation.name)
    let m = mean.pointer(Float.self)
    let v = variance.pointer(Float.self)
    for channel in 0..<channels {
        m[channel] += share * (batch[channel] - m[channel])
        v[channel] += share * (batch[channels + channel] * unbias - v[channel])
    }
    withExtendedLifetime((saved, mean.storage, variance.storage)) {}
    return result
}
