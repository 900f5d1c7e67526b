import OneDNN

extension Tensor {
    /// Weights whose rows are these, each times one of `factors`, in the format that a kernel wants,
    /// where one is known.
    ///
    /// Groups of rows are multiplied and brought into that format while they are in the cache, so that
    /// large weights go through memory once. Both are float32.
    func scaledRows(_ factors: Tensor, as wanted: MemoryDescriptor?) throws -> Tensor {
        guard let wanted, let plan = try RowGroups(spec, wanted) else {
            let columns = [Int](repeating: 1, count: Swift.max(0, rank - 1))
            return try Tensor.multiplying(self, factors.reshaped([factors.count] + columns))
        }
        let (source, scale) = (try dense(), try factors.dense())
        let result = try Storage(byteCount: wanted.byteCount)
        let group = try Storage(byteCount: plan.rows * plan.columns * 4)
        let (from, to) = (
            source.pointer(Float.self), group.pointer.assumingMemoryBound(to: Float.self)
        )
        let factor = scale.pointer(Float.self)
        let columns = plan.columns
        for (index, row) in Swift.stride(from: 0, to: shape[0], by: plan.rows)
            .enumerated()
        {
            Parallel.forEach(count: plan.rows, grain: Swift.max(1, 8192 / columns)) { range in
                for place in range {
                    let (own, times) = (from + (row + place) * columns, factor[row + place])
                    let scaled = to + place * columns
                    for column in 0..<columns { scaled[column] = own[column] * times }
                }
            }
            try plan.reorder.execute([
                (.source, group.pointer), (.destination, result.pointer + index * plan.byteStep),
            ])
        }
        withExtendedLifetime((source.storage, scale.storage)) {}
        return Tensor(spec, result, Layout(wanted, rank: rank))
    }
}

/// How many rows of weights are multiplied at a time, and what brings them into a kernel's format.
private struct RowGroups {
    let rows: Int
    let columns: Int
    let reorder: Primitive
    /// From one group to the next in the kernel's format.
    let byteStep: Int

    /// Elements of a group: half a megabyte.
    private static let size = 1 << 17

    /// `nil` where the weights are too few to be worth it, or are not in whole groups.
    init?(_ weights: TensorSpec, _ wanted: MemoryDescriptor) throws {
        guard weights.rank > 1, weights.dtype == .float32, wanted.type == .float32,
            weights.shape == wanted.shape, weights.count > Self.size
        else { return nil }
        columns = weights.count / weights.shape[0]
        // Blocks are of at most 64 rows.
        var rows = weights.shape[0]
        while rows % 2 == 0, rows > 64, rows * columns > Self.size { rows /= 2 }
        guard let part = wanted.rows(rows) else { return nil }
        self.rows = rows
        byteStep = part.byteStep
        reorder = try ReorderConfiguration(
            from: MemoryDescriptor(shape: [rows] + weights.shape[1...]), to: part.descriptor
        ).primitive()
    }
}
