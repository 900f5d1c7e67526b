import Hosting
import OneDNN
import Synchronization

/// The product of two stacks of matrices, `[..., M, K]` and `[..., K, N]` once they are transposed
/// as told, into a dense tensor of type `result`; the axes before the last two broadcast.
///
/// `bias` `[N]` is added to every row and `activation` applied as the result is written.
func matrixProduct(
    _ a: Tensor, _ b: Tensor, transposeA: Bool = false, transposeB: Bool = false,
    bias: Tensor? = nil, activation: Activation? = nil, result: DType? = nil
) throws -> Tensor {
    let dtype = DType.promoted(a.dtype, b.dtype)
    let computed = dtype.kernelDType
    let left = Stack(try a.converted(to: computed), transposed: transposeA)
    let right = Stack(try b.converted(to: computed), transposed: transposeB)
    let batch = broadcastShape(left.batch, right.batch) ?? left.batch
    let spec = TensorSpec(batch + [left.rows, right.columns], result ?? dtype)
    guard spec.count > 0, left.columns > 0 else {
        return try Tensor.emptyProduct(spec, bias, activation)
    }
    try Allocator.shared.checkRoom(byteCount: spec.byteCount)
    let matrices = batch.reduce(1, *)
    let x = try Operand(left, batch: batch, matrices: matrices)
    let y = try Operand(right, batch: batch, matrices: matrices)
    let size = ProductSize(
        matrices: matrices, rows: left.rows, columns: right.columns, inner: left.columns)
    if computed == .float32, let few = try fewRowsProduct(x, y, size, bias) {
        let rows = try Tensor(TensorSpec(spec.shape), dense: few).converted(to: spec.dtype)
        return try Context.current.withoutGradient { try activation?(rows) ?? rows }
    }
    // Float32 results of bfloat16 matrices, as gradients of weights are, come out of GEMM 5 to 12%
    // faster than out of `dnnl_matmul`.
    let isBFloat16 = computed == .bfloat16 && spec.dtype == .float32 && hasBFloat16MatrixProduct
    if computed == .float32 || isBFloat16, bias == nil, activation == nil {
        let storage = try Storage(byteCount: size.count * MemoryLayout<Float>.size)
        if isBFloat16 {
            try generalProduct(BFloat16.self, x, y, storage, size)
        } else {
            try generalProduct(Float.self, x, y, storage, size)
        }
        return try Tensor(TensorSpec(spec.shape), dense: storage).converted(to: spec.dtype)
    }
    return try primitiveProduct(x, y, size, spec, computed, bias, activation)
}

/// How many matrices are multiplied, and how big they are.
private struct ProductSize {
    let matrices, rows, columns, inner: Int
    var count: Int { matrices * rows * columns }

    /// What is multiplied between two polls: several matrices, or some rows of one.
    var pieces: [(matrices: Range<Int>, rows: Range<Int>)] {
        let perRow = Double(columns) * Double(inner)
        if PollInterval.isShort(Double(matrices) * Double(rows) * perRow) {
            return [(0..<matrices, 0..<rows)]
        }
        func ranges(_ count: Int, _ products: Double) -> [Range<Int>] {
            let size = PollInterval.parts(of: count, products: products)
            return stride(from: 0, to: count, by: size).map { $0..<min($0 + size, count) }
        }
        let groups = ranges(matrices, Double(rows) * perRow)
        if matrices > 1, groups.count < matrices { return groups.map { ($0, 0..<rows) } }
        let parts = ranges(rows, perRow)
        return groups.flatMap { group in parts.map { (group, $0) } }
    }
}

/// A tensor as matrices of its last two axes.
private struct Stack {
    let tensor: Tensor
    let isTransposed: Bool

    init(_ tensor: Tensor, transposed: Bool) {
        self.tensor = tensor
        isTransposed = transposed
    }

    var batch: [Int] { Array(tensor.shape.dropLast(2)) }
    var rows: Int { tensor.shape[tensor.rank - (isTransposed ? 1 : 2)] }
    var columns: Int { tensor.shape[tensor.rank - (isTransposed ? 2 : 1)] }
}

/// Matrices in memory as a product reads them: rows or columns are whole, and from one matrix to
/// the next is always the same step.
private struct Operand {
    let elements: StridedElements
    /// Elements from one stored row to the next.
    let leading: Int
    /// Whether the stored rows are columns of the factor.
    let isTransposed: Bool
    /// Elements from one matrix to the next; 0 where all are the same.
    let step: Int
    /// Elements from one row of the factor to the next.
    var rowStep: Int { isTransposed ? 1 : leading }

    init(_ stack: Stack, batch: [Int], matrices: Int) throws {
        let tensor = stack.tensor
        if let operand = try Operand(stack, tensor.strided(), batch) {
            self = operand
            return
        }
        // Only the matrices themselves or their batch axes lie badly: a copy of what there is, or
        // of the broadcast.
        if let operand = try Operand(stack, tensor.dense(), batch) {
            self = operand
            return
        }
        let whole = try Broadcast(shape: batch + tensor.shape.suffix(2)).forward([tensor])[0]
        let elements = try whole.dense()
        let columns = max(1, tensor.shape[tensor.rank - 1])
        self.init(
            elements: elements, leading: columns, isTransposed: stack.isTransposed,
            step: columns * tensor.shape[tensor.rank - 2])
    }

    private init(elements: StridedElements, leading: Int, isTransposed: Bool, step: Int) {
        self.elements = elements
        self.leading = leading
        self.isTransposed = isTransposed
        self.step = step
    }

    private init?(_ stack: Stack, _ elements: StridedElements, _ batch: [Int]) throws {
        let tensor = stack.tensor
        let rank = tensor.rank
        let rows = tensor.shape[rank - 2]
        let columns = tensor.shape[rank - 1]
        let row = elements.strides[rank - 2]
        let column = elements.strides[rank - 1]
        let flipped: Bool
        if column == 1 || columns == 1, row >= columns || rows == 1 {
            flipped = false
            leading = rows == 1 ? max(row, columns) : row
        } else if row == 1 || rows == 1, column >= rows || columns == 1 {
            flipped = true
            leading = columns == 1 ? max(column, rows) : column
        } else {
            return nil
        }
        let strides = broadcastStrides(
            Array(elements.strides.dropLast(2)), shape: stack.batch, to: batch)
        let plan = LoopPlan(shape: batch, strides: [strides])
        guard plan.shape.count == 1 else { return nil }
        self.elements = elements
        isTransposed = stack.isTransposed != flipped
        step = plan.shape[0] == 1 ? 0 : plan.rowStrides[0]
    }

    /// Whether this factor is better packed once than by each core for itself, as `dnnl_matmul` does
    /// with bfloat16: 2 to 8% from 768 rows of the other factor on. Long columns are slow to read.
    func paysPacking(for rows: Int) -> Bool {
        rows >= 768 && !(isTransposed && leading > 2048)
    }

    /// The matrices `[matrices, rows, columns]` as oneDNN describes them.
    func descriptor(
        _ matrices: Int, _ rows: Int, _ columns: Int, _ type: ElementType
    ) throws -> MemoryDescriptor {
        let strides = isTransposed ? [1, leading] : [leading, 1]
        if matrices == 1 {
            return try MemoryDescriptor(shape: [rows, columns], strides: strides, type: type)
        }
        return try MemoryDescriptor(
            shape: [step == 0 ? 1 : matrices, rows, columns],
            strides: [step == 0 ? max(rows, columns) * leading : step] + strides, type: type)
    }
}

/// The product with its bias where the left matrix has so few rows that reading the right one takes
/// all the time.
private func fewRowsProduct(
    _ a: Operand, _ b: Operand, _ size: ProductSize, _ bias: Tensor?
) throws -> Storage? {
    guard size.matrices == 1, size.rows <= FewRowsProduct.limit, !a.isTransposed, b.isTransposed,
        size.pieces.count == 1
    else { return nil }
    let offsets = try bias?.converted(to: .float32).dense()
    let storage = try Storage(byteCount: size.count * MemoryLayout<Float>.size)
    FewRowsProduct(
        a: a.elements.pointer(Float.self), leadingA: a.leading, b: b.elements.pointer(Float.self),
        leadingB: b.leading, rows: size.rows, columns: size.columns, inner: size.inner,
        bias: offsets.map { UnsafePointer($0.pointer(Float.self)) },
        output: storage.pointer.assumingMemoryBound(to: Float.self)
    ).run()
    withExtendedLifetime((a.elements.storage, b.elements.storage, offsets)) {}
    return storage
}

/// Products with float32 results by GEMM: several small ones side by side, a big one on the whole
/// team.
private func generalProduct<E: LaneElement>(
    _: E.Type, _ a: Operand, _ b: Operand, _ storage: Storage, _ size: ProductSize
) throws {
    let x = a.elements.pointer(E.self)
    let y = b.elements.pointer(E.self)
    let output = storage.pointer.assumingMemoryBound(to: Float.self)
    let failure = Mutex<OneDNNError?>(nil)
    func multiply(_ matrix: Int, _ rows: Range<Int>) {
        do throws(OneDNNError) {
            try E.product(
                transposeA: a.isTransposed, transposeB: b.isTransposed, rows: rows.count,
                columns: size.columns, inner: size.inner,
                x + matrix * a.step + rows.lowerBound * a.rowStep, leadingA: a.leading,
                y + matrix * b.step, leadingB: b.leading, beta: 0,
                output + (matrix * size.rows + rows.lowerBound) * size.columns,
                leadingC: size.columns)
        } catch {
            failure.withLock { $0 = error }
        }
    }
    for (matrices, rows) in size.pieces {
        if matrices.lowerBound + rows.lowerBound > 0 { try Host.current.cancellation.check() }
        if matrices.count >= 2 * Parallel.threads {
            Parallel.forEach(count: matrices.count, grain: 1) { range in
                for matrix in range { multiply(matrices.lowerBound + matrix, rows) }
            }
        } else {
            for matrix in matrices { multiply(matrix, rows) }
        }
        if let error = failure.withLock({ $0 }) { throw error }
    }
    withExtendedLifetime((a.elements.storage, b.elements.storage, storage)) {}
}

/// Products by `dnnl_matmul`, which adds the bias and applies the activation as it writes.
private func primitiveProduct(
    _ a: Operand, _ b: Operand, _ size: ProductSize, _ spec: TensorSpec, _ computed: DType,
    _ bias: Tensor?, _ activation: Activation?
) throws -> Tensor {
    let type: ElementType = computed == .bfloat16 ? .bfloat16 : .float32
    let written: ElementType = computed == .bfloat16 ? spec.dtype.kernelType : .float32
    let offsets = try bias?.converted(to: .float32).dense()
    let storage = try Storage(byteCount: size.count * written.byteCount)
    let bytes = computed.byteCount
    for (matrices, rows) in size.pieces {
        let first = matrices.lowerBound
        if first + rows.lowerBound > 0 { try Host.current.cancellation.check() }
        let shape = (matrices.count == 1 ? [] : [matrices.count]) + [rows.count, size.columns]
        let own = try b.descriptor(matrices.count, size.inner, size.columns, type)
        let isPacked =
            computed == .bfloat16 && matrices.count == 1 && b.paysPacking(for: rows.count)
        let primitive = try MatrixProductConfiguration(
            source: a.descriptor(matrices.count, rows.count, size.inner, type),
            weights: isPacked ? .any(shape: own.shape, type: type) : own,
            bias: bias == nil
                ? nil
                : try MemoryDescriptor(
                    shape: [Int](repeating: 1, count: shape.count - 1) + [size.columns]),
            destination: try MemoryDescriptor(shape: shape, type: written),
            postOperation: activation?.postOperation
        ).primitive()
        let source = a.elements.offset + first * a.step + rows.lowerBound * a.rowStep
        let weightBytes = (b.elements.offset + first * b.step) * bytes
        var weights = b.elements.storage.pointer + weightBytes
        var packed: Storage?
        if let wanted = primitive[.weights], wanted != own {
            let storage = try Storage(byteCount: wanted.byteCount)
            try reorder(b.elements.storage, weightBytes, own, to: storage, wanted)
            packed = storage
            weights = storage.pointer
        }
        let destination = (first * size.rows + rows.lowerBound) * size.columns
        var buffers: [(Role, UnsafeMutableRawPointer)] = [
            (.source, a.elements.storage.pointer + source * bytes),
            (.weights, weights),
            (.destination, storage.pointer + destination * written.byteCount),
        ]
        if let offsets {
            buffers.append((.bias, UnsafeMutableRawPointer(offsets.pointer(Float.self))))
        }
        try primitive.execute(buffers)
        withExtendedLifetime(packed) {}
    }
    withExtendedLifetime((a.elements.storage, b.elements.storage, offsets)) {}
    let result: DType = written == .bfloat16 ? .bfloat16 : .float32
    return try Tensor(TensorSpec(spec.shape, result), dense: storage).converted(to: spec.dtype)
}

extension Tensor {
    /// A sum of nothing: zeros, or the bias in every row.
    fileprivate static func emptyProduct(
        _ spec: TensorSpec, _ bias: Tensor?, _ activation: Activation?
    ) throws -> Tensor {
        guard let bias else { return try Tensor.zeros(spec.shape, dtype: spec.dtype) }
        return try Context.current.withoutGradient {
            let rows = try bias.cast(to: spec.dtype).broadcast(to: spec.shape).contiguous()
            return try activation?(rows) ?? rows
        }
    }
}
