import OneDNN

/// Matrix product of the last two axes; the axes before them broadcast.
struct MatrixProduct: Operation {
    let name = "matmul"

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        let a = inputs[0]
        let b = inputs[1]
        guard a.rank >= 2, b.rank >= 2 else {
            throw TensorError(
                .shape, name, "both operands need rows and columns",
                expected: "shapes [..., M, K] and [..., K, N]", got: "\(a.shape) and \(b.shape)")
        }
        try requireReal(inputs, name)
        guard a.shape[a.rank - 1] == b.shape[b.rank - 2] else {
            throw TensorError(
                .shape, name, "the columns of the first are not the rows of the second",
                expected: "[..., M, K] and [..., K, N] with one K",
                got: "\(a.shape) and \(b.shape)")
        }
        guard
            let batch = broadcastShape(
                Array(a.shape.dropLast(2)), Array(b.shape.dropLast(2)))
        else {
            throw TensorError(
                .shape, name, "the axes before the last two do not broadcast",
                expected: "sizes that are equal or 1", got: "\(a.shape) and \(b.shape)")
        }
        return [
            TensorSpec(
                batch + [a.shape[a.rank - 2], b.shape[b.rank - 1]],
                DType.promoted(a.dtype, b.dtype))
        ]
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        [try matrixProduct(inputs[0], inputs[1])]
    }

    var savesForBackward: SavedTensors { .inputs }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        guard let gradient = gradients[0] else { return [nil, nil] }
        let a = inputs[0]
        let b = inputs[1]
        return [
            needs[0]
                ? try matrixProduct(gradient, b, transposeB: true, result: a.dtype)
                    .summed(to: a.shape) : nil,
            needs[1]
                ? try matrixProduct(a, gradient, transposeA: true, result: b.dtype)
                    .summed(to: b.shape) : nil,
        ]
    }

    func cost(_ inputs: [TensorSpec], _ outputs: [TensorSpec]) -> Cost {
        Cost(
            multiplyAccumulates: outputs[0].count &* (inputs[0].shape.last ?? 1),
            bytes: (inputs + outputs).reduce(0) { $0 &+ $1.byteCount })
    }
}

extension Tensor {
    /// The matrix product of the last two axes; `[..., M, K]` and `[..., K, N]` give `[..., M, N]`.
    ///
    /// A vector `[K]` on either side is a row or a column, and its axis does not appear in the
    /// result.
    public static func matmul(_ a: Tensor, _ b: Tensor) throws -> Tensor {
        let left = a.rank == 1 ? try a.expandedDimensions(axis: 0) : a
        let right = b.rank == 1 ? try b.expandedDimensions(axis: 1) : b
        let context = Context.current
        var result = try apply(
            MatrixProduct(), to: context.lowered(left), context.lowered(right))
        if b.rank == 1 { result = try result.squeezed(axis: -1) }
        if a.rank == 1 { result = try result.squeezed(axis: b.rank == 1 ? -1 : -2) }
        return result
    }

    /// The matrix product with `other` on the right, as `Tensor.matmul(_:_:)`.
    public func matmul(_ other: Tensor) throws -> Tensor { try Tensor.matmul(self, other) }
}
