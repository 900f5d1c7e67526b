import OneDNN

/// Normalisation of groups of channels, each sample for itself.
///
/// Inputs: x `[N, C, ...]`, then scale `[C]` and shift `[C]` where there are any.
struct GroupNormalization: Operation {
    let groups: Int
    let epsilon: Float
    let hasScale: Bool
    let hasShift: Bool
    let name = "groupNorm"
    /// Mean and inverse deviation of each group, one after the other.
    private let statistics = SavedStorage()

    init(groups: Int, epsilon: Float, hasScale: Bool, hasShift: Bool) {
        self.groups = groups
        self.epsilon = epsilon
        self.hasScale = hasScale
        self.hasShift = hasShift
    }

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        let x = inputs[0]
        guard x.rank >= 2 else {
            throw TensorError(
                .shape, name, "groups are of channels", expected: "[N, C, ...]", got: "\(x.shape)")
        }
        try requireReal(inputs, name)
        guard groups >= 1, x.shape[1] % groups == 0 else {
            throw TensorError(
                .value, name, "groups divide the channels of \(x.shape)",
                expected: "a divisor of \(x.shape[1])", got: "\(groups)")
        }
        let labels = (hasScale ? ["scale"] : []) + (hasShift ? ["shift"] : [])
        for (input, label) in zip(inputs.dropFirst(), labels) where input.shape != [x.shape[1]] {
            throw TensorError(
                .shape, name, "\(label) has one number for each channel of \(x.shape)",
                expected: "[\(x.shape[1])]", got: "\(input.shape)")
        }
        return [x]
    }

    /// The sizes that the loops run over.
    private struct Extent {
        let channels, perGroup, pixels, groups: Int

        init(_ shape: [Int], _ groups: Int) {
            channels = shape[1]
            perGroup = shape[1] / groups
            pixels = shape[2...].reduce(1, *)
            self.groups = shape[0] * groups
        }

        /// The least number of groups that is worth a thread.
        var grain: Int { max(1, 8192 / max(1, perGroup * pixels)) }
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = inputs[0].spec
        guard spec.count > 0 else { return [try Tensor.zeros(spec.shape, dtype: spec.dtype)] }
        let extent = Extent(spec.shape, groups)
        let source = try inputs[0].converted(to: .float32).dense()
        let storage = try Storage(byteCount: spec.count * MemoryLayout<Float>.size)
        let saved = try Storage(byteCount: 2 * extent.groups * MemoryLayout<Float>.size)
        let (scale, shift) = try affine(inputs)
        let x = source.pointer(Float.self)
        let y = storage.pointer.assumingMemoryBound(to: Float.self)
        let means = saved.pointer.assumingMemoryBound(to: Float.self)
        let inverses = means + extent.groups
        let epsilon = epsilon
        let size = extent.perGroup * extent.pixels
        Parallel.forEach(count: extent.groups, grain: extent.grain) { range in
            for group in range {
                let x = x + group * size
                let mean = sum(x, size) / Float(size)
                let center = FloatLanes(repeating: mean)
                let squares = laneSum(size) {
                    let d = FloatLanes(at: x + $0) - center
                    return d * d
                } _: {
                    (x[$0] - mean) * (x[$0] - mean)
                }
                let inverse = 1 / (squares / Float(size) + epsilon).squareRoot()
                means[group] = mean
                inverses[group] = inverse
                let first = group % groups * extent.perGroup
                for c in 0..<extent.perGroup {
                    let start = c * extent.pixels
                    let factor = inverse * (scale.isEmpty ? 1 : scale[first + c])
                    let offset = (shift.isEmpty ? 0 : shift[first + c]) - mean * factor
                    let y = y + group * size + start
                    for i in 0..<extent.pixels { y[i] = x[start + i] * factor + offset }
                }
            }
        }
        withExtendedLifetime(source.storage) {}
        statistics.storage = saved
        return [try Tensor(TensorSpec(spec.shape), dense: storage).converted(to: spec.dtype)]
    }

    func cost(_ inputs: [TensorSpec], _ outputs: [TensorSpec]) -> Cost {
        Cost(
            normalizations: 5 &* outputs[0].count,
            bytes: (inputs + outputs).reduce(0) { $0 &+ $1.byteCount })
    }

    var savesForBackward: SavedTensors { .inputs }

    /// With `z = (x - mean) inverse` and `h = gradient * scale`, over `m` elements a group:
    /// `dx = inverse (h - (sum(h) + z sum(h z)) / m)`, `dscale = sum(gradient z)`.
    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        var result: [Tensor?] = inputs.map { _ in nil }
        guard let gradient = gradients[0] else { return result }
        let spec = inputs[0].spec
        guard spec.count > 0, let saved = statistics.storage else {
            return try inputs.map { try Tensor.zeros($0.shape, dtype: $0.dtype) }
        }
        let extent = Extent(spec.shape, groups)
        let source = try inputs[0].converted(to: .float32).dense()
        let given = try gradient.converted(to: .float32).dense()
        let (scale, _) = try affine(inputs)
        let storage = try Storage(byteCount: spec.count * MemoryLayout<Float>.size)
        // For each sample and channel the sums of gradient and of gradient * z.
        let lines = extent.groups * extent.perGroup
        let partial = try Storage(byteCount: 2 * lines * MemoryLayout<Float>.size)
        let x = source.pointer(Float.self)
        let g = given.pointer(Float.self)
        let d = storage.pointer.assumingMemoryBound(to: Float.self)
        let means = saved.pointer.assumingMemoryBound(to: Float.self)
        let inverses = means + extent.groups
        let sums = partial.pointer.assumingMemoryBound(to: Float.self)
        let products = sums + lines
        Parallel.forEach(count: extent.groups, grain: extent.grain) { range in
            for group in range {
                let mean = means[group]
                let inverse = inverses[group]
                let first = group % groups * extent.perGroup
                var total: Float = 0
                var product: Float = 0
                for c in 0..<extent.perGroup {
                    let line = group * extent.perGroup + c
                    let x = x + line * extent.pixels
                    let g = g + line * extent.pixels
                    let own = sum(g, extent.pixels)
                    let center = FloatLanes(repeating: mean)
                    let weighted =
                        inverse
                        * laneSum(extent.pixels) {
                            FloatLanes(at: g + $0) * (FloatLanes(at: x + $0) - center)
                        } _: {
                            g[$0] * (x[$0] - mean)
                        }
                    sums[line] = own
                    products[line] = weighted
                    let factor = scale.isEmpty ? 1 : scale[first + c]
                    total += factor * own
                    product += factor * weighted
                }
                let share = 1 / Float(extent.perGroup * extent.pixels)
                for c in 0..<extent.perGroup {
                    let start = (group * extent.perGroup + c) * extent.pixels
                    let a = inverse * (scale.isEmpty ? 1 : scale[first + c])
                    let b = -inverse * inverse * product * share
                    let offset = -inverse * total * share - b * mean
                    for i in start..<(start + extent.pixels) { d[i] = a * g[i] + b * x[i] + offset }
                }
            }
        }
        withExtendedLifetime((source.storage, given.storage, saved)) {}
        if needs[0] {
            result[0] = try Tensor(TensorSpec(spec.shape), dense: storage).converted(to: spec.dtype)
        }
        let vectors = (hasScale ? [products] : []) + (hasShift ? [sums] : [])
        for (index, vector) in vectors.enumerated() where needs[1 + index] {
            var totals = [Float](repeating: 0, count: extent.channels)
            for line in 0..<lines { totals[line % extent.channels] += vector[line] }
            result[1 + index] = try Tensor(totals, shape: [extent.channels])
        }
        return withExtendedLifetime(partial) { result }
    }

    private func affine(_ inputs: [Tensor]) throws -> (scale: [Float], shift: [Float]) {
        (
            hasScale ? try inputs[1].scalars(as: Float.self) : [],
            hasShift ? try inputs[inputs.count - 1].scalars(as: Float.self) : []
        )
    }
}

/// The sum of neighbouring floats, in eight running sums.
private func sum(_ x: UnsafePointer<Float>, _ count: Int) -> Float {
    laneSum(count, { FloatLanes(at: x + $0) }, { x[$0] })
}

/// Group normalisation (Wu and He 2018, https://arxiv.org/abs/1803.08494) of x `[N, C, ...]`: the
/// channels of a sample in `groups` groups, each minus its mean, over `sqrt(variance + epsilon)`,
/// times `scale` `[C]`, plus `shift` `[C]`.
///
/// One group normalises a whole sample, as many as channels each channel (instance normalisation).
/// The result has x's type; statistics, scale and shift are float32.
///
///     let y = try groupNorm(x, groups: 8, scale: scale, shift: shift)
public func groupNorm(
    _ x: Tensor, groups: Int, scale: Tensor? = nil, shift: Tensor? = nil, epsilon: Double = 1e-5
) throws -> Tensor {
    let operation = GroupNormalization(
        groups: groups, epsilon: Float(epsilon), hasScale: scale != nil, hasShift: shift != nil)
    return try apply(operation, [x] + [scale, shift].compactMap(\.self))[0]
}
