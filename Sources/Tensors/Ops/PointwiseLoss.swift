import Glibc
import OneDNN

/// A loss of each element of an output beside its target.
///
/// Inputs: output, target, and for binary cross-entropy the weight of positives where there is one.
struct PointwiseLoss: Operation {
    enum Kind: String {
        case meanSquaredError, meanAbsoluteError, binaryCrossEntropy
    }

    let kind: Kind
    let reduction: LossReduction
    var name: String { kind.rawValue }

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        let output = inputs[0]
        try requireReal([output], name)
        guard output.shape == inputs[1].shape else {
            throw TensorError(
                .shape, name, "each element has a target", expected: "two tensors of one shape",
                got: "\(output.shape) and \(inputs[1].shape)")
        }
        if inputs.count > 2, broadcastShape(inputs[2].shape, output.shape) != output.shape {
            throw TensorError(
                .shape, name, "positiveWeight does not broadcast to the logits",
                expected: "sizes of \(output.shape) or 1, from the last axis on",
                got: "\(inputs[2].shape)")
        }
        return [reduction.spec(output.shape)]
    }

    /// The inputs as dense floats.
    private struct Elements {
        let storages: [Storage]
        let output, target: UnsafeMutablePointer<Float>
        let weight: UnsafeMutablePointer<Float>?

        init(_ inputs: [Tensor]) throws {
            var elements = try inputs.prefix(2).map { try $0.converted(to: .float32).dense() }
            if inputs.count > 2 {
                let weight = try inputs[2].converted(to: .float32)
                elements.append(
                    try Broadcast(shape: inputs[0].shape).forward([weight])[0].dense())
            }
            storages = elements.map(\.storage)
            output = elements[0].pointer(Float.self)
            target = elements[1].pointer(Float.self)
            weight = elements.count > 2 ? elements[2].pointer(Float.self) : nil
        }
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let count = inputs[0].count
        let elements = try Elements(inputs)
        let losses = try Storage(byteCount: count * MemoryLayout<Float>.size)
        let loss = losses.pointer.assumingMemoryBound(to: Float.self)
        let x = elements.output
        let t = elements.target
        Parallel.forEach(count: count, grain: 8192) { range in
            switch kind {
            case .meanSquaredError: for i in range { loss[i] = (x[i] - t[i]) * (x[i] - t[i]) }
            case .meanAbsoluteError: for i in range { loss[i] = abs(x[i] - t[i]) }
            case .binaryCrossEntropy:
                for i in range {
                    let weight = elements.weight?[i] ?? 1
                    loss[i] =
                        (1 - t[i]) * x[i] + (1 + (weight - 1) * t[i]) * softplus(-x[i])
                }
            }
        }
        withExtendedLifetime(elements) {}
        return [try reduction.result(losses, inputs[0].shape, divisor: Double(count))]
    }

    var savesForBackward: SavedTensors { .inputs }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        var result: [Tensor?] = inputs.map { _ in nil }
        guard let gradient = gradients[0] else { return result }
        let count = inputs[0].count
        let elements = try Elements(inputs)
        let factors = try reduction.factors(gradient, divisor: Double(count))
        for which in 0..<2 where needs[which] {
            let storage = try Storage(byteCount: count * MemoryLayout<Float>.size)
            let d = storage.pointer.assumingMemoryBound(to: Float.self)
            Parallel.forEach(count: count, grain: 8192) { range in
                for i in range { d[i] = factors[i] * slope(elements, i, ofTarget: which == 1) }
            }
            result[which] = try Tensor(TensorSpec(inputs[0].shape), dense: storage)
                .converted(to: inputs[which].dtype)
        }
        return withExtendedLifetime((elements, factors.storage)) { result }
    }

    /// The derivative of one loss with respect to the output, or to the target.
    @inline(__always)
    private func slope(_ elements: Elements, _ i: Int, ofTarget: Bool) -> Float {
        let x = elements.output[i]
        let t = elements.target[i]
        switch kind {
        case .meanSquaredError: return ofTarget ? 2 * (t - x) : 2 * (x - t)
        case .meanAbsoluteError:
            let difference = ofTarget ? t - x : x - t
            return difference > 0 ? 1 : difference < 0 ? -1 : difference
        case .binaryCrossEntropy:
            let weight = elements.weight?[i] ?? 1
            if ofTarget { return (weight - 1) * softplus(-x) - x }
            // The slope of softplus(-x) is -sigmoid(-x).
            return 1 - t - (1 + (weight - 1) * t) / (1 + expf(x))
        }
    }
}

/// `log(1 + exp(x))`, which neither overflows nor loses small results.
@inline(__always)
private func softplus(_ x: Float) -> Float { (x > 0 ? x : x.isNaN ? x : 0) + log1pf(expf(-abs(x))) }

/// `(output - target)^2`, by default its mean over all elements, a scalar.
///
/// Both have one shape; the result is float32.
///
///     let loss = try meanSquaredError(model(x), target)
public func meanSquaredError(
    _ output: Tensor, _ target: Tensor, reduction: LossReduction = .mean
) throws -> Tensor {
    try apply(PointwiseLoss(kind: .meanSquaredError, reduction: reduction), to: output, target)
}

/// `|output - target|`, by default its mean over all elements, a scalar. Its slope is 0 where both
/// are equal.
///
/// Both have one shape; the result is float32.
public func meanAbsoluteError(
    _ output: Tensor, _ target: Tensor, reduction: LossReduction = .mean
) throws -> Tensor {
    try apply(PointwiseLoss(kind: .meanAbsoluteError, reduction: reduction), to: output, target)
}

/// The binary cross-entropy of logits x with targets t in `0...1`,
/// `-(w t log sigmoid(x) + (1 - t) log(1 - sigmoid(x)))`, computed without overflow; by default its
/// mean over all elements, a scalar.
///
/// Logits and targets have one shape. `positiveWeight` is w, 1 unless given; it broadcasts to that
/// shape. The result is float32.
///
///     let loss = try binaryCrossEntropy(logits, targets)  // one yes-or-no question an element
public func binaryCrossEntropy(
    _ logits: Tensor, _ targets: Tensor, positiveWeight: Tensor? = nil,
    reduction: LossReduction = .mean
) throws -> Tensor {
    try apply(
        PointwiseLoss(kind: .binaryCrossEntropy, reduction: reduction),
        [logits, targets] + [positiveWeight].compactMap(\.self))[0]
}
