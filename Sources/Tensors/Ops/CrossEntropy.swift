import Glibc
import OneDNN

/// How a loss over a batch becomes one number.
public enum LossReduction: String, Sendable, CaseIterable {
    /// The mean, weighted by the class weights where there are any.
    case mean
    case sum
    /// One loss for each sample.
    case none
}

/// Cross-entropy of logits with class labels, with the softmax fused in.
struct CrossEntropy: Operation {
    let labelSmoothing: Float
    let reduction: LossReduction
    let name = "crossEntropy"
    /// The softmax of the logits, `[N, K]`.
    private let probabilities = SavedStorage()

    init(labelSmoothing: Float, reduction: LossReduction) {
        self.labelSmoothing = labelSmoothing
        self.reduction = reduction
    }

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        let logits = inputs[0]
        let labels = inputs[1]
        guard logits.rank == 2, labels.rank == 1, logits.shape[0] == labels.shape[0] else {
            throw TensorError(
                .shape, name, "logits and labels do not belong together",
                expected: "logits [N, K] and labels [N]",
                got: "\(logits.shape) and \(labels.shape)")
        }
        guard logits.dtype == .float32, !labels.dtype.isFloatingPoint, labels.dtype != .bool else {
            throw TensorError(
                .dtype, name, "logits are real and labels are counted classes",
                expected: "float32 and an integer type",
                got: "\(logits.dtype) and \(labels.dtype)")
        }
        if inputs.count > 2, inputs[2] != TensorSpec([logits.shape[1]]) {
            throw TensorError(
                .shape, name, "classWeights has one number for each class",
                expected: "\(TensorSpec([logits.shape[1]]))", got: "\(inputs[2])")
        }
        guard labelSmoothing >= 0, labelSmoothing <= 1 else {
            throw TensorError(
                .value, name, "labelSmoothing is a share", expected: "0...1",
                got: "\(labelSmoothing)")
        }
        return [TensorSpec(reduction == .none ? labels.shape : [])]
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let rows = inputs[0].shape[0]
        let classes = inputs[0].shape[1]
        let target = try Target(self, inputs)
        let logits = try inputs[0].dense()
        let x = logits.pointer(Float.self)
        let saved = try Storage(byteCount: inputs[0].spec.byteCount)
        let p = saved.pointer.assumingMemoryBound(to: Float.self)
        let smoothing = labelSmoothing
        var losses = [Float](repeating: 0, count: rows)
        losses.withUnsafeMutableBufferPointer { losses in
            guard let losses = losses.baseAddress else { return }
            Parallel.forEach(count: rows, grain: max(1, 2048 / max(1, classes))) { range in
                for row in range {
                    let x = x + row * classes
                    let p = p + row * classes
                    var greatest = -Float.infinity
                    for k in 0..<classes { greatest = max(greatest, x[k]) }
                    var total: Float = 0
                    for k in 0..<classes {
                        p[k] = expf(x[k] - greatest)
                        total += p[k]
                    }
                    let scale = 1 / total
                    let shift = greatest + logf(total)
                    let label = target.labels[row]
                    var loss = (1 - smoothing) * target.weight(label) * (shift - x[label])
                    if smoothing > 0 {
                        var all: Float = 0
                        for k in 0..<classes { all += target.weight(k) * (shift - x[k]) }
                        loss += smoothing / Float(classes) * all
                    }
                    for k in 0..<classes { p[k] *= scale }
                    losses[row] = loss
                }
            }
        }
        withExtendedLifetime(logits.storage) {}
        probabilities.storage = saved
        if reduction == .none { return [try Tensor(losses, shape: [rows])] }
        let sum = losses.reduce(0.0) { $0 + Double($1) }
        return [try Tensor([Float(reduction == .sum ? sum : sum / target.divisor)], shape: [])]
    }

    var savesForBackward: SavedTensors { .inputs }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        var result: [Tensor?] = inputs.map { _ in nil }
        guard needs[0], let gradient = gradients[0], let saved = probabilities.storage else {
            return result
        }
        let rows = inputs[0].shape[0]
        let classes = inputs[0].shape[1]
        let target = try Target(self, inputs)
        let given = try gradient.scalars(as: Float.self)
        let share = reduction == .mean ? Float(1 / target.divisor) : 1
        let p = saved.pointer.assumingMemoryBound(to: Float.self)
        let storage = try Storage(byteCount: inputs[0].spec.byteCount)
        let d = storage.pointer.assumingMemoryBound(to: Float.self)
        let smoothing = labelSmoothing / Float(classes)
        let direct = 1 - labelSmoothing
        let single = reduction != .none
        Parallel.forEach(count: rows, grain: max(1, 8192 / max(1, classes))) { range in
            for row in range {
                let p = p + row * classes
                let d = d + row * classes
                let label = target.labels[row]
                let factor = share * (single ? given[0] : given[row])
                let own = direct * target.weight(label)
                let total = own + smoothing * target.weightSum
                for k in 0..<classes {
                    d[k] = factor * (total * p[k] - smoothing * target.weight(k))
                }
                d[label] -= factor * own
            }
        }
        withExtendedLifetime(saved) {}
        result[0] = Tensor(inputs[0].spec, dense: storage)
        return result
    }

    /// The labels, checked, and the weights of the classes.
    private struct Target {
        let labels: [Int]
        let weights: [Float]
        let weightSum: Float
        /// What the sum of losses is divided by to give the mean.
        let divisor: Double

        init(_ operation: CrossEntropy, _ inputs: [Tensor]) throws {
            labels = try inputs[1].scalars(as: Int.self)
            let classes = inputs[0].shape[1]
            if let row = labels.firstIndex(where: { $0 < 0 || $0 >= classes }) {
                throw TensorError(
                    .index, operation.name, "a label is not one of the classes",
                    expected: "0..<\(classes)", got: "\(labels[row]) at position \(row)",
                    operands: inputs.map(\.spec))
            }
            let weights = inputs.count > 2 ? try inputs[2].scalars(as: Float.self) : []
            self.weights = weights
            weightSum = weights.isEmpty ? Float(classes) : weights.reduce(0, +)
            divisor =
                weights.isEmpty
                ? Double(labels.count) : labels.reduce(0) { $0 + Double(weights[$1]) }
        }

        @inline(__always)
        func weight(_ label: Int) -> Float { weights.isEmpty ? 1 : weights[label] }
    }
}

/// The mean cross-entropy of logits `[N, K]` with integer labels `[N]`, a scalar.
///
/// `labelSmoothing` gives that share of each target to all classes evenly; `classWeights` `[K]`
/// weigh the samples by their class. As in PyTorch.
///
///     let loss = try crossEntropy(model(images), labels)
public func crossEntropy(
    _ logits: Tensor, _ labels: Tensor, labelSmoothing: Double = 0,
    classWeights: Tensor? = nil, reduction: LossReduction = .mean
) throws -> Tensor {
    let operation = CrossEntropy(labelSmoothing: Float(labelSmoothing), reduction: reduction)
    return try apply(operation, classWeights.map { [logits, labels, $0] } ?? [logits, labels])[0]
}
