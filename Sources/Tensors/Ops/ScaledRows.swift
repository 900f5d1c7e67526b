import OneDNN
import Synchronization

extension Tensor {
    /// Weights whose rows are these, each times one of `factors`, in the format that a kernel wants,
    /// where one is known.
    ///
    /// Each thread multiplies groups of rows and brings them into that format while they are in its
    /// cache, so that large weights go through memory once. Both are float32.
    func scaledRows(_ factors: Tensor, as wanted: MemoryDescriptor?) throws -> Tensor {
        guard let wanted, let plan = try RowGroups(spec, wanted) else {
            let columns = [Int](repeating: 1, count: Swift.max(0, rank - 1))
            return try Tensor.multiplying(self, factors.reshaped([factors.count] + columns))
        }
        let (source, scale) = (try RowSource(self), try factors.dense())
        let result = try Storage(byteCount: wanted.byteCount)
        let factor = scale.pointer(Float.self)
        let failure = Mutex<(any Error)?>(nil)
        try source.read {
            Parallel.forEach(count: plan.count, grain: 1) { groups in
                do {
                    try plan.fill(result.pointer, with: groups, of: source, times: factor)
                } catch {
                    failure.withLock { $0 = error }
                }
            }
            if let error = failure.withLock({ $0 }) { throw error }
        }
        withExtendedLifetime(scale.storage) {}
        return Tensor(spec, result, Layout(wanted, rank: rank))
    }
}

/// Where rows of weights come from: memory, or the file in which they still are.
private enum RowSource {
    case memory(StridedElements)
    case file(UnreadElements)

    init(_ weights: Tensor) throws {
        self = try weights.handle.unread.map { .file($0) } ?? .memory(weights.dense())
    }

    /// Runs `body`, which takes all rows; throws where they are not what they were.
    func read(_ body: () throws -> Void) throws {
        switch self {
        case .memory(let elements): try withExtendedLifetime(elements.storage) { try body() }
        case .file(let unread): try unread.file.unchanged(body)
        }
    }

    /// Puts rows from the element `first` on into `target`, each times one of `factors`.
    func multiply(
        _ target: UnsafeMutableBufferPointer<Float>, _ first: Int,
        _ factors: UnsafePointer<Float>, _ columns: Int
    ) throws {
        guard let to = target.baseAddress else { return }
        let rows = target.count / columns
        switch self {
        case .memory(let elements):
            let from = elements.pointer(Float.self) + first
            for row in 0..<rows {
                let (own, scaled, factor) = (
                    from + row * columns, to + row * columns, factors[row]
                )
                for column in 0..<columns { scaled[column] = own[column] * factor }
            }
        case .file(let unread):
            try unread.file.readPart(
                UnsafeMutableRawBufferPointer(target), at: unread.offset + first * 4)
            for row in 0..<rows {
                let (scaled, factor) = (to + row * columns, factors[row])
                for column in 0..<columns { scaled[column] *= factor }
            }
        }
    }
}

/// How many rows of weights are multiplied at a time, and what brings them into a kernel's format.
private struct RowGroups {
    /// How many groups there are.
    let count: Int
    let rows: Int
    let columns: Int
    let reorder: Primitive
    /// From one group to the next in the kernel's format.
    let byteStep: Int

    /// The most elements of a group: a quarter of a megabyte, beside which the result has room too.
    private static let size = 1 << 16
    /// The fewest elements that are worth it.
    private static let least = UnreadElements.leastByteCount / 4

    /// `nil` where the weights are too few to be worth it, or are not in whole groups.
    init?(_ weights: TensorSpec, _ wanted: MemoryDescriptor) throws {
        guard weights.rank > 1, weights.dtype == .float32, wanted.type == .float32,
            weights.shape == wanted.shape, weights.count >= Self.least
        else { return nil }
        columns = weights.count / weights.shape[0]
        // Blocks are of at most 64 rows.
        var rows = weights.shape[0]
        while rows % 2 == 0, rows > 64, rows * columns > Self.size { rows /= 2 }
        guard let part = wanted.rows(rows) else { return nil }
        self.rows = rows
        count = weights.shape[0] / rows
        byteStep = part.byteStep
        reorder = try ReorderConfiguration(
            from: MemoryDescriptor(shape: [rows] + weights.shape[1...]), to: part.descriptor
        ).primitive()
    }
    /// Puts some of the groups into their places.
    func fill(
        _ target: UnsafeMutableRawPointer, with groups: Range<Int>, of source: RowSource,
        times factors: UnsafePointer<Float>
    ) throws {
        let scratch = try Storage(byteCount: rows * columns * 4)
        let scaled = UnsafeMutableBufferPointer(
            start: scratch.pointer.assumingMemoryBound(to: Float.self), count: rows * columns)
        for group in groups {
            let first = group * rows
            try source.multiply(scaled, first * columns, factors + first, columns)
            try reorder.execute([
                (.source, scratch.pointer), (.destination, target + group * byteStep),
            ])
        }
    }
}
