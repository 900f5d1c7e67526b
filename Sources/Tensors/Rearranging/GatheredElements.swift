/// Elements at places that a tensor of positions along one axis gives, one for each of its own.
struct GatheredElements: Operation {
    let name: String
    let axis: Int
    let positions: TensorSpec
    /// For each position the element's place in row-major order; `nil` where they are unknown.
    let places: [Int]?

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        [TensorSpec(positions.shape, inputs[0].dtype)]
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = TensorSpec(positions.shape, inputs[0].dtype)
        let source = try inputs[0].dense()
        let storage = try Storage(byteCount: spec.byteCount)
        func gather<T>(_: T.Type) {
            let from = source.pointer(T.self)
            let to = storage.pointer.assumingMemoryBound(to: T.self)
            for (index, place) in (places ?? []).enumerated() { to[index] = from[place] }
        }
        switch spec.dtype.byteCount {
        case 1: gather(UInt8.self)
        case 8: gather(UInt64.self)
        default: gather(UInt32.self)
        }
        return [withExtendedLifetime((source.storage, storage)) { Tensor(spec, dense: storage) }]
    }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        guard let gradient = gradients[0], let places else { return [nil] }
        let result = try Tensor.zeros(inputs[0].shape)
        let source = try gradient.dense()
        let target = try result.dense()
        let from = source.pointer(Float.self)
        let to = target.pointer(Float.self)
        for (index, place) in places.enumerated() { to[place] += from[index] }
        return [withExtendedLifetime((source.storage, target.storage)) { result }]
    }

    var savesForBackward: SavedTensors { [] }
}

extension Tensor {
    /// The elements at given positions along an axis, one for each element of `indices`, as
    /// `torch.gather` does: with two axes and `axis: 1`, element `[i, j]` of the result is
    /// `self[i, indices[i, j]]`.
    ///
    ///     try Tensor([[1, 2], [3, 4]]).gathered(Tensor([[1], [0]], dtype: .int64), axis: 1)
    ///     // [[2.0], [3.0]]
    ///
    /// `indices` has as many axes as this tensor, and in the other axes no more positions; the
    /// result has its shape. Throws when a position is out of range.
    public func gathered(_ indices: Tensor, axis: Int) throws -> Tensor {
        try gathered(indices, axis: axis, operation: "gathered")
    }

    func gathered(_ indices: Tensor, axis: Int, operation: String) throws -> Tensor {
        let axis = try spec.resolve(axis: axis, operation)
        guard !indices.dtype.isFloatingPoint, indices.dtype != .bool else {
            throw TensorError(
                .dtype, operation, "positions are integers",
                expected: "an integer tensor, as cast(to: .int64) makes it",
                got: "\(indices.dtype)", operands: [spec, indices.spec])
        }
        guard indices.rank == rank,
            self.shape.indices.allSatisfy({ $0 == axis || indices.shape[$0] <= shape[$0] })
        else {
            throw TensorError(
                .shape, operation, "the positions' shape does not fit",
                expected: "\(rank) axes, none longer than in \(shape) beside axis \(axis)",
                got: "\(indices.shape)", operands: [spec, indices.spec])
        }
        let places = indices.isSymbolic ? nil : try self.places(indices, axis, operation)
        let gathering = GatheredElements(
            name: operation, axis: axis, positions: indices.spec, places: places)
        if places == nil { return .symbolic(TensorSpec(indices.shape, dtype)) }
        return try apply(gathering, [self])[0]
    }

    private func places(_ indices: Tensor, _ axis: Int, _ operation: String) throws -> [Int] {
        try PositionList.requireRoom(for: indices.shape, operation: operation)
        let own = spec.contiguousStrides
        let theirs = indices.spec.contiguousStrides
        var places = try indices.scalars(as: Int.self)
        for index in places.indices {
            let position = places[index] < 0 ? places[index] + shape[axis] : places[index]
            guard position >= 0, position < shape[axis] else {
                throw TensorError(
                    .index, operation,
                    "index \(places[index]) is out of range for axis \(axis) with size "
                        + "\(shape[axis]) (shape \(shape))", operands: [spec, indices.spec])
            }
            var place = position * own[axis]
            for other in own.indices where other != axis {
                place += index / theirs[other] % indices.shape[other] * own[other]
            }
            places[index] = place
        }
        return places
    }
}
