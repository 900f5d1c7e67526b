/// Masks, the bool tensors that comparisons give, combined element by element; shapes broadcast.
extension Tensor {
    /// `a .& b`: true where both are.
    ///
    ///     let middle = try Tensor.logicalAnd(x .> 0.2, x .< 0.8)
    ///
    /// Throws `TensorError` of kind `dtype` for anything but masks.
    public static func logicalAnd(_ a: Tensor, _ b: Tensor) throws -> Tensor {
        try requireMasks([a, b], ".&")
        return try multiplying(a, b)
    }

    /// `a .| b`: true where either is. Throws as `logicalAnd(_:_:)`.
    public static func logicalOr(_ a: Tensor, _ b: Tensor) throws -> Tensor {
        try requireMasks([a, b], ".|")
        return try greaterOrEqual(a, b.logicalNot())
    }

    /// `a .^ b`: true where one is and the other is not. Throws as `logicalAnd(_:_:)`.
    public static func logicalXor(_ a: Tensor, _ b: Tensor) throws -> Tensor {
        try requireMasks([a, b], ".^")
        return try notEqual(a, b)
    }

    /// `.!a`: true where it is not. Throws as `logicalAnd(_:_:)`.
    public func logicalNot() throws -> Tensor {
        try Tensor.requireMasks([self], ".!")
        return try Tensor.equal(self, Tensor.zeros([], dtype: .bool))
    }

    private static func requireMasks(_ tensors: [Tensor], _ operation: String) throws {
        guard tensors.allSatisfy({ $0.dtype == .bool }) else {
            throw TensorError(
                .dtype, operation, "combines masks", expected: "bool tensors, as x .> 0 gives",
                got: tensors.map { $0.dtype.description }.joined(separator: " and "),
                operands: tensors.map(\.spec))
        }
    }
}
