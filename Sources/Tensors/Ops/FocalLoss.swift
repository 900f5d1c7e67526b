import Glibc
import OneDNN

/// Cross-entropy that weighs down samples which are already right, with the softmax fused in.
///
/// Inputs: logits `[N, K]`, labels `[N]`, and the weights of the classes where there are any.
struct FocalLoss: Operation {
    let gamma: Float
    let reduction: LossReduction
    let name = "focalLoss"
    /// The softmax of the logits, `[N, K]`, and the logarithm of each sample's own.
    private let saved = SavedStorage()

    init(gamma: Float, reduction: LossReduction) {
        self.gamma = gamma
        self.reduction = reduction
    }

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        try ClassLabels.check(inputs, name, weights: "alpha")
        guard gamma >= 0 else {
            throw TensorError(
                .value, name, "gamma is the power of the error", expected: "at least 0",
                got: "\(gamma)")
        }
        return [reduction.spec(inputs[1].shape)]
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let rows = inputs[0].shape[0]
        let classes = inputs[0].shape[1]
        let target = try ClassLabels(inputs, name)
        let logits = try inputs[0].converted(to: .float32).dense()
        let x = logits.pointer(Float.self)
        let own = try Storage(byteCount: (rows * classes + rows) * MemoryLayout<Float>.size)
        let p = own.pointer.assumingMemoryBound(to: Float.self)
        let logarithms = p + rows * classes
        let losses = try Storage(byteCount: rows * MemoryLayout<Float>.size)
        let loss = losses.pointer.assumingMemoryBound(to: Float.self)
        Parallel.forEach(count: rows, grain: max(1, 4096 / max(1, classes))) { range in
            for row in range {
                let p = p + row * classes
                let x = x + row * classes
                let (top, total) = rowExponentials(x, classes, into: p)
                let scale = 1 / total
                for k in 0..<classes { p[k] *= scale }
                let label = target.labels[row]
                let logarithm = x[label] - top - logf(total)
                logarithms[row] = logarithm
                loss[row] = -target.weight(label) * powf(-expm1f(logarithm), gamma) * logarithm
            }
        }
        withExtendedLifetime(logits.storage) {}
        saved.storage = own
        return [try reduction.result(losses, [rows], divisor: Double(rows))]
    }

    var savesForBackward: SavedTensors { .inputs }

    /// With `q = 1 - p_y`: `dL/dx_k = alpha (gamma q^(gamma - 1) p_y log p_y - q^gamma)
    /// ([k = y] - p_k)`.
    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        var result: [Tensor?] = inputs.map { _ in nil }
        guard needs[0], let gradient = gradients[0], let own = saved.storage else { return result }
        let rows = inputs[0].shape[0]
        let classes = inputs[0].shape[1]
        let target = try ClassLabels(inputs, name)
        let factors = try reduction.factors(gradient, divisor: Double(rows))
        let p = own.pointer.assumingMemoryBound(to: Float.self)
        let logarithms = p + rows * classes
        let storage = try Storage(byteCount: rows * classes * MemoryLayout<Float>.size)
        let d = storage.pointer.assumingMemoryBound(to: Float.self)
        for row in 0..<rows {
            let label = target.labels[row]
            let q = -expm1f(logarithms[row])
            var slope = -powf(q, gamma)
            if gamma > 0, q > 0 {
                slope += gamma * powf(q, gamma - 1) * (1 - q) * logarithms[row]
            }
            let factor = factors[row] * target.weight(label) * slope
            let p = p + row * classes
            let d = d + row * classes
            for k in 0..<classes { d[k] = -factor * p[k] }
            d[label] += factor
        }
        withExtendedLifetime((own, factors.storage)) {}
        result[0] = try Tensor(TensorSpec(inputs[0].shape), dense: storage)
            .converted(to: inputs[0].dtype)
        return result
    }
}

/// The focal loss (Lin et al. 2017, https://arxiv.org/abs/1708.02002) of logits `[N, K]` with
/// integer labels `[N]`, in its form for many classes: `-alpha_y (1 - p_y)^gamma log p_y`, where p
/// is the softmax of a sample's logits and y its label. By default the mean over the samples.
///
/// With `gamma` 0 and no `alpha` it is the cross-entropy. `alpha` `[K]` weighs the samples by
/// their class; the mean is over their number, not over their weights. The result is float32.
///
///     let loss = try focalLoss(model(images), labels, gamma: 2)
public func focalLoss(
    _ logits: Tensor, _ labels: Tensor, gamma: Double = 2, alpha: Tensor? = nil,
    reduction: LossReduction = .mean
) throws -> Tensor {
    try apply(
        FocalLoss(gamma: Float(gamma), reduction: reduction),
        [logits, labels] + [alpha].compactMap(\.self))[0]
}
