import OneDNN

/// Two operands of an element-wise operation brought to one walk over memory, and the layout of
/// the result.
///
/// Equal dense layouts, blocked ones too, are walked as flat memory; anything else as strided rows.
struct ElementPair {
    enum Padding { case bothZero, leftZero }

    let left, right: StridedElements
    let layout: Layout
    let plan: LoopPlan
    private let elements: Int

    /// - Parameter keepsPadding: whether padding elements of a blocked format, computed like all
    ///   others, stay zero: from two zeros, or from a zero on the left and any scalar.
    init(
        _ a: Tensor, _ b: Tensor, shape: [Int], keepsPadding: (Padding) -> Bool
    ) throws {
        let x = try a.representation()
        let y = try b.representation()
        if a.shape == b.shape {
            if let flat = try ElementPair.flat(a, x, b, y, keepsPadding) {
                self = flat
                return
            }
        } else if case .blocked(let descriptor) = x.layout, b.count == 1, a.shape == shape,
            !descriptor.isPadded || keepsPadding(.leftZero)
        {
            let count = descriptor.byteCount / MemoryLayout<Float>.size
            self.init(
                flat: StridedElements(storage: x.storage, offset: 0, strides: [1]),
                try b.strided(), rightStride: 0, x.layout, count)
            return
        }
        self = try ElementPair(strided: a, b, shape)
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
        plan = LoopPlan(
            shape: order.map { shape[$0] },
            strides: [
                order.map { stridesA[$0] }, order.map { stridesB[$0] }, order.map { target[$0] },
            ])
        elements = TensorSpec(shape).count
    }

    private init(
        flat left: StridedElements, _ right: StridedElements, rightStride: Int, _ layout: Layout,
        _ count: Int
    ) {
        self.left = left
        self.right = right
        self.layout = layout
        plan = LoopPlan(shape: [count], strides: [[1], [rightStride], [1]])
        elements = count
    }

    /// Bytes of the result's buffer.
    func byteCount(_ dtype: DType) -> Int { elements * dtype.byteCount }

    private static func flat(
        _ a: Tensor, _ x: Representation, _ b: Tensor, _ y: Representation,
        _ keepsPadding: (Padding) -> Bool
    ) throws -> ElementPair? {
        switch (x.layout, y.layout) {
        case (.strided(let offsetA, let stridesA), .strided(let offsetB, let stridesB)):
            guard stridesA == stridesB, isDensePermutation(a.shape, stridesA) else { return nil }
            return ElementPair(
                flat: StridedElements(storage: x.storage, offset: offsetA, strides: [1]),
                StridedElements(storage: y.storage, offset: offsetB, strides: [1]),
                rightStride: 1, .strided(offset: 0, strides: stridesA), a.count)
        case (.blocked(let descriptor), _), (_, .blocked(let descriptor)):
            guard !descriptor.isPadded || keepsPadding(.bothZero) else { return nil }
            let left = try a.packed(as: descriptor)
            let right = try b.packed(as: descriptor)
            return ElementPair(
                flat: StridedElements(storage: left.storage, offset: 0, strides: [1]),
                StridedElements(storage: right.storage, offset: 0, strides: [1]),
                rightStride: 1, .blocked(descriptor),
                descriptor.byteCount / MemoryLayout<Float>.size)
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
