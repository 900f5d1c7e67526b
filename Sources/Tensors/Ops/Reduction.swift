import OneDNN

/// Sum, product, extremes and truth over axes.
struct Reduction: Operation {
    enum Kind: String { case sum, mean, product, min, max, any, all }

    let kind: Kind
    /// In rising order, counted from the front.
    let axes: [Int]
    let keepDims: Bool
    var name: String { kind.rawValue }

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
        case .mean: .float32
        case .min, .max: dtype
        case .any, .all: .bool
        }
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = try outputSpecs(inputs.map(\.spec))[0]
        let computed: DType =
            switch kind {
            case .any, .all: .bool
            default: spec.dtype
            }
        let truth = kind == .any || kind == .all
        var input = inputs[0]
        if truth, input.dtype != .bool { input = try input.converted(to: .bool) }
        input = try input.converted(to: computed)
        var result = input
        // From the last group of neighbouring axes to the first, so that memory is read in order.
        for group in axisGroups.reversed() {
            result = try reduceGroup(result, group)
        }
        if kind == .mean {
            let size = axes.reduce(1) { $0 &* inputs[0].shape[$1] }
            result = try Binary(kind: .multiplying).forward([
                result, try Tensor.full([], 1 / Double(size)),
            ])[0]
        }
        return try Reshape(shape: spec.shape).forward([result])
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

    private func reduceGroup(_ tensor: Tensor, _ group: ClosedRange<Int>) throws -> Tensor {
        var shape = tensor.shape
        let outer = shape[..<group.lowerBound].reduce(1, &*)
        let size = shape[group].reduce(1, &*)
        let inner = shape[(group.upperBound + 1)...].reduce(1, &*)
        for axis in group { shape[axis] = 1 }
        let source = try tensor.dense()
        let spec = TensorSpec(shape, tensor.dtype)
        let storage = try Storage(byteCount: spec.byteCount)
        let extent = ReductionExtent(outer: outer, size: size, inner: inner)
        switch (kind, tensor.dtype) {
        case (.sum, .float32), (.mean, .float32): sumFloat(source, storage, extent)
        case (.product, .float32): reduce(FloatProduct.self, source, storage, extent, 1)
        case (.min, .float32):
            reduce(FloatLeast.self, source, storage, extent, .infinity)
        case (.max, .float32):
            reduce(FloatGreatest.self, source, storage, extent, -.infinity)
        case (.any, _): reduce(Either.self, source, storage, extent, false)
        case (.all, _): reduce(Both.self, source, storage, extent, true)
        case (_, .uint8): reduceInteger(UInt8.self, source, storage, extent)
        case (_, .int32): reduceInteger(Int32.self, source, storage, extent)
        case (_, .int64): reduceInteger(Int64.self, source, storage, extent)
        case (.min, _): reduce(Both.self, source, storage, extent, true)
        case (_, .bool): reduce(Either.self, source, storage, extent, false)
        }
        return Tensor(spec, dense: storage)
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
        case .sum, .mean, .any, .all: .inputs
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

private enum FloatProduct: PairFunction {
    @inline(__always) static func apply(_ a: Float, _ b: Float) -> Float { a * b }
}
private enum FloatLeast: PairFunction {
    @inline(__always) static func apply(_ a: Float, _ b: Float) -> Float {
        b < a || b.isNaN ? b : a
    }
}
private enum FloatGreatest: PairFunction {
    @inline(__always) static func apply(_ a: Float, _ b: Float) -> Float {
        b > a || b.isNaN ? b : a
    }
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
private enum IntegerProduct<T: FixedWidthInteger>: PairFunction {
    @inline(__always) static func apply(_ a: T, _ b: T) -> T { a &* b }
}
private enum IntegerSum<T: FixedWidthInteger>: PairFunction {
    @inline(__always) static func apply(_ a: T, _ b: T) -> T { a &+ b }
}

/// Sums in sixteen lanes and blocks, which is fast and loses little: the error grows with the
/// logarithm of the count rather than with the count.
private func sumFloat(_ source: StridedElements, _ storage: Storage, _ extent: ReductionExtent) {
    let input = source.pointer(Float.self)
    let output = storage.pointer.assumingMemoryBound(to: Float.self)
    let size = extent.size
    let inner = extent.inner
    if inner == 1 {
        Parallel.forEach(count: extent.outer, grain: extent.grain) { range in
            for row in range {
                output[row] = Float(sumContiguous(input + row * size, size))
            }
        }
    } else {
        let width = 512
        let pieces = (inner + width - 1) / width
        Parallel.forEach(
            count: extent.outer * pieces,
            grain: Swift.max(1, 16_384 / Swift.max(1, size * Swift.min(inner, width)))
        ) { range in
            for piece in range {
                let start = piece % pieces * width
                let length = Swift.min(width, inner - start)
                let from = input + piece / pieces * size * inner + start
                let to = output + piece / pieces * inner + start
                sumRows(from, rows: size, stride: inner, length, to)
            }
        }
    }
    withExtendedLifetime((source.storage, storage)) {}
}

private func sumContiguous(_ values: UnsafePointer<Float>, _ count: Int) -> Double {
    var total = 0.0
    var start = 0
    while start < count {
        let end = Swift.min(count, start + 512)
        var lanes = SIMD16<Float>.zero
        var index = start
        while index + 16 <= end {
            lanes += UnsafeRawPointer(values + index).loadUnaligned(as: SIMD16<Float>.self)
            index += 16
        }
        var block = 0.0
        for lane in 0..<16 { block += Double(lanes[lane]) }
        while index < end {
            block += Double(values[index])
            index += 1
        }
        total += block
        start = end
    }
    return total
}

/// Adds up rows of `length` at most 512 elements, in blocks of rows.
private func sumRows(
    _ from: UnsafePointer<Float>, rows: Int, stride: Int, _ length: Int,
    _ to: UnsafeMutablePointer<Float>
) {
    withUnsafeTemporaryAllocation(of: Float.self, capacity: length) { block in
        withUnsafeTemporaryAllocation(of: Double.self, capacity: length) { total in
            guard let block = block.baseAddress, let total = total.baseAddress else { return }
            total.update(repeating: 0, count: length)
            var start = 0
            while start < rows {
                let end = Swift.min(rows, start + 64)
                block.update(repeating: 0, count: length)
                for row in start..<end {
                    let source = from + row * stride
                    for column in 0..<length { block[column] += source[column] }
                }
                for column in 0..<length { total[column] += Double(block[column]) }
                start = end
            }
            for column in 0..<length { to[column] = Float(total[column]) }
        }
    }
}
