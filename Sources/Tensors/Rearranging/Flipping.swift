extension Tensor {
    /// The elements along an axis in reverse.
    ///
    ///     try Tensor([[1, 2], [3, 4]]).flipped(axis: 1)  // [[2.0, 1.0], [4.0, 3.0]]
    public func flipped(axis: Int) throws -> Tensor {
        let axis = try spec.resolve(axis: axis, "flipped")
        let whole = IndexPart(.slice(from: nil, to: nil, by: 1))
        return try indexed(
            by: (0..<axis).map { _ in whole } + [IndexPart(.slice(from: nil, to: nil, by: -1))])
    }

    /// The elements moved by `shift` places along an axis; what leaves at one end enters at the
    /// other. A negative shift moves towards the front.
    ///
    ///     try Tensor([1, 2, 3]).rolled(by: 1, axis: 0)  // [3.0, 1.0, 2.0]
    public func rolled(by shift: Int, axis: Int) throws -> Tensor {
        let axis = try spec.resolve(axis: axis, "rolled")
        let size = shape[axis]
        guard size > 0 else { return self }
        let places = shift % size < 0 ? shift % size + size : shift % size
        guard places > 0 else { return self }
        let before = (0..<axis).map { _ in IndexPart(.slice(from: nil, to: nil, by: 1)) }
        func part(_ from: Int, _ to: Int) throws -> Tensor {
            try indexed(by: before + [IndexPart(.slice(from: from, to: to, by: 1))])
        }
        return try concatenated([part(size - places, size), part(0, size - places)], axis: axis)
            .sized(as: self)
    }

    /// The tensor repeated along each axis; with fewer counts than axes they are those of the last
    /// axes, with more of them the tensor gets axes in front.
    ///
    ///     try Tensor([[1, 2]]).tiled(2, 1)  // [[1.0, 2.0], [1.0, 2.0]]
    public func tiled(_ counts: Int...) throws -> Tensor { try tiled(counts) }

    /// The tensor repeated along each axis, as `tiled(_:)` does.
    public func tiled(_ counts: [Int]) throws -> Tensor {
        guard counts.allSatisfy({ $0 >= 0 }) else {
            throw TensorError(
                .value, "tiled", "a count is negative", expected: "counts of 0 or more",
                got: "\(counts)", operands: [spec])
        }
        let axes = Swift.max(rank, counts.count)
        let sizes = [Int](repeating: 1, count: axes - rank) + shape
        let counts = [Int](repeating: 1, count: axes - counts.count) + counts
        var result = TensorSpec([], dtype)
        for (size, count) in zip(sizes, counts) {
            let (product, overflow) = size.multipliedReportingOverflow(by: count)
            result.shape.append(overflow ? .max : product)
        }
        try result.validate("tiled")
        if result.shape == shape { return self }
        // Each axis becomes a pair, of which the first one repeats: [1, size] to [count, size].
        // Only axes that do repeat, so that few are added.
        var narrow: [Int] = []
        var wide: [Int] = []
        for (size, count) in zip(sizes, counts) {
            narrow += count == 1 ? [size] : [1, size]
            wide += count == 1 ? [size] : [count, size]
        }
        return try reshaped(narrow).broadcast(to: wide).reshaped(result.shape)
    }
}
