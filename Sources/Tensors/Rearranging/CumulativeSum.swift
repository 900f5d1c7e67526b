import OneDNN

/// Sums of all elements up to each one along an axis, from either end.
struct CumulativeSum: Operation {
    let name = "cumulativeSum"
    /// Counted from the front.
    let axis: Int
    var isReversed = false

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        [TensorSpec(inputs[0].shape, inputs[0].dtype.isFloatingPoint ? inputs[0].dtype : .int64)]
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = try outputSpecs(inputs.map(\.spec))[0]
        let source = try inputs[0].converted(to: spec.dtype).dense()
        let storage = try Storage(byteCount: spec.byteCount)
        // Reals are summed as double, so that long axes lose no digits.
        switch spec.dtype {
        case .float32:
            scan(
                source.pointer(Float.self), storage, spec.shape, 0.0, { $0 + Double($1) },
                { Float($0) })
        case .bfloat16:
            scan(
                source.pointer(BFloat16.self), storage, spec.shape, 0.0,
                { $0 + Double($1.float) }, { BFloat16(Float($0)) })
        default:
            scan(
                source.pointer(Int64.self), storage, spec.shape, Int64(0), { $0 &+ $1 }, { $0 })
        }
        return [withExtendedLifetime((source.storage, storage)) { Tensor(spec, dense: storage) }]
    }

    private func scan<T, Sum>(
        _ source: UnsafePointer<T>, _ storage: Storage, _ shape: [Int], _ zero: Sum,
        _ add: (Sum, T) -> Sum, _ value: (Sum) -> T
    ) {
        let size = shape[axis]
        let inner = shape[(axis + 1)...].reduce(1, &*)
        let rows = shape[..<axis].reduce(1, &*) * inner
        let target = storage.pointer.assumingMemoryBound(to: T.self)
        guard size > 0 else { return }
        Parallel.forEach(count: rows, grain: max(1, 16_384 / size)) { range in
            for row in range {
                let first = row / inner * size * inner + row % inner
                var sum = zero
                for step in 0..<size {
                    let place = first + (isReversed ? size - 1 - step : step) * inner
                    sum = add(sum, source[place])
                    target[place] = value(sum)
                }
            }
        }
    }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        guard let gradient = gradients[0] else { return [nil] }
        return try CumulativeSum(axis: axis, isReversed: !isReversed).forward([gradient])
    }

    var savesForBackward: SavedTensors { [] }
}

extension Tensor {
    /// The sums of all elements up to each one along an axis; integers and booleans give int64.
    ///
    ///     try Tensor([1, 2, 3]).cumulativeSum(axis: 0)  // [1.0, 3.0, 6.0]
    public func cumulativeSum(axis: Int) throws -> Tensor {
        let axis = try spec.resolve(axis: axis, "cumulativeSum")
        return try apply(CumulativeSum(axis: axis), [self])[0]
    }
}
