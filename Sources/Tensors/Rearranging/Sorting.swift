import OneDNN

/// The positions that put the elements along an axis in order. Equal elements keep theirs; NaN
/// counts as larger than every number, as in PyTorch.
struct SortingOrder: Operation {
    let name: String
    /// Counted from the front.
    let axis: Int
    let isDescending: Bool

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        [TensorSpec(inputs[0].shape, .int64)]
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = try outputSpecs(inputs.map(\.spec))[0]
        let source = try inputs[0].dense()
        let storage = try Storage(byteCount: spec.byteCount)
        switch inputs[0].dtype {
        case .float32:
            order(source.pointer(Float.self), storage, spec.shape) {
                $0 < $1 || ($1.isNaN && !$0.isNaN)
            }
        case .bfloat16:
            order(source.pointer(BFloat16.self), storage, spec.shape) {
                $0 < $1 || ($1 != $1 && $0 == $0)
            }
        case .uint8, .bool: order(source.pointer(UInt8.self), storage, spec.shape, <)
        case .int32: order(source.pointer(Int32.self), storage, spec.shape, <)
        case .int64: order(source.pointer(Int64.self), storage, spec.shape, <)
        }
        return [withExtendedLifetime((source.storage, storage)) { Tensor(spec, dense: storage) }]
    }

    @inline(__always)
    private func order<T>(
        _ source: UnsafePointer<T>, _ storage: Storage, _ shape: [Int],
        _ precedes: (T, T) -> Bool
    ) {
        let size = shape[axis]
        let inner = shape[(axis + 1)...].reduce(1, &*)
        let rows = shape[..<axis].reduce(1, &*) * inner
        let target = storage.pointer.assumingMemoryBound(to: Int64.self)
        let isDescending = isDescending
        Parallel.forEach(count: rows, grain: max(1, 4096 / max(1, size))) { range in
            for row in range {
                let first = row / inner * size * inner + row % inner
                var keyed = (0..<size).map { (source[first + $0 * inner], $0) }
                if isDescending {
                    keyed.sort {
                        precedes($1.0, $0.0) || (!precedes($0.0, $1.0) && $0.1 < $1.1)
                    }
                } else {
                    keyed.sort {
                        precedes($0.0, $1.0) || (!precedes($1.0, $0.0) && $0.1 < $1.1)
                    }
                }
                for (step, (_, position)) in keyed.enumerated() {
                    target[first + step * inner] = Int64(position)
                }
            }
        }
    }
}

extension Tensor {
    /// The elements along an axis in rising order, or in falling order. Equal elements keep their
    /// order and NaN counts as the largest.
    ///
    ///     try Tensor([3, 1, 2]).sorted(axis: 0)  // [1.0, 2.0, 3.0]
    public func sorted(axis: Int = -1, descending: Bool = false) throws -> Tensor {
        let axis = try spec.resolve(axis: axis, "sorted")
        let order = SortingOrder(name: "sorted", axis: axis, isDescending: descending)
        return try gathered(apply(order, [self])[0], axis: axis, operation: "sorted")
    }

    /// The `k` largest elements along an axis, largest first, and their positions as int64.
    ///
    ///     let top = try Tensor([0.1, 0.7, 0.2]).topK(2)
    ///     top.values   // [0.7, 0.2]
    ///     top.indices  // [1, 2]
    public func topK(_ k: Int, axis: Int = -1) throws -> (values: Tensor, indices: Tensor) {
        let axis = try spec.resolve(axis: axis, "topK")
        guard k >= 0, k <= shape[axis] else {
            throw TensorError(
                .value, "topK", "axis \(axis) of shape \(shape) does not have that many elements",
                expected: "k in 0...\(shape[axis])", got: "\(k)", operands: [spec])
        }
        let order = try apply(SortingOrder(name: "topK", axis: axis, isDescending: true), [self])[0]
        let whole = IndexPart(.slice(from: nil, to: nil, by: 1))
        let indices = try order.indexed(
            by: (0..<axis).map { _ in whole } + [IndexPart(.slice(from: 0, to: k, by: 1))])
        return (try gathered(indices, axis: axis, operation: "topK"), indices)
    }
}
