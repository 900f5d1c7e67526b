/// A shape and an element type: all that shape rules need to know of a tensor.
public struct TensorSpec: Hashable, Sendable, CustomStringConvertible {
    /// The size of each axis; `[]` for a scalar.
    public var shape: [Int]
    /// The type of the elements.
    public var dtype: DType

    /// A spec of any sizes; operations throw where they make no tensor.
    public init(_ shape: [Int], _ dtype: DType = .float32) {
        self.shape = shape
        self.dtype = dtype
    }

    /// How many axes there are; 0 for a scalar.
    public var rank: Int { shape.count }

    /// Elements; the product of the sizes.
    public var count: Int { shape.reduce(1, &*) }

    /// Bytes of all elements.
    public var byteCount: Int { count &* dtype.byteCount }

    public var description: String { "\(dtype)\(shape)" }

    /// The most axes a tensor may have.
    static let maximumRank = 64

    /// Throws when a size is negative, the bytes do not fit an `Int`, or there are too many axes.
    func validate(_ operation: String) throws {
        guard rank <= Self.maximumRank else {
            throw TensorError(
                .shape, operation, "too many axes", expected: "at most \(Self.maximumRank)",
                got: "\(rank)")
        }
        var bytes = dtype.byteCount
        for size in shape {
            guard size >= 0 else {
                throw TensorError(
                    .shape, operation, "a size is negative", expected: "sizes of 0 or more",
                    got: "\(shape)")
            }
            let (product, overflow) = bytes.multipliedReportingOverflow(by: max(1, size))
            guard !overflow, product < Int.max / 4 else {
                throw TensorError(
                    .memory, operation, "too many elements", expected: "a shape that fits memory",
                    got: "\(shape)")
            }
            bytes = product
        }
    }

    /// Row-major strides in elements.
    var contiguousStrides: [Int] {
        var strides = [Int](repeating: 1, count: shape.count)
        var step = 1
        for axis in stride(from: shape.count - 1, through: 0, by: -1) {
            strides[axis] = step
            step &*= max(1, shape[axis])
        }
        return strides
    }

    /// `axis` counted from the front, whatever end it was counted from.
    func resolve(axis: Int, _ operation: String, label: String = "axis") throws -> Int {
        let resolved = axis < 0 ? axis + rank : axis
        guard resolved >= 0, resolved < rank else {
            throw TensorError(
                .index, operation, "\(label) \(axis) does not exist in shape \(shape)",
                expected: rank == 0 ? "a tensor with axes" : "\(-rank)...\(rank - 1)",
                got: "\(axis)", operands: [self])
        }
        return resolved
    }

    /// Several axes counted from the front, in rising order, none twice.
    func resolve(axes: [Int], _ operation: String) throws -> [Int] {
        let resolved = try axes.map { try resolve(axis: $0, operation) }
        guard Set(resolved).count == resolved.count else {
            throw TensorError(
                .index, operation, "an axis appears twice", expected: "each axis once",
                got: "\(axes)", operands: [self])
        }
        return resolved.sorted()
    }
}

/// The shape to which both shapes broadcast: sizes are equal or one of them is 1, from the last
/// axis on.
func broadcastShape(_ left: [Int], _ right: [Int]) -> [Int]? {
    if left == right { return left }
    let rank = max(left.count, right.count)
    var shape = [Int](repeating: 1, count: rank)
    for axis in 0..<rank {
        let a = axis - (rank - left.count) >= 0 ? left[axis - (rank - left.count)] : 1
        let b = axis - (rank - right.count) >= 0 ? right[axis - (rank - right.count)] : 1
        guard a == b || a == 1 || b == 1 else { return nil }
        shape[axis] = a == 1 ? b : a
    }
    return shape
}

/// Strides that read a tensor of `shape` as if it had the broadcast shape `target`.
func broadcastStrides(_ strides: [Int], shape: [Int], to target: [Int]) -> [Int] {
    let extra = target.count - shape.count
    return target.indices.map { axis in
        let own = axis - extra
        return own < 0 || shape[own] == 1 ? 0 : strides[own]
    }
}
