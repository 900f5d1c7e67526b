import Glibc
import OneDNN

/// Cross-entropy of logits with class labels or class probabilities, with the softmax fused in.
///
/// Inputs: logits `[N, K]`, labels `[N]` or probabilities `[N, K]`, and the weights of the classes
/// where there are any.
struct CrossEntropy: Operation {
    let labelSmoothing: Float
    let reduction: LossReduction
    let name = "crossEntropy"
    /// The softmax of the logits, `[N, K]`, and the logarithm of each row's sum.
    private let saved = SavedStorage()

    init(labelSmoothing: Float, reduction: LossReduction) {
        self.labelSmoothing = labelSmoothing
        self.reduction = reduction
    }

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        if inputs[1].rank == 2 {
            try checkProbabilities(inputs)
        } else {
            try ClassLabels.check(inputs, name, weights: "classWeights")
        }
        guard labelSmoothing >= 0, labelSmoothing <= 1 else {
            throw TensorError(
                .value, name, "labelSmoothing is a share", expected: "0...1",
                got: "\(labelSmoothing)")
        }
        return [reduction.spec([inputs[0].shape[0]])]
    }

    private func checkProbabilities(_ inputs: [TensorSpec]) throws {
        guard inputs[0].rank == 2, inputs[0].shape == inputs[1].shape else {
            throw TensorError(
                .shape, name, "logits and class probabilities do not belong together",
                expected: "logits [N, K] and probabilities [N, K]",
                got: "\(inputs[0].shape) and \(inputs[1].shape)")
        }
        guard inputs[0].dtype.isFloatingPoint, inputs[1].dtype.isFloatingPoint else {
            throw TensorError(
                .dtype, name, "logits and class probabilities are real",
                expected: "float32 or bfloat16", got: "\(inputs[0].dtype) and \(inputs[1].dtype)")
        }
        try ClassLabels.check(weights: Array(inputs.dropFirst(2)), of: inputs[0], name)
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let rows = inputs[0].shape[0]
        let classes = inputs[0].shape[1]
        let target = try Target(self, inputs)
        let logits = try inputs[0].converted(to: .float32).dense()
        let x = logits.pointer(Float.self)
        let own = try Storage(byteCount: (rows * classes + rows) * MemoryLayout<Float>.size)
        let p = own.pointer.assumingMemoryBound(to: Float.self)
        let shifts = p + rows * classes
        let losses = try Storage(byteCount: rows * MemoryLayout<Float>.size)
        let loss = losses.pointer.assumingMemoryBound(to: Float.self)
        Parallel.forEach(count: rows, grain: max(1, 4096 / max(1, classes))) { range in
            for row in range {
                let x = x + row * classes
                let p = p + row * classes
                let (top, total) = rowExponentials(x, classes, into: p)
                let scale = 1 / total
                for k in 0..<classes { p[k] *= scale }
                let shift = top + logf(total)
                shifts[row] = shift
                loss[row] = target.loss(row, x, shift)
            }
        }
        withExtendedLifetime(logits.storage) {}
        saved.storage = own
        return [try reduction.result(losses, [rows], divisor: target.divisor)]
    }

    var savesForBackward: SavedTensors { .inputs }

    /// With targets t and class weights w: `dL/dx_k = p_k sum(w t) - w_k t_k`.
    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        var result: [Tensor?] = inputs.map { _ in nil }
        guard let gradient = gradients[0], let own = saved.storage else { return result }
        let rows = inputs[0].shape[0]
        let classes = inputs[0].shape[1]
        let target = try Target(self, inputs)
        let factors = try reduction.factors(gradient, divisor: target.divisor)
        let p = own.pointer.assumingMemoryBound(to: Float.self)
        if needs[0] {
            let storage = try Storage(byteCount: rows * classes * MemoryLayout<Float>.size)
            let d = storage.pointer.assumingMemoryBound(to: Float.self)
            Parallel.forEach(count: rows, grain: max(1, 8192 / max(1, classes))) { range in
                for row in range {
                    target.gradient(
                        row, factors[row], p + row * classes, into: d + row * classes)
                }
            }
            result[0] = try Tensor(TensorSpec(inputs[0].shape), dense: storage)
                .converted(to: inputs[0].dtype)
        }
        if needs[1], inputs[1].rank == 2 {
            let logits = try inputs[0].converted(to: .float32).dense()
            let x = logits.pointer(Float.self)
            let shifts = p + rows * classes
            let storage = try Storage(byteCount: rows * classes * MemoryLayout<Float>.size)
            let d = storage.pointer.assumingMemoryBound(to: Float.self)
            for row in 0..<rows {
                let factor = factors[row] * (1 - labelSmoothing)
                for k in 0..<classes {
                    let at = row * classes + k
                    d[at] = factor * target.weight(k) * (shifts[row] - x[at])
                }
            }
            withExtendedLifetime(logits.storage) {}
            result[1] = try Tensor(TensorSpec(inputs[1].shape), dense: storage)
                .converted(to: inputs[1].dtype)
        }
        return withExtendedLifetime((own, factors.storage)) { result }
    }

    /// What the logits should have said.
    private struct Target {
        let classes: Int
        let smoothing: Float
        /// Unless the targets are probabilities.
        let labels: ClassLabels?
        let probabilities: StridedElements?
        let weights: [Float]
        let weightSum: Float
        /// What the sum of losses is divided by to give the mean.
        let divisor: Double

        init(_ operation: CrossEntropy, _ inputs: [Tensor]) throws {
            classes = inputs[0].shape[1]
            smoothing = operation.labelSmoothing
            let isSoft = inputs[1].rank == 2
            labels = isSoft ? nil : try ClassLabels(inputs, operation.name)
            probabilities = isSoft ? try inputs[1].converted(to: .float32).dense() : nil
            weights =
                try labels?.weights ?? (inputs.count > 2 ? inputs[2].scalars(as: Float.self) : [])
            weightSum = weights.isEmpty ? Float(classes) : weights.reduce(0, +)
            divisor = labels?.weightOfAll ?? Double(inputs[0].shape[0])
        }

        @inline(__always)
        func weight(_ k: Int) -> Float { weights.isEmpty ? 1 : weights[k] }

        /// The loss of one row of logits, the logarithm of whose softmax is `x - shift`.
        func loss(_ row: Int, _ x: UnsafePointer<Float>, _ shift: Float) -> Float {
            var loss: Float = 0
            if let labels {
                let label = labels.labels[row]
                loss = (1 - smoothing) * weight(label) * (shift - x[label])
            } else if let t = probabilities?.pointer(Float.self) {
                for k in 0..<classes where t[row * classes + k] != 0 {
                    loss += t[row * classes + k] * weight(k) * (shift - x[k])
                }
                loss *= 1 - smoothing
            }
            if smoothing > 0 {
                var all: Float = 0
                for k in 0..<classes { all += weight(k) * (shift - x[k]) }
                loss += smoothing / Float(classes) * all
            }
            return loss
        }

        func gradient(
            _ row: Int, _ factor: Float, _ p: UnsafePointer<Float>,
            into d: UnsafeMutablePointer<Float>
        ) {
            let even = smoothing / Float(classes)
            let direct = 1 - smoothing
            if let labels {
                let label = labels.labels[row]
                let own = direct * weight(label)
                let total = own + even * weightSum
                if weights.isEmpty {
                    let scale = factor * total
                    let offset = factor * even
                    for k in 0..<classes { d[k] = scale * p[k] - offset }
                } else {
                    for k in 0..<classes { d[k] = factor * (total * p[k] - even * weights[k]) }
                }
                d[label] -= factor * own
            } else if let t = probabilities?.pointer(Float.self) {
                let t = t + row * classes
                var total = even * weightSum
                for k in 0..<classes { total += direct * weight(k) * t[k] }
                for k in 0..<classes {
                    d[k] = factor * (total * p[k] - weight(k) * (direct * t[k] + even))
                }
            }
        }
    }
}

/// The labels of a batch, checked, and the weights of the classes.
struct ClassLabels {
    let labels: [Int]
    /// Empty where all count the same.
    let weights: [Float]

    /// Throws unless the inputs are logits `[N, K]`, labels `[N]` and perhaps weights `[K]`.
    static func check(_ inputs: [TensorSpec], _ operation: String, weights label: String) throws {
        let logits = inputs[0]
        let labels = inputs[1]
        guard logits.rank == 2, labels.rank == 1, logits.shape[0] == labels.shape[0] else {
            throw TensorError(
                .shape, operation, "logits and labels do not belong together",
                expected: "logits [N, K] and labels [N]",
                got: "\(logits.shape) and \(labels.shape)")
        }
        guard logits.dtype.isFloatingPoint, !labels.dtype.isFloatingPoint, labels.dtype != .bool
        else {
            throw TensorError(
                .dtype, operation, "logits are real and labels are counted classes",
                expected: "float32 and an integer type",
                got: "\(logits.dtype) and \(labels.dtype)")
        }
        try check(weights: Array(inputs.dropFirst(2)), of: logits, operation, label)
    }

    static func check(
        weights: [TensorSpec], of logits: TensorSpec, _ operation: String,
        _ label: String = "classWeights"
    ) throws {
        for spec in weights
        where spec.shape != [logits.shape[1]] || !spec.dtype.isFloatingPoint {
            throw TensorError(
                .shape, operation, "\(label) has one number for each class",
                expected: "\(TensorSpec([logits.shape[1]]))", got: "\(spec)")
        }
    }

    /// Throws when a label is not one of the classes.
    init(_ inputs: [Tensor], _ operation: String) throws {
        labels = try inputs[1].scalars(as: Int.self)
        weights = inputs.count > 2 ? try inputs[2].scalars(as: Float.self) : []
        let classes = inputs[0].shape[1]
        if let row = labels.firstIndex(where: { $0 < 0 || $0 >= classes }) {
            throw TensorError(
                .index, operation, "a label is not one of the classes",
                expected: "0..<\(classes)", got: "\(labels[row]) at position \(row)",
                operands: inputs.map(\.spec))
        }
    }

    @inline(__always)
    func weight(_ label: Int) -> Float { weights.isEmpty ? 1 : weights[label] }

    /// The sum of the weights of all samples.
    var weightOfAll: Double {
        weights.isEmpty ? Double(labels.count) : labels.reduce(0) { $0 + Double(weights[$1]) }
    }
}

/// The mean cross-entropy of logits `[N, K]` with integer labels `[N]`, or with class probabilities
/// `[N, K]`, a scalar: `-sum_k w_k t_k log softmax(x)_k` of each sample.
///
/// `labelSmoothing` gives that share of each target to all classes evenly; `classWeights` `[K]`
/// weigh the samples by their class (the mean over labels is weighted too). As in PyTorch. Logits
/// may be bfloat16; the result is float32.
///
///     let loss = try crossEntropy(model(images), labels)
public func crossEntropy(
    _ logits: Tensor, _ labels: Tensor, labelSmoothing: Double = 0,
    classWeights: Tensor? = nil, reduction: LossReduction = .mean
) throws -> Tensor {
    let operation = CrossEntropy(labelSmoothing: Float(labelSmoothing), reduction: reduction)
    return try apply(operation, [logits, labels] + [classWeights].compactMap(\.self))[0]
}
