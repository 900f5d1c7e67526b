/// The positions along one axis that an index tensor lists.
struct PositionList: Sendable {
    let shape: [Int]
    /// In row-major order, counted from the front; `nil` where the tensor has no elements.
    let positions: [Int]?

    /// The integers of a tensor, each a position on `axis` of `whole`.
    init(_ tensor: Tensor, in whole: [Int], axis: Int) throws {
        shape = tensor.shape
        try Self.requireRoom(for: shape)
        positions =
            tensor.isSymbolic
            ? nil
            : try tensor.scalars(as: Int.self).map { try checked($0, axis: axis, in: whole) }
    }

    private init(_ positions: [Int]) {
        shape = [positions.count]
        self.positions = positions
    }

    /// For each axis of a mask the positions where it is true; its axes lie along those of `whole`
    /// from `axis` on.
    static func whereTrue(_ mask: Tensor, in whole: [Int], axis: Int) throws -> [PositionList] {
        let covered = Array(whole[axis..<axis + mask.rank])
        guard mask.shape == covered else {
            throw TensorError(
                .shape, "subscript", "the mask does not fit the axes it covers",
                expected: "\(covered) (from axis \(axis) of shape \(whole))", got: "\(mask.shape)",
                operands: [TensorSpec(whole), mask.spec])
        }
        guard !mask.isSymbolic else {
            throw TensorError(
                .value, "subscript", "how many elements a mask selects depends on its elements",
                expected: "a mask with elements", got: "a symbolic tensor", operands: [mask.spec])
        }
        try requireRoom(for: mask.shape, axes: mask.rank)
        let strides = mask.spec.contiguousStrides
        let places = try mask.located("subscript") { try truePlaces(mask) }
        let lists = mask.shape.indices.map { axis in
            let stride = strides[axis]
            let size = mask.shape[axis]
            return mask.rank == 1 ? places : places.map { $0 / stride % size }
        }
        return lists.map(PositionList.init)
    }

    /// Where a mask is true, in row-major order.
    private static func truePlaces(_ mask: Tensor) throws -> [Int] {
        try mask.withUnsafeBytes { bytes in
            let count = bytes.reduce(0) { $0 &+ ($1 == 0 ? 0 : 1) }
            // Each index is written and kept only when it counts: a branch would be a guess.
            return [Int](unsafeUninitializedCapacity: count + 1) { places, filled in
                for (index, byte) in bytes.enumerated() {
                    places[filled] = index
                    filled &+= byte == 0 ? 0 : 1
                }
            }
        }
    }

    /// Throws when positions for each element of `shape` would not fit memory.
    static func requireRoom(
        for shape: [Int], axes: Int = 1, operation: String = "subscript"
    ) throws {
        let spec = TensorSpec(shape, .int64)
        try spec.validate(operation)
        // A list and the copy from which it is made.
        guard spec.count <= Memory.budget / 16 / max(1, axes) else {
            throw TensorError(
                .memory, operation, "the index tensors list too many positions",
                expected: "a list that fits memory", got: "shape \(shape)")
        }
    }

    /// The positions as if the list had the shape `target`.
    func broadcast(to target: [Int]) -> [Int] {
        guard let positions else { return [] }
        if shape == target { return positions }
        let strides = broadcastStrides(
            TensorSpec(shape).contiguousStrides, shape: shape, to: target)
        let steps = TensorSpec(target).contiguousStrides
        return (0..<target.reduce(1, &*)).map { index in
            var place = 0
            for axis in target.indices {
                place += index / steps[axis] % target[axis] * strides[axis]
            }
            return positions[place]
        }
    }
}
