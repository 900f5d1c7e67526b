import OneDNN

/// Two operands of an element-wise operation brought to one walk over memory, and the layout of
/// the result.
struct ElementPair {
    enum Padding { case bothZero, leftZero }

    /// How the operands and the result are walked together.
    enum Walk {
        /// All as flat memory; a step of 0 repeats the operand's only element.
        case flat(leftStep: Int, rightStep: Int)
        case rows(LoopPlan)
        /// One as blocks of channels, the other as one number for each channel.
        case channels(ChannelBlocks)
    }

    /// Images in blocks of channels beside a vector of channels.
    struct ChannelBlocks {
        let images, blocks, pixels, block: Int
        let isVectorLeft: Bool
    }

    let left, right: StridedElements
    let layout: Layout
    let walk: Walk
    /// Elements of the result's buffer.
    let count: Int

    /// - Parameter keepsPadding: whether padding elements of a blocked format, computed like all
    ///   others, stay zero: from two zeros, or from a zero on the left and any scalar.
    init(
        _ a: Tensor, _ b: Tensor, shape: [Int], keepsPadding: (Padding) throws -> Bool
    ) throws {
        let x = try a.representation()
        let y = try b.representation()
        if a.shape == b.shape, let pair = try ElementPair.equal(a, x, b, y, keepsPadding) {
            self = pair
        } else if a.shape == shape,
            let pair = try ElementPair.broadcast(a, x, b, vectorLeft: false, keepsPadding)
        {
            self = pair
        } else if b.shape == shape,
            let pair = try ElementPair.broadcast(b, y, a, vectorLeft: true, keepsPadding)
        {
            self = pair
        } else {
            try self.init(strided: a, b, shape)
        }
    }

    private init(strided a: Tensor, _ b: Tensor, _ shape: [Int]) throws {
        left = try a.strided()
        right = try b.strided()
        let stridesA = broadcastStrides(left.strides, shape: a.shape, to: shape)
        let stridesB = broadcastStrides(right.strides, shape: b.shape, to: shape)
        let target =
            [(a.shape, stridesA), (b.shape, stridesB)].first {
                $0.0 == shape && isDensePermutation(shape, $0.1)
            }?.1 ?? TensorSpec(shape).contiguousStrides
        let order = shape.indices.sorted { target[$0] > target[$1] }
        layout = .strided(offset: 0, strides: target)
        walk = .rows(
            LoopPlan(
                shape: order.map { shape[$0] },
                strides: [
                    order.map { stridesA[$0] }, order.map { stridesB[$0] },
                    order.map { target[$0] },
                ]))
        count = TensorSpec(shape).count
    }

    private init(
        _ left: StridedElements, _ right: StridedElements, _ layout: Layout, _ walk: Walk,
        count: Int
    ) {
        self.left = left
        self.right = right
        self.layout = layout
        self.walk = walk
        self.count = count
    }

    /// Bytes of the result's buffer.
    func byteCount(_ dtype: DType) -> Int { count * dtype.byteCount }

    /// Equal shapes in one dense layout, which may be a blocked one.
    private static func equal(
        _ a: Tensor, _ x: Representation, _ b: Tensor, _ y: Representation,
        _ keepsPadding: (Padding) throws -> Bool
    ) throws -> ElementPair? {
        switch (x.layout, y.layout) {
        case (.strided(let offsetA, let stridesA), .strided(let offsetB, let stridesB)):
            guard stridesA == stridesB, isDense(a.shape, stridesA) else { return nil }
            return ElementPair(
                StridedElements(storage: x.storage, offset: offsetA, strides: [1]),
                StridedElements(storage: y.storage, offset: offsetB, strides: [1]),
                .strided(offset: 0, strides: stridesA), .flat(leftStep: 1, rightStep: 1),
                count: a.count)
        case (.blocked(let descriptor), _), (_, .blocked(let descriptor)):
            guard try !descriptor.isPadded || keepsPadding(.bothZero) else { return nil }
            let left = try a.packed(as: descriptor)
            let right = try b.packed(as: descriptor)
            return ElementPair(
                StridedElements(storage: left.storage, offset: 0, strides: [1]),
                StridedElements(storage: right.storage, offset: 0, strides: [1]),
                .blocked(descriptor), .flat(leftStep: 1, rightStep: 1),
                count: descriptor.bufferCount)
        }
    }

    /// A whole operand beside a number, or blocks of channels beside one number for each channel.
    private static func broadcast(
        _ whole: Tensor, _ x: Representation, _ part: Tensor, vectorLeft: Bool,
        _ keepsPadding: (Padding) throws -> Bool
    ) throws -> ElementPair? {
        func pair(
            _ elements: StridedElements, _ other: StridedElements, _ layout: Layout, _ walk: Walk,
            _ count: Int
        ) -> ElementPair {
            vectorLeft
                ? ElementPair(other, elements, layout, walk, count: count)
                : ElementPair(elements, other, layout, walk, count: count)
        }
        if part.count == 1 {
            if case .blocked(let descriptor) = x.layout, descriptor.isPadded {
                guard try !vectorLeft && keepsPadding(.leftZero) else { return nil }
            }
            if case .strided(_, let strides) = x.layout, !isDense(whole.shape, strides) {
                return nil
            }
            let flat = try FlatElements(whole, keepsZero: true)
            return pair(
                flat.elements, try part.strided(), flat.layout,
                vectorLeft
                    ? .flat(leftStep: 0, rightStep: 1) : .flat(leftStep: 1, rightStep: 0),
                flat.count)
        }
        guard case .blocked(let descriptor) = x.layout, let block = descriptor.channelBlock,
            try !descriptor.isPadded || keepsPadding(.bothZero)
        else { return nil }
        let shape = whole.shape
        let aligned = [Int](repeating: 1, count: shape.count - part.rank) + part.shape
        let isVector = aligned.indices.allSatisfy { aligned[$0] == ($0 == 1 ? shape[1] : 1) }
        guard isVector else { return nil }
        let blocks = (shape[1] + block - 1) / block
        let source = try part.dense()
        let byteCount = whole.dtype.byteCount
        let vector = try Storage(byteCount: blocks * block * byteCount)
        vector.pointer.initializeMemory(
            as: UInt8.self, repeating: 0, count: blocks * block * byteCount)
        vector.pointer.copyMemory(
            from: source.storage.pointer + source.offset * byteCount,
            byteCount: part.count * byteCount)
        return withExtendedLifetime(source.storage) {
            pair(
                StridedElements(storage: x.storage, offset: 0, strides: [1]),
                StridedElements(storage: vector, offset: 0, strides: [1]), x.layout,
                .channels(
                    ChannelBlocks(
                        images: shape[0], blocks: blocks, pixels: shape[2...].reduce(1, *),
                        block: block, isVectorLeft: vectorLeft)),
                descriptor.bufferCount)
        }
    }
}

/// Applies a function to every pair of elements.
func forEachPair<F: PairFunction>(_: F.Type, _ pair: ElementPair, _ storage: Storage) {
    let a = pair.left.pointer(F.Value.self)
    let b = pair.right.pointer(F.Value.self)
    let output = storage.pointer.assumingMemoryBound(to: F.Result.self)
    switch pair.walk {
    case .flat(let leftStep, let rightStep):
        Parallel.forEach(count: pair.count, grain: 16_384) { range in
            let start = range.lowerBound
            mapPairs(
                F.self, a + start * leftStep, leftStep, b + start * rightStep, rightStep,
                output + start, 1, range.count)
        }
    case .rows(let plan):
        let steps = plan.rowStrides
        plan.run { offsets, count in
            mapPairs(
                F.self, a + offsets[0], steps[0], b + offsets[1], steps[1], output + offsets[2],
                steps[2], count)
        }
    case .channels(let channels):
        forEachChannelPair(F.self, a, b, output, channels)
    }
    withExtendedLifetime((pair.left.storage, pair.right.storage, storage)) {}
}

/// Applies a function to one row of pairs.
@inline(__always)
private func mapPairs<F: PairFunction>(
    _: F.Type, _ a: UnsafePointer<F.Value>, _ stepA: Int, _ b: UnsafePointer<F.Value>,
    _ stepB: Int, _ output: UnsafeMutablePointer<F.Result>, _ stepOut: Int, _ count: Int
) {
    if stepOut == 1 && stepA == 1 && stepB == 1 {
        for i in 0..<count { output[i] = F.apply(a[i], b[i]) }
    } else if stepOut == 1 && stepA == 1 && stepB == 0 {
        let right = b[0]
        for i in 0..<count { output[i] = F.apply(a[i], right) }
    } else if stepOut == 1 && stepA == 0 && stepB == 1 {
        let left = a[0]
        for i in 0..<count { output[i] = F.apply(left, b[i]) }
    } else {
        for i in 0..<count { output[i &* stepOut] = F.apply(a[i &* stepA], b[i &* stepB]) }
    }
}

/// Blocks of channels beside a vector: the vector's block is repeated for a run of pixels, so that
/// a run is one long loop.
private func forEachChannelPair<F: PairFunction>(
    _: F.Type, _ a: UnsafePointer<F.Value>, _ b: UnsafePointer<F.Value>,
    _ output: UnsafeMutablePointer<F.Result>, _ channels: ElementPair.ChannelBlocks
) {
    let block = channels.block
    let size = channels.pixels * block
    let repeats = Swift.min(channels.pixels, 16)
    let run = repeats * block
    let vector = channels.isVectorLeft ? a : b
    Parallel.forEach(
        count: channels.images * channels.blocks, grain: Swift.max(1, 16_384 / Swift.max(1, size))
    ) { range in
        withUnsafeTemporaryAllocation(of: F.Value.self, capacity: run) { repeated in
            guard let repeated = repeated.baseAddress else { return }
            for row in range {
                let own = vector + row % channels.blocks * block
                for place in 0..<repeats {
                    (repeated + place * block).update(from: own, count: block)
                }
                var start = row * size
                let end = start + size
                while start < end {
                    let count = Swift.min(run, end - start)
                    if channels.isVectorLeft {
                        mapPairs(F.self, repeated, 1, b + start, 1, output + start, 1, count)
                    } else {
                        mapPairs(F.self, a + start, 1, repeated, 1, output + start, 1, count)
                    }
                    start += count
                }
            }
        }
    }
}

extension Tensor {
    /// The same elements without a blocked format.
    func unblocked() throws -> Tensor {
        guard case .blocked = try representation().layout else { return self }
        let elements = try strided()
        return Tensor(
            spec, elements.storage, .strided(offset: elements.offset, strides: elements.strides))
    }
}
