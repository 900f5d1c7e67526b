/// Two axes that should have had the same size.
public struct AxisDifference: Hashable, Sendable, CustomStringConvertible {
    /// Which of the operation's operands the first axis belongs to, and which axis it is.
    public var operand: Int
    /// The axis of that operand, counted from 0.
    public var axis: Int
    /// The size of that axis.
    public var size: Int
    /// The same of the other axis.
    public var otherOperand: Int
    /// The axis of the other operand, counted from 0.
    public var otherAxis: Int
    /// The size of the other axis, which should have been `size`.
    public var otherSize: Int

    init(_ first: (operand: Int, axis: Int, size: Int), _ second: (Int, Int, Int)) {
        (operand, axis, size) = first
        (otherOperand, otherAxis, otherSize) = second
    }

    public var description: String {
        "axis \(axis) of operand \(operand + 1) is \(size), "
            + "axis \(otherAxis) of operand \(otherOperand + 1) is \(otherSize)"
    }
}

extension TensorError {
    /// The axes of the first two operands whose sizes do not go together; `nil` where the operation
    /// compares none or the error is of another kind.
    ///
    ///     do { _ = try Tensor.matmul(Tensor.ones([2, 3]), Tensor.ones([2, 3])) }
    ///     catch let error as TensorError { print(error.difference!) }
    ///     // axis 1 of operand 1 is 3, axis 0 of operand 2 is 2
    public var difference: AxisDifference? {
        guard kind == .shape, operands.count >= 2 else { return nil }
        let a = operands[0].shape
        let b = operands[1].shape
        switch operation {
        case "matmul": return a.isEmpty ? nil : compared(a.count - 1, max(0, b.count - 2))
        case "linear": return a.isEmpty ? nil : compared(a.count - 1, 1)
        case "conv2d":
            guard a.count == 4, b.count == 4, b[1] > 0, a[1] % b[1] != 0 else { return nil }
            return compared(1, 1)
        case "crossEntropy", "focalLoss": return compared(0, 0)
        case "adding", "subtracting", "multiplying", "dividing", "power", "less", "lessOrEqual",
            "greater", "greaterOrEqual", "equal", "notEqual", "meanSquaredError",
            "meanAbsoluteError", "binaryCrossEntropy", "addReLU":
            for step in 1...max(1, min(a.count, b.count))
            where step <= a.count && step <= b.count {
                let sizes = (a[a.count - step], b[b.count - step])
                if sizes.0 != sizes.1, sizes.0 != 1, sizes.1 != 1 {
                    return compared(a.count - step, b.count - step)
                }
            }
            return nil
        default: return nil
        }
    }

    private func compared(_ axis: Int, _ other: Int) -> AxisDifference? {
        let a = operands[0].shape
        let b = operands[1].shape
        guard a.indices.contains(axis), b.indices.contains(other), a[axis] != b[other] else {
            return nil
        }
        return AxisDifference((0, axis, a[axis]), (1, other, b[other]))
    }
}
