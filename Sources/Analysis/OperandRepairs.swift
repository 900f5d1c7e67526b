import Tensors

/// The search for other operands that an operation takes, each tried on its shape rule.
struct OperandRepairs {
    private let error: TensorError
    private let operands: [TensorSpec]

    init(_ error: TensorError) {
        self.error = error
        operands = error.operands
    }

    /// The axis that differs and what was tried and works; `nil` where neither is known.
    var text: String? {
        guard let rule = error.rule, !operands.isEmpty else { return nil }
        var found: [String] = []
        for attempt in attempts where found.count < 2 {
            guard let outputs = try? rule(attempt.operands), let output = outputs.first else {
                continue
            }
            // A sum that grows beyond both operands is seldom meant.
            guard
                !isElementwise || operands.contains(where: { $0.shape == output.shape })
                    || attempt.operands.contains(where: { $0.shape == output.shape })
            else { continue }
            found.append("\(attempt.text), which gives \(output.shape)")
        }
        let advice = found.isEmpty ? nil : "use \(found.joined(separator: ", or "))"
        return [differing, advice].compactMap { $0 }.joined(separator: "; ").nonEmpty
    }

    /// `axis 1 of a is 3 and axis 0 of b is 2`.
    private var differing: String? {
        error.difference.map {
            "axis \($0.axis) of \(name($0.operand)) is \($0.size) and "
                + "axis \($0.otherAxis) of \(name($0.otherOperand)) is \($0.otherSize)"
        }
    }

    // MARK: Attempts

    private struct Attempt {
        var operands: [TensorSpec]
        var text: String
    }

    /// Changes of one or both operands that are usual for the operation, the most likely first.
    private var attempts: [Attempt] {
        switch error.operation {
        case "matmul":
            return changing(0, [transposed]) + changing(1, [transposed])
                + swapped + changing(0, [row]) + changing(1, [column])
                + changingEach(toFloat)
        case "linear":
            return changing(1, [transposed]) + changing(0, [flattenedImages, transposed])
                + changingEach(toFloat)
        case "conv2d", "convTranspose2d":
            return changing(0, [batch, channelsFirst, plane]) + changing(0, [toFloat])
        case "maxPool2d", "avgPool2d", "batchNorm2d", "groupNorm", "localResponseNorm",
            "adaptiveAvgPool2d", "adaptiveMaxPool2d", "upsample":
            return changing(0, [batch, channelsFirst, plane]) + changing(0, [toFloat])
        case "crossEntropy", "focalLoss":
            return changing(1, [classes, withoutLast, toLabels]) + swapped
                + changing(0, [withoutLast])
        case "meanSquaredError", "meanAbsoluteError", "binaryCrossEntropy":
            return changing(1, [lastAxis, withoutLast, toFloat]) + changing(0, [withoutLast])
        case _ where isElementwise:
            let sameRank = operands.count == 2 && operands[0].rank == operands[1].rank
            return sameRank
                ? changing(1, [transposed]) + changing(0, [transposed]) : widened(1) + widened(0)
        case "which": return changing(0, [toMask])
        case "gathered": return changing(1, [toLabels])
        default: return changingEach(toFloat)
        }
    }

    private var isElementwise: Bool {
        switch error.operation {
        case "adding", "subtracting", "multiplying", "dividing", "power", "less", "lessOrEqual",
            "greater", "greaterOrEqual", "equal", "notEqual":
            true
        default: false
        }
    }

    /// A change of one operand: what it becomes and what follows its name.
    private typealias Change = (TensorSpec) -> (spec: TensorSpec, call: String)?

    private func changing(_ index: Int, _ changes: [Change]) -> [Attempt] {
        guard operands.indices.contains(index) else { return [] }
        return changes.compactMap { change in
            change(operands[index]).map { changed in
                var specs = operands
                specs[index] = changed.spec
                return Attempt(operands: specs, text: name(index) + changed.call)
            }
        }
    }

    /// The same change of every operand that needs it.
    private func changingEach(_ change: Change) -> [Attempt] {
        var specs = operands
        var calls: [String] = []
        for index in operands.indices {
            guard let changed = change(operands[index]) else { continue }
            specs[index] = changed.spec
            calls.append(name(index) + changed.call)
        }
        return calls.isEmpty
            ? [] : [Attempt(operands: specs, text: calls.joined(separator: " and "))]
    }

    /// The first two operands in the other order.
    private var swapped: [Attempt] {
        guard operands.count >= 2 else { return [] }
        var specs = operands
        specs.swapAt(0, 1)
        let text = error.operation == "matmul" ? "b • a" : "\(name(1)) before \(name(0))"
        return [Attempt(operands: specs, text: text)]
    }

    /// A new axis in the operand with fewer axes: `[N]` beside `[N, C]` becomes `[N, 1]`.
    private func widened(_ index: Int) -> [Attempt] {
        guard operands.count == 2 else { return [] }
        let spec = operands[index]
        let other = operands[1 - index].shape
        guard spec.rank > 0, spec.rank <= other.count else { return [] }
        return (1...spec.rank).reversed().compactMap { axis in
            var shape = spec.shape
            shape.insert(1, at: axis)
            // A new axis that lets the sum grow beyond the larger operand is seldom meant.
            guard shape.count <= max(other.count, 2), other.count > spec.rank else { return nil }
            var specs = operands
            specs[index].shape = shape
            return Attempt(
                operands: specs, text: "\(name(index)).expandedDimensions(axis: \(axis))")
        }
    }

    // MARK: Changes

    private func transposed(_ spec: TensorSpec) -> (spec: TensorSpec, call: String)? {
        guard spec.rank >= 2 else { return nil }
        var shape = spec.shape
        shape.swapAt(spec.rank - 1, spec.rank - 2)
        guard spec.rank > 2 else { return (TensorSpec(shape, spec.dtype), ".transposed()") }
        let axes = Array(0..<(spec.rank - 2)) + [spec.rank - 1, spec.rank - 2]
        let list = axes.map(String.init).joined(separator: ", ")
        return (TensorSpec(shape, spec.dtype), ".transposed(\(list))")
    }

    private func row(_ spec: TensorSpec) -> (spec: TensorSpec, call: String)? {
        guard spec.rank == 1 else { return nil }
        return (TensorSpec([1] + spec.shape, spec.dtype), ".expandedDimensions(axis: 0)")
    }

    private func column(_ spec: TensorSpec) -> (spec: TensorSpec, call: String)? {
        guard spec.rank == 1 else { return nil }
        return (TensorSpec(spec.shape + [1], spec.dtype), ".expandedDimensions(axis: 1)")
    }

    private func lastAxis(_ spec: TensorSpec) -> (spec: TensorSpec, call: String)? {
        (TensorSpec(spec.shape + [1], spec.dtype), ".expandedDimensions(axis: -1)")
    }

    private func withoutLast(_ spec: TensorSpec) -> (spec: TensorSpec, call: String)? {
        guard spec.shape.last == 1 else { return nil }
        return (TensorSpec(spec.shape.dropLast(), spec.dtype), ".squeezed(axis: -1)")
    }

    private func batch(_ spec: TensorSpec) -> (spec: TensorSpec, call: String)? {
        guard spec.rank == 3 else { return nil }
        return (TensorSpec([1] + spec.shape, spec.dtype), ".expandedDimensions(axis: 0)")
    }

    private func plane(_ spec: TensorSpec) -> (spec: TensorSpec, call: String)? {
        guard spec.rank == 2 else { return nil }
        let call = ".reshaped(1, 1, \(spec.shape[0]), \(spec.shape[1]))"
        return (TensorSpec([1, 1] + spec.shape, spec.dtype), call)
    }

    private func channelsFirst(_ spec: TensorSpec) -> (spec: TensorSpec, call: String)? {
        let shape = spec.shape
        switch spec.rank {
        case 3:
            return (
                TensorSpec([1, shape[2], shape[0], shape[1]], spec.dtype),
                ".transposed(2, 0, 1).expandedDimensions(axis: 0)"
            )
        case 4:
            return (
                TensorSpec([shape[0], shape[3], shape[1], shape[2]], spec.dtype),
                ".transposed(0, 3, 1, 2)"
            )
        default: return nil
        }
    }

    private func flattenedImages(_ spec: TensorSpec) -> (spec: TensorSpec, call: String)? {
        guard spec.rank > 2 else { return nil }
        let features = spec.shape[1...].reduce(1, &*)
        return (TensorSpec([spec.shape[0], features], spec.dtype), ".flattened(startAxis: 1)")
    }

    private func classes(_ spec: TensorSpec) -> (spec: TensorSpec, call: String)? {
        guard spec.rank == 2, spec.shape[1] > 1 else { return nil }
        return (TensorSpec([spec.shape[0]], .int64), ".argMax(axis: 1)")
    }

    private func toFloat(_ spec: TensorSpec) -> (spec: TensorSpec, call: String)? {
        guard !spec.dtype.isFloatingPoint else { return nil }
        let scale = spec.dtype == .uint8 && spec.rank >= 3 ? " / 255" : ""
        return (TensorSpec(spec.shape, .float32), ".cast(to: .float32)\(scale)")
    }

    private func toLabels(_ spec: TensorSpec) -> (spec: TensorSpec, call: String)? {
        guard spec.dtype.isFloatingPoint || spec.dtype == .bool else { return nil }
        return (TensorSpec(spec.shape, .int64), ".cast(to: .int64)")
    }

    private func toMask(_ spec: TensorSpec) -> (spec: TensorSpec, call: String)? {
        guard spec.dtype != .bool else { return nil }
        return (TensorSpec(spec.shape, .bool), ".cast(to: .bool)")
    }

    /// What the operation calls an operand.
    private func name(_ index: Int) -> String {
        let names: [String] =
            switch error.operation {
            case "linear", "conv2d", "convTranspose2d": ["x", "weights", "bias"]
            case "crossEntropy", "focalLoss": ["logits", "labels", "classWeights"]
            case "meanSquaredError", "meanAbsoluteError": ["output", "target"]
            case "binaryCrossEntropy": ["logits", "targets"]
            case "gathered": ["x", "indices"]
            case "which": ["mask", "a", "b"]
            case "matmul": ["a", "b"]
            case _ where isElementwise: ["a", "b"]
            default: ["x"]
            }
        return names.indices.contains(index) ? names[index] : "operand \(index + 1)"
    }
}

extension String {
    fileprivate var nonEmpty: String? { isEmpty ? nil : self }
}
