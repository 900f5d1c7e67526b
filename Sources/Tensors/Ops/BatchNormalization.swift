import OneDNN

/// Batch normalisation of `[N, C, H, W]` with the batch's own statistics, or with given ones.
///
/// Inputs: x, scale `[C]`, shift `[C]`, and in inference mean `[C]` and variance `[C]`.
struct BatchNormalization: Operation {
    let epsilon: Float
    let training: Bool
    let name = "batchNorm2d"
    /// Mean and variance of the batch, one after the other.
    let statistics = SavedStorage()

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        let x = inputs[0]
        guard x.rank == 4 else {
            throw TensorError(
                .shape, name, "images have four axes", expected: "[N, C, H, W]", got: "\(x.shape)")
        }
        guard inputs.allSatisfy({ $0.dtype == .float32 }) else {
            throw TensorError(
                .dtype, name, "statistics are real", expected: "float32",
                got: inputs.map(\.dtype.description).joined(separator: ", "))
        }
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
            training ? .training : .inference, isForward: isForward, data: data, epsilon: epsilon)
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = inputs[0].spec
        let channels = spec.shape[1]
        guard spec.count > 0 else { return [try Tensor.zeros(spec.shape)] }
        let x = try inputs[0].described()
        let primitive = try configuration(isForward: true, x.descriptor).primitive()
        let source = try inputs[0].packed(as: primitive.required(.source))
        let scale = try inputs[1].dense()
        let shift = try inputs[2].dense()
        let output = try OutputBuffer(primitive, .destination)
        let saved = try Storage(byteCount: 2 * channels * MemoryLayout<Float>.size)
        let mean = saved.pointer.assumingMemoryBound(to: Float.self)
        if !training {
            let means = try inputs[3].dense()
            let variances = try inputs[4].dense()
            mean.update(from: means.pointer(Float.self), count: channels)
            (mean + channels).update(from: variances.pointer(Float.self), count: channels)
            withExtendedLifetime((means.storage, variances.storage)) {}
        }
        try primitive.execute([
            (.source, source.pointer), (.destination, output.storage.pointer),
            (.mean, UnsafeMutableRawPointer(mean)),
            (.variance, UnsafeMutableRawPointer(mean + channels)),
            (.scale, UnsafeMutableRawPointer(scale.pointer(Float.self))),
            (.shift, UnsafeMutableRawPointer(shift.pointer(Float.self))),
        ])
        withExtendedLifetime((source.storage, scale.storage, shift.storage)) {}
        statistics.storage = saved
        return [output.tensor(spec)]
    }

    var savesForBackward: SavedTensors { .inputs }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        var result: [Tensor?] = inputs.map { _ in nil }
        guard let gradient = gradients[0], let saved = statistics.storage else { return result }
        let channels = inputs[0].shape[1]
        let x = try inputs[0].described()
        let primitive = try configuration(isForward: false, x.descriptor).primitive()
        let source = try inputs[0].packed(as: primitive.required(.source))
        let given = try gradient.packed(as: primitive.required(.destinationGradient))
        let scale = try inputs[1].dense()
        let shift = try inputs[2].dense()
        let output = try OutputBuffer(primitive, .sourceGradient)
        let scaleGradient = try Storage(byteCount: inputs[1].spec.byteCount)
        let shiftGradient = try Storage(byteCount: inputs[2].spec.byteCount)
        let mean = saved.pointer.assumingMemoryBound(to: Float.self)
        try primitive.execute([
            (.source, source.pointer), (.destinationGradient, given.pointer),
            (.mean, UnsafeMutableRawPointer(mean)),
            (.variance, UnsafeMutableRawPointer(mean + channels)),
            (.scale, UnsafeMutableRawPointer(scale.pointer(Float.self))),
            (.shift, UnsafeMutableRawPointer(shift.pointer(Float.self))),
            (.sourceGradient, output.storage.pointer),
            (.scaleGradient, scaleGradient.pointer), (.shiftGradient, shiftGradient.pointer),
        ])
        withExtendedLifetime((source.storage, given.storage, scale.storage, shift.storage)) {}
        if needs[0] { result[0] = output.tensor(inputs[0].spec) }
        if needs[1] { result[1] = Tensor(inputs[1].spec, dense: scaleGradient) }
        if needs[2] { result[2] = Tensor(inputs[2].spec, dense: shiftGradient) }
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
    let operation = BatchNormalization(epsilon: Float(epsilon), training: training)
    guard training else {
        return try apply(operation, to: x, scale, shift, runningMean, runningVariance)
    }
    for (running, label) in [(runningMean, "runningMean"), (runningVariance, "runningVariance")]
    where x.rank == 4 && running.shape != [x.shape[1]] {
        throw TensorError(
            .shape, operation.name, "\(label) has one number for each channel of \(x.shape)",
            expected: "[\(x.shape[1])]", got: "\(running.shape)", operands: [x.spec, running.spec])
    }
    let result = try apply(operation, to: x, scale, shift)
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
