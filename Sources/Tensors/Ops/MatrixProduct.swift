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
        guard a.dtype == .float32, b.dtype == .float32 else {
            throw TensorError(
                .dtype, name, "matrices are multiplied in float32",
                expected: "float32, as cast(to: .float32) makes it",
                got: "\(a.dtype) and \(b.dtype)")
        }
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
        return [TensorSpec(batch + [a.shape[a.rank - 2], b.shape[b.rank - 1]])]
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = try outputSpecs(inputs.map(\.spec))[0]
        return [
            try product(
                inputs[0], inputs[1], transposeA: false, transposeB: false, shape: spec.shape)
        ]
    }

    var savesForBackward: SavedTensors { .inputs }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        guard let gradient = gradients[0] else { return [nil, nil] }
        let a = inputs[0]
        let b = inputs[1]
        let batch = Array(gradient.shape.dropLast(2))
        return [
            needs[0]
                ? try product(
                    gradient, b, transposeA: false, transposeB: true,
                    shape: batch + a.shape.suffix(2)
                ).summed(to: a.shape) : nil,
            needs[1]
                ? try product(
                    a, gradient, transposeA: true, transposeB: false,
                    shape: batch + b.shape.suffix(2)
                ).summed(to: b.shape) : nil,
        ]
    }

    func cost(_ inputs: [TensorSpec], _ outputs: [TensorSpec]) -> Cost {
        Cost(
            multiplyAccumulates: outputs[0].count &* (inputs[0].shape.last ?? 1),
            bytes: (inputs + outputs).reduce(0) { $0 &+ $1.byteCount })
    }
}

/// A matrix in memory as a matrix product reads it.
private struct Operand {
    let storage: Storage
    let pointer: UnsafeMutablePointer<Float>
    let leading: Int
    let isTransposed: Bool
    /// The strides of the axes before the last two.
    let batchStrides: [Int]

    init(_ tensor: Tensor, transposed: Bool, batch: [Int]) throws {
        var elements = try tensor.strided()
        let rank = tensor.rank
        func readable(_ row: Int, _ column: Int, _ columns: Int) -> Bool {
            column == 1 && row >= Swift.max(1, columns)
        }
        let rows = tensor.shape[rank - 2]
        let columns = tensor.shape[rank - 1]
        var row = elements.strides[rank - 2]
        var column = elements.strides[rank - 1]
        var flipped = false
        if rows == 1 { row = Swift.max(row, columns) }
        if !readable(row, column, columns) {
            if readable(column, row, rows) {
                flipped = true
            } else {
                elements = try tensor.dense()
                row = Swift.max(1, columns)
                column = 1
            }
        }
        storage = elements.storage
        pointer = elements.pointer(Float.self)
        leading = flipped ? column : row
        isTransposed = transposed != flipped
        batchStrides = broadcastStrides(
            Array(elements.strides.dropLast(2)), shape: Array(tensor.shape.dropLast(2)),
            to: batch)
    }
}

/// The product of two stacks of matrices into a dense tensor of `shape`.
private func product(
    _ a: Tensor, _ b: Tensor, transposeA: Bool, transposeB: Bool, shape: [Int]
) throws -> Tensor {
    let spec = TensorSpec(shape)
    let storage = try Storage(byteCount: spec.byteCount)
    let batch = Array(shape.dropLast(2))
    let rows = shape[shape.count - 2]
    let columns = shape[shape.count - 1]
    let inner = a.shape[a.rank - (transposeA ? 2 : 1)]
    guard spec.count > 0, inner > 0 else {
        fill(storage, count: spec.count, 0, .float32)
        return Tensor(spec, dense: storage)
    }
    let left = try Operand(a, transposed: transposeA, batch: batch)
    let right = try Operand(b, transposed: transposeB, batch: batch)
    let output = storage.pointer.assumingMemoryBound(to: Float.self)
    var matrices = 1
    for size in batch { matrices *= size }
    for matrix in 0..<matrices {
        var rest = matrix
        var offsetA = 0
        var offsetB = 0
        for axis in batch.indices.reversed() {
            offsetA += rest % batch[axis] * left.batchStrides[axis]
            offsetB += rest % batch[axis] * right.batchStrides[axis]
            rest /= batch[axis]
        }
        try matrixProduct(
            transposeA: left.isTransposed, transposeB: right.isTransposed, rows: rows,
            columns: columns, inner: inner, left.pointer + offsetA, leadingA: left.leading,
            right.pointer + offsetB, leadingB: right.leading,
            output + matrix * rows * columns, leadingC: columns)
    }
    return withExtendedLifetime((left.storage, right.storage)) { Tensor(spec, dense: storage) }
}

extension Tensor {
    /// The matrix product of the last two axes; `[..., M, K]` and `[..., K, N]` give `[..., M, N]`.
    ///
    /// A vector `[K]` on either side is a row or a column, and its axis does not appear in the
    /// result.
    public static func matmul(_ a: Tensor, _ b: Tensor) throws -> Tensor {
        let left = a.rank == 1 ? try a.expandedDimensions(axis: 0) : a
        let right = b.rank == 1 ? try b.expandedDimensions(axis: 1) : b
        var result = try apply(MatrixProduct(), to: left, right)
        if b.rank == 1 { result = try result.squeezed(axis: -1) }
        if a.rank == 1 { result = try result.squeezed(axis: b.rank == 1 ? -1 : -2) }
        return result
    }

    public func matmul(_ other: Tensor) throws -> Tensor { try Tensor.matmul(self, other) }
}
