import OneDNN

/// The same elements in row-major order under another shape.
struct Reshape: Operation {
    let shape: [Int]
    var name = "reshaped"

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        let input = inputs[0]
        guard TensorSpec(shape).count == input.count else {
            throw TensorError(
                .shape, name, "\(shape) does not hold the elements of \(input.shape)",
                expected: "\(input.count) elements", got: "\(TensorSpec(shape).count)")
        }
        return [TensorSpec(shape, input.dtype)]
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let input = inputs[0]
        let elements = try input.dense()
        let spec = TensorSpec(shape, input.dtype)
        return [
            Tensor(
                spec, elements.storage,
                .strided(offset: elements.offset, strides: spec.contiguousStrides))
        ]
    }

    var savesForBackward: SavedTensors { .inputs }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        guard let gradient = gradients[0] else { return [nil] }
        return [try Reshape(shape: inputs[0].shape).forward([gradient])[0]]
    }

    func cost(_ inputs: [TensorSpec], _ outputs: [TensorSpec]) -> Cost { .zero }
}

/// The axes in another order.
struct Transpose: Operation {
    /// For each axis of the result, the axis it was.
    let order: [Int]
    let name = "transposed"

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        let input = inputs[0]
        let axes = order.map { $0 < 0 ? $0 + input.rank : $0 }
        guard axes.sorted() == Array(0..<input.rank) else {
            throw TensorError(
                .index, name, "the axes are not those of shape \(input.shape)",
                expected: "each of 0..<\(input.rank) once", got: "\(order)")
        }
        return [TensorSpec(axes.map { input.shape[$0] }, input.dtype)]
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let input = inputs[0]
        let axes = order.map { $0 < 0 ? $0 + input.rank : $0 }
        let elements = try input.strided()
        return [
            Tensor(
                TensorSpec(axes.map { input.shape[$0] }, input.dtype), elements.storage,
                .strided(offset: elements.offset, strides: axes.map { elements.strides[$0] }))
        ]
    }

    var savesForBackward: SavedTensors { [] }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        guard let gradient = gradients[0] else { return [nil] }
        var inverse = order
        for (place, axis) in order.enumerated() {
            inverse[axis < 0 ? axis + order.count : axis] = place
        }
        return try Transpose(order: inverse).forward([gradient])
    }

    func cost(_ inputs: [TensorSpec], _ outputs: [TensorSpec]) -> Cost { .zero }
}

/// The elements repeated along axes of size 1, without copying them.
struct Broadcast: Operation {
    let shape: [Int]
    let name = "broadcast"

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        let input = inputs[0]
        guard broadcastShape(input.shape, shape) == shape else {
            throw TensorError(
                .shape, name, "the shape does not broadcast to \(shape)",
                expected: "sizes that are equal or 1, counted from the last axis",
                got: "\(input.shape)")
        }
        return [TensorSpec(shape, input.dtype)]
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let input = inputs[0]
        let elements = try input.strided()
        return [
            Tensor(
                TensorSpec(shape, input.dtype), elements.storage,
                .strided(
                    offset: elements.offset,
                    strides: broadcastStrides(elements.strides, shape: input.shape, to: shape)))
        ]
    }

    var savesForBackward: SavedTensors { .inputs }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        [try gradients[0]?.summed(to: inputs[0].shape)]
    }

    func cost(_ inputs: [TensorSpec], _ outputs: [TensorSpec]) -> Cost { .zero }
}

extension Tensor {
    /// The same elements in row-major order under another shape; one size may be -1 and is then
    /// what remains.
    ///
    ///     try Tensor.arange(0, 6).reshaped(2, -1)  // shape [2, 3]
    public func reshaped(_ shape: Int...) throws -> Tensor { try reshaped(shape) }
    /// The same with the sizes in an array; `[]` makes one element a scalar.
    public func reshaped(_ shape: [Int]) throws -> Tensor {
        try reshaped(shape, operation: "reshaped")
    }

    private func reshaped(_ shape: [Int], operation: String) throws -> Tensor {
        var shape = shape
        if let unknown = shape.firstIndex(of: -1) {
            var rest = shape
            rest[unknown] = 1
            try TensorSpec(rest, dtype).validate(operation)
            let known = TensorSpec(rest).count
            guard known > 0, count % known == 0 else {
                throw TensorError(
                    .shape, operation, "\(shape) does not hold the elements of \(self.shape)",
                    expected: "sizes whose product divides \(count)", got: "\(known)",
                    operands: [spec])
            }
            shape[unknown] = count / known
        }
        try TensorSpec(shape, dtype).validate(operation)
        return try apply(Reshape(shape: shape, name: operation), to: self)
    }

    /// The axes from `startAxis` on as one: `[N, C, H, W]` from axis 1 gives `[N, C * H * W]`.
    public func flattened(startAxis: Int = 0) throws -> Tensor {
        if rank == 0 { return try reshaped([1], operation: "flattened") }
        let start = try spec.resolve(axis: startAxis, "flattened", label: "startAxis")
        let kept = Array(shape[..<start])
        return try reshaped(
            kept + [shape[start...].reduce(1, &*)], operation: "flattened")
    }

    /// The axes in another order; without arguments, in reverse.
    public func transposed(_ axes: Int...) throws -> Tensor { try transposed(axes) }
    /// The same with the axes in an array; `[]` puts them in reverse.
    public func transposed(_ axes: [Int]) throws -> Tensor {
        let order = axes.isEmpty ? Array((0..<rank).reversed()) : axes
        return try apply(Transpose(order: order), to: self)
    }

    /// Without the given axis, which must have size 1; without an argument, without all such axes.
    public func squeezed(axis: Int? = nil) throws -> Tensor {
        guard let axis else {
            return try reshaped(shape.filter { $0 != 1 }, operation: "squeezed")
        }
        let resolved = try spec.resolve(axis: axis, "squeezed")
        guard shape[resolved] == 1 else {
            throw TensorError(
                .shape, "squeezed", "axis \(axis) of \(shape) cannot be left out",
                expected: "size 1", got: "\(shape[resolved])", operands: [spec])
        }
        var kept = shape
        kept.remove(at: resolved)
        return try reshaped(kept, operation: "squeezed")
    }

    /// With a new axis of size 1 at the given place; -1 puts it last.
    public func expandedDimensions(axis: Int) throws -> Tensor {
        let place = axis < 0 ? axis + rank + 1 : axis
        guard place >= 0, place <= rank else {
            throw TensorError(
                .index, "expandedDimensions", "no such place in shape \(shape)",
                expected: "axis in \(-rank - 1)...\(rank)", got: "\(axis)", operands: [spec])
        }
        var wider = shape
        wider.insert(1, at: place)
        return try reshaped(wider, operation: "expandedDimensions")
    }

    /// The elements repeated along axes of size 1 until the shape is `shape`.
    public func broadcast(to shape: [Int]) throws -> Tensor {
        try TensorSpec(shape, dtype).validate("broadcast")
        return try apply(Broadcast(shape: shape), to: self)
    }
}
