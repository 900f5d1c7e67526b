import OneDNN

/// Where along an axis the least or the greatest element is; the first of equal ones.
struct ExtremePosition: Operation {
    /// Counted from the front.
    let axis: Int
    let keepDims: Bool
    let isGreatest: Bool
    var name: String { isGreatest ? "argMax" : "argMin" }

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        var shape = inputs[0].shape
        guard shape[axis] > 0 else {
            throw TensorError(
                .shape, name, "no element to choose from along axis \(axis)",
                expected: "a size of at least 1", got: "\(shape)")
        }
        if keepDims { shape[axis] = 1 } else { shape.remove(at: axis) }
        return [TensorSpec(shape, .int64)]
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = try outputSpecs(inputs.map(\.spec))[0]
        let source = try inputs[0].dense()
        let storage = try Storage(byteCount: spec.byteCount)
        switch inputs[0].dtype {
        case .float32: run(Float.self, source, inputs[0].shape, storage)
        case .bfloat16: run(BFloat16.self, source, inputs[0].shape, storage)
        case .uint8, .bool: run(UInt8.self, source, inputs[0].shape, storage)
        case .int32: run(Int32.self, source, inputs[0].shape, storage)
        case .int64: run(Int64.self, source, inputs[0].shape, storage)
        }
        return withExtendedLifetime(source.storage) { [Tensor(spec, dense: storage)] }
    }

    private func run<T: Comparable>(
        _: T.Type, _ source: StridedElements, _ shape: [Int], _ storage: Storage
    ) {
        let size = shape[axis]
        let step = shape[(axis + 1)...].reduce(1, *)
        let lines = shape.reduce(1, *) / size
        let x = source.pointer(T.self)
        let output = storage.pointer.assumingMemoryBound(to: Int64.self)
        let isGreatest = isGreatest
        Parallel.forEach(count: lines, grain: max(1, 16_384 / size)) { range in
            for line in range {
                let x = x + (line / step * size * step + line % step)
                var best = x[0]
                var position = 0
                for i in 1..<max(1, size) {
                    let value = x[i &* step]
                    // NaN is unequal to itself, and the first one wins.
                    let wins = isGreatest ? value > best : value < best
                    if wins || (value != value && best == best) {
                        best = value
                        position = i
                    }
                }
                output[line] = Int64(position)
            }
        }
    }
}

extension Tensor {
    /// The position of the least element along an axis, or without one of the least of all in
    /// row-major order; int64.
    public func argMin(axis: Int? = nil, keepDims: Bool = false) throws -> Tensor {
        try extremePosition(axis, keepDims, isGreatest: false)
    }

    /// The position of the greatest element along an axis, or without one of the greatest of all in
    /// row-major order; int64.
    public func argMax(axis: Int? = nil, keepDims: Bool = false) throws -> Tensor {
        try extremePosition(axis, keepDims, isGreatest: true)
    }

    private func extremePosition(
        _ axis: Int?, _ keepDims: Bool, isGreatest: Bool
    ) throws -> Tensor {
        let name = isGreatest ? "argMax" : "argMin"
        let source = axis == nil ? try flattened() : self
        let resolved = try axis.map { try spec.resolve(axis: $0, name) } ?? 0
        return try apply(
            ExtremePosition(
                axis: resolved, keepDims: axis != nil && keepDims, isGreatest: isGreatest),
            to: source)
    }
}
