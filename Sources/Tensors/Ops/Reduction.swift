import OneDNN

/// Sum, product, extremes and truth over axes.
struct Reduction: Operation {
    enum Kind: String { case sum, mean, product, min, max, any, all }

    let kind: Kind
    /// In rising order, counted from the front.
    let axes: [Int]
    let keepDims: Bool
    var name: String { kind.rawValue }

    func receptiveField(
        _ fields: [ReceptiveField], inputs: [TensorSpec], outputs: [TensorSpec]
    ) -> ReceptiveField? {
        let field = ReceptiveField.union(fields)
        let isOverMap = inputs[0].rank == 4 && axes.contains { $0 > 1 && inputs[0].shape[$0] > 1 }
        return isOverMap ? field?.pooled : field
    }

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        let input = inputs[0]
        if kind == .min || kind == .max, let axis = axes.first(where: { input.shape[$0] == 0 }) {
            throw TensorError(
                .shape, name, "no element to choose from along axis \(axis)",
                expected: "a size of at least 1", got: "\(input.shape)")
        }
        let shape = input.shape.indices.compactMap { axis in
            axes.contains(axis) ? (keepDims ? 1 : nil) : input.shape[axis]
        }
        return [TensorSpec(shape, resultType(input.dtype))]
    }

    private func resultType(_ dtype: DType) -> DType {
        switch kind {
        case .sum, .product: dtype.isFloatingPoint ? dtype : .int64
        case .mean: dtype.real
        case .min, .max: dtype
        case .any, .all: .bool
        }
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = try outputSpecs(inputs.map(\.spec))[0]
        let input = try inputs[0].converted(
            to: spec.dtype == .bool
                ? .bool
                : spec.dtype.isFloatingPoint
                    ? inputs[0].dtype.real : spec.dtype)
        var result = try wholeBuffer(input) ?? channelBlocks(input) ?? input
        if result.handle === input.handle {
            // From the last group of neighbouring axes to the first, so that memory is read in
            // order.
            for group in axisGroups.reversed() { result = try reduceGroup(result, group) }
        }
        if kind == .mean {
            let size = axes.reduce(1) { $0 &* inputs[0].shape[$1] }
            let scale = TensorOperand.real(1 / Double(size))
            result = try BinaryWithNumber(kind: .multiplying, number: scale).forward([result])[0]
        }
        return try Reshape(shape: spec.shape).forward([result.converted(to: spec.dtype)])
    }

    /// Neighbouring axes together.
    private var axisGroups: [ClosedRange<Int>] {
        var groups: [ClosedRange<Int>] = []
        for axis in axes {
            if let last = groups.last, last.upperBound + 1 == axis {
                groups[groups.count - 1] = last.lowerBound...axis
            } else {
                groups.append(axis...axis)
            }
        }
        return groups
    }

    /// All elements of a real tensor, in the order in which they lie in memory.
    private func wholeBuffer(_ input: Tensor) throws -> Tensor? {
        guard axes.count == input.rank, input.dtype.isFloatingPoint, input.count > 0 else {
            return nil
        }
        // Zeros in a blocked format's padding do no harm to a sum.
        let flat = try FlatElements(input, keepsZero: kind == .sum || kind == .mean)
        let extent = ReductionExtent(outer: 1, size: flat.count, inner: 1)
        return try reduceReal(
            flat.elements, input.dtype, extent, [Int](repeating: 1, count: input.rank))
    }

    /// Images in blocks of channels, over their pixels or over images and pixels, without leaving
    /// the format: `[N, C / block, H, W, block]` over `[H, W]`, then over `[N]`.
    private func channelBlocks(_ input: Tensor) throws -> Tensor? {
        guard input.dtype.isFloatingPoint, input.count > 0, input.rank >= 3,
            axes.suffix(input.rank - 2) == Array(2..<input.rank)[...],
            axes.count == input.rank - 2 || (axes.count == input.rank - 1 && axes[0] == 0),
            case .blocked(let descriptor) = try input.representation().layout,
            let block = descriptor.channelBlock
        else { return nil }
        let shape = input.shape
        let lanes = (shape[1] + block - 1) / block * block
        let pixels = shape[2...].reduce(1, *)
        let buffer = StridedElements(
            storage: try input.representation().storage, offset: 0, strides: [])
        var kept = [Int](repeating: 1, count: input.rank)
        kept[0] = shape[0]
        kept[1] = lanes
        var result = try reduceReal(
            buffer, input.dtype,
            ReductionExtent(outer: shape[0] * lanes / block, size: pixels, inner: block), kept)
        if axes.count == input.rank - 1 { result = try reduceGroup(result, 0...0) }
        kept[0] = result.shape[0]
        kept[1] = shape[1]
        return Tensor(
            TensorSpec(kept), try result.dense().storage,
            .strided(offset: 0, strides: result.spec.contiguousStrides))
    }

    private func reduceGroup(_ tensor: Tensor, _ group: ClosedRange<Int>) throws -> Tensor {
        var shape = tensor.shape
        let extent = ReductionExtent(
            outer: shape[..<group.lowerBound].reduce(1, &*), size: shape[group].reduce(1, &*),
            inner: shape[(group.upperBound + 1)...].reduce(1, &*))
        for axis in group { shape[axis] = 1 }
        let source = try tensor.dense()
        if tensor.dtype.isFloatingPoint {
            return try reduceReal(source, tensor.dtype, extent, shape)
        }
        let spec = TensorSpec(shape, tensor.dtype)
        let storage = try Storage(byteCount: spec.byteCount)
        switch (kind, tensor.dtype) {
        case (.any, _): reduce(Either.self, source, storage, extent, false)
        case (.all, _): reduce(Both.self, source, storage, extent, true)
        case (_, .uint8): reduceInteger(UInt8.self, source, storage, extent)
        case (_, .int32): reduceInteger(Int32.self, source, storage, extent)
        case (.min, .bool): reduce(Both.self, source, storage, extent, true)
        case (_, .bool): reduce(Either.self, source, storage, extent, false)
        default: reduceInteger(Int64.self, source, storage, extent)
        }
        return Tensor(spec, dense: storage)
    }

    /// Reduces real elements to a float32 tensor of `shape`.
    private func reduceReal(
        _ source: StridedElements, _ dtype: DType, _ extent: ReductionExtent, _ shape: [Int]
    ) throws -> Tensor {
        let spec = TensorSpec(shape)
        let storage = try Storage(byteCount: spec.byteCount)
        if dtype == .bfloat16 {
            try reduceReal(source.pointer(BFloat16.self), extent, storage)
        } else {
            try reduceReal(source.pointer(Float.self), extent, storage)
        }
        return withExtendedLifetime(source.storage) { Tensor(spec, dense: storage) }
    }

    private func reduceReal<E: LaneElement>(
        _ source: UnsafePointer<E>, _ extent: ReductionExtent, _ storage: Storage
    ) throws {
        let output = storage.pointer.assumingMemoryBound(to: Float.self)
        switch kind {
        case .product: try reduceLanes(ProductLanes.self, source, extent, output)
        case .min: try reduceLanes(LeastLanes.self, source, extent, output)
        case .max: try reduceLanes(GreatestLanes.self, source, extent, output)
        case .sum, .mean, .any, .all: try reduceLanes(SumLanes.self, source, extent, output)
        }
        withExtendedLifetime(storage) {}
    }

    private func reduceInteger<T: FixedWidthInteger>(
        _: T.Type, _ source: StridedElements, _ storage: Storage, _ extent: ReductionExtent
    ) {
        switch kind {
        case .min: reduce(IntegerLeast<T>.self, source, storage, extent, .max)
        case .max: reduce(IntegerGreatest<T>.self, source, storage, extent, .min)
        case .product: reduce(IntegerProduct<T>.self, source, storage, extent, 1)
        default: reduce(IntegerSum<T>.self, source, storage, extent, 0)
        }
    }

    var savesForBackward: SavedTensors {
        switch kind {
        case .sum, .mean, .any, .all: []
        case .min, .max, .product: .all
        }
    }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        guard let gradient = gradients[0] else { return [nil] }
        let input = inputs[0]
        var kept = input.shape
        for axis in axes { kept[axis] = 1 }
        let spread = try gradient.reshaped(kept)
        switch kind {
        case .sum: return [try spread.broadcast(to: input.shape)]
        case .mean:
            let size = axes.reduce(1) { $0 &* input.shape[$1] }
            let share = try Tensor.multiplying(spread, .real(1 / Double(size)))
            return [try share.broadcast(to: input.shape)]
        case .min, .max:
            // Equal extremes share the gradient evenly.
            let chosen = try Tensor.equal(input, outputs[0].reshaped(kept)).cast(to: .float32)
            let shares = try Tensor.dividing(spread, chosen.sum(axes: axes, keepDims: true))
            return [try Tensor.multiplying(chosen, shares)]
        case .product:
            return [try productGradient(spread, input)]
        case .any, .all: return [nil]
        }
    }

    /// Each element's gradient is the product of the others, which stays right where one is 0.
    private func productGradient(_ gradient: Tensor, _ input: Tensor) throws -> Tensor {
        let input = try input.cast(to: .float32)
        let isZero = try Tensor.equal(input, 0)
        let zeros = try isZero.cast(to: .float32).sum(axes: axes, keepDims: true)
        let others = try which(isZero, Tensor.ones([]), input)
        let product = try others.product(axes: axes, keepDims: true)
        let withoutZeros = try Tensor.dividing(product, others)
        let one = try which(isZero, product, Tensor.zeros([]))
        let chosen = try which(
            Tensor.equal(zeros, 0), withoutZeros,
            which(Tensor.equal(zeros, 1), one, Tensor.zeros([])))
        return try Tensor.multiplying(gradient, chosen)
    }
}

/// A tensor seen as `[outer, size, inner]`, reduced over the middle.
struct ReductionExtent {
    let outer, size, inner: Int
    /// Results that are worth a thread.
    var grain: Int { Swift.max(1, 16_384 / Swift.max(1, size)) }
}

private func reduce<F: PairFunction>(
    _: F.Type, _ source: StridedElements, _ storage: Storage, _ extent: ReductionExtent,
    _ start: F.Value
) where F.Result == F.Value {
    let input = source.pointer(F.Value.self)
    let output = storage.pointer.assumingMemoryBound(to: F.Value.self)
    let size = extent.size
    let inner = extent.inner
    Parallel.forEach(count: extent.outer &* inner, grain: extent.grain) { range in
        for index in range {
            var value = start
            let first = input + (index / inner * size * inner + index % inner)
            for step in 0..<size { value = F.apply(value, first[step &* inner]) }
            output[index] = value
        }
    }
    withExtendedLifetime((source.storage, storage)) {}
}

private enum Either: PairFunction {
    @inline(__always) static func apply(_ a: Bool, _ b: Bool) -> Bool { a || b }
}
private enum Both: PairFunction {
    @inline(__always) static func apply(_ a: Bool, _ b: Bool) -> Bool { a && b }
}
private enum IntegerLeast<T: FixedWidthInteger>: PairFunction {
    @inline(__always) static func apply(_ a: T, _ b: T) -> T { Swift.min(a, b) }
}
private enum IntegerGreatest<T: FixedWidthInteger>: PairFunction {
    @inline(__always) static func apply(_ a: T, _ b: T) -> T { Swift.max(a, b) }
}
