import OneDNN

/// Tensors one after the other along an axis.
struct Concatenation: Operation {
    /// Counted from the front.
    let axis: Int
    let name = "concatenated"

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        var shape = inputs[0].shape
        for (position, input) in inputs.enumerated().dropFirst() {
            guard input.rank == shape.count,
                shape.indices.allSatisfy({ $0 == axis || shape[$0] == input.shape[$0] })
            else {
                throw TensorError(
                    .shape, name, "tensor \(position) differs beside axis \(axis)",
                    expected: "\(inputs[0].shape) in every other axis", got: "\(input.shape)")
            }
            let (sum, overflow) = shape[axis].addingReportingOverflow(input.shape[axis])
            guard !overflow else {
                throw TensorError(.memory, name, "too many elements along axis \(axis)")
            }
            shape[axis] = sum
        }
        return [TensorSpec(shape, inputs.map(\.dtype).reduce(inputs[0].dtype, DType.promoted))]
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = try outputSpecs(inputs.map(\.spec))[0]
        if let blocked = try joinedBlocks(inputs, spec) { return [blocked] }
        let storage = try Storage(byteCount: spec.byteCount)
        let strides = spec.contiguousStrides
        var start = 0
        for input in inputs {
            let source = try input.converted(to: spec.dtype).strided()
            let target = StridedElements(
                storage: storage, offset: start * strides[axis], strides: strides)
            copyElements(source, to: target, shape: input.shape, dtype: spec.dtype)
            start += input.shape[axis]
        }
        return [Tensor(spec, dense: storage)]
    }

    /// Images in blocks of channels, joined along the channels where each has whole blocks: one
    /// piece of memory for each image and input.
    private func joinedBlocks(_ inputs: [Tensor], _ spec: TensorSpec) throws -> Tensor? {
        guard axis == 1, inputs.count > 1, spec.count > 0,
            inputs.allSatisfy({ $0.dtype == spec.dtype && $0.count > 0 }),
            let block = try commonBlock(inputs, spec), let type = spec.dtype.elementType
        else { return nil }
        let target = try MemoryDescriptor.channelBlocks(of: block, shape: spec.shape, type: type)
        guard target.channelBlock == block, !target.isPadded else { return nil }
        let storage = try Storage(byteCount: target.byteCount)
        let whole = spec.byteCount / spec.shape[0]
        var start = 0
        for input in inputs {
            let source = try input.packed(
                as: .channelBlocks(of: block, shape: input.shape, type: type))
            let part = input.spec.byteCount / spec.shape[0]
            let first = start
            Parallel.forEach(count: spec.shape[0], grain: Swift.max(1, 65_536 / part)) { range in
                for image in range {
                    (storage.pointer + image * whole + first)
                        .copyMemory(from: source.pointer + image * part, byteCount: part)
                }
            }
            withExtendedLifetime(source.storage) {}
            start += part
        }
        return Tensor(spec, storage, target)
    }

    /// The size of the blocks in which the inputs are kept, if all that are kept in blocks agree and
    /// every input has whole ones.
    private func commonBlock(_ inputs: [Tensor], _ spec: TensorSpec) throws -> Int? {
        var common: Int?
        guard spec.rank == 4 else { return nil }
        for input in inputs {
            guard case .blocked(let descriptor) = try input.representation().layout else {
                continue
            }
            guard let block = descriptor.channelBlock, block == common ?? block else { return nil }
            common = block
        }
        guard let common, common == 8 || common == 16,
            inputs.allSatisfy({ $0.shape[1] % common == 0 })
        else { return nil }
        return common
    }

    var savesForBackward: SavedTensors { [] }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        guard let gradient = gradients[0] else { return inputs.map { _ in nil } }
        if let parts = try splitBlocks(gradient, inputs) { return parts }
        var start = 0
        return try zip(inputs, needs).map { input, needed in
            defer { start += input.shape[axis] }
            return needed
                ? try gradient.narrowed(axis: axis, start..<start + input.shape[axis]) : nil
        }
    }
}

extension Concatenation {
    /// The parts of a gradient in blocks of channels, each in such blocks itself.
    private func splitBlocks(_ gradient: Tensor, _ inputs: [Tensor]) throws -> [Tensor?]? {
        guard axis == 1, gradient.count > 0, gradient.rank == 4,
            case .blocked(let descriptor) = try gradient.representation().layout,
            let block = descriptor.channelBlock, block == 8 || block == 16,
            inputs.allSatisfy({ $0.shape[1] % block == 0 && $0.count > 0 }),
            let type = gradient.dtype.elementType
        else { return nil }
        let source = try gradient.representation().storage
        let images = gradient.shape[0]
        let whole = gradient.spec.byteCount / images
        var start = 0
        return try inputs.map { input in
            let spec = TensorSpec(input.shape, gradient.dtype)
            let target = try MemoryDescriptor.channelBlocks(
                of: block, shape: spec.shape, type: type)
            let storage = try Storage(byteCount: target.byteCount)
            let part = spec.byteCount / images
            let first = start
            start += part
            Parallel.forEach(count: images, grain: Swift.max(1, 65_536 / part)) { range in
                for image in range {
                    (storage.pointer + image * part)
                        .copyMemory(
                            from: source.pointer + image * whole + first, byteCount: part)
                }
            }
            return withExtendedLifetime(source) { Tensor(spec, storage, target) }
        }
    }
}

/// Zeros, or another value, around the last axes.
struct Padding: Operation {
    /// For each axis how many elements come before and after.
    let before, after: [Int]
    let value: Double
    /// For each axis what the padded size is the next multiple of, where that is why.
    var multiples: [Int]?
    let name = "padded"

    func receptiveField(
        _ fields: [ReceptiveField], inputs: [TensorSpec], outputs: [TensorSpec]
    ) -> ReceptiveField? {
        ReceptiveField.union(fields)?.padded(before.count == 4 ? Array(before[2...]) : [0, 0])
    }

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        let input = inputs[0]
        return [
            TensorSpec(
                input.shape.indices.map { input.shape[$0] &+ before[$0] &+ after[$0] },
                input.dtype)
        ]
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let input = inputs[0]
        let spec = try outputSpecs([input.spec])[0]
        let storage = try Storage(byteCount: spec.byteCount)
        fill(storage, count: spec.count, value, spec.dtype)
        let strides = spec.contiguousStrides
        let offset = zip(before, strides).reduce(0) { $0 + $1.0 * $1.1 }
        copyElements(
            try input.strided(),
            to: StridedElements(storage: storage, offset: offset, strides: strides),
            shape: input.shape, dtype: spec.dtype)
        return [Tensor(spec, dense: storage)]
    }

    var savesForBackward: SavedTensors { .inputs }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        guard var gradient = gradients[0] else { return [nil] }
        for axis in before.indices {
            gradient = try gradient.narrowed(
                axis: axis, before[axis]..<before[axis] + inputs[0].shape[axis])
        }
        return [gradient]
    }
}

/// Tensors one after the other along an existing axis; all other sizes are equal.
///
///     try concatenated([a, b], axis: 1)  // [N, 3, H, W] and [N, 5, H, W] give [N, 8, H, W]
public func concatenated(_ tensors: [Tensor], axis: Int = 0) throws -> Tensor {
    guard let first = tensors.first else { throw nothingToJoin("concatenated") }
    let axis = try first.spec.resolve(axis: axis, "concatenated")
    return try apply(Concatenation(axis: axis), tensors)[0]
}

/// Tensors of one shape along a new axis.
///
///     try stacked([a, b], axis: 0)  // [H, W] twice gives [2, H, W]
public func stacked(_ tensors: [Tensor], axis: Int = 0) throws -> Tensor {
    guard let first = tensors.first else { throw nothingToJoin("stacked") }
    for (position, tensor) in tensors.enumerated() where tensor.shape != first.shape {
        throw TensorError(
            .shape, "stacked", "tensor \(position) has another shape", expected: "\(first.shape)",
            got: "\(tensor.shape)", operands: tensors.map(\.spec))
    }
    let place = axis < 0 ? axis + first.rank + 1 : axis
    return try concatenated(tensors.map { try $0.expandedDimensions(axis: axis) }, axis: place)
}

private func nothingToJoin(_ operation: String) -> TensorError {
    TensorError(.value, operation, "there is nothing to join", expected: "a tensor", got: "none")
}

extension Tensor {
    /// Equal parts along an axis, whose size they must divide.
    public func split(parts: Int, axis: Int = 0) throws -> [Tensor] {
        let resolved = try spec.resolve(axis: axis, "split")
        return try apply(Split(axis: resolved, parts: parts), [self])
    }

    /// With `amount` elements of `value` on every side of the last two axes (of the only axis of
    /// a vector).
    public func padded(_ amount: some IntOrPair, value: Double = 0) throws -> Tensor {
        let sizes = amount.windowSizes
        guard sizes.count == 2, sizes.allSatisfy({ $0 >= 0 && $0 < 1 << 40 }), rank > 0 else {
            throw TensorError(
                .value, "padded", "padding is a number or [height, width]",
                expected: "sizes of at least 0 and a tensor with axes",
                got: "\(sizes) for shape \(shape)", operands: [spec])
        }
        let own = Array(sizes.suffix(Swift.min(rank, 2)))
        let all = [Int](repeating: 0, count: rank - own.count) + own
        return try apply(Padding(before: all, after: all, value: value), to: self)
    }

    /// With zeros behind the last elements of every axis, so that each size is a multiple.
    package func padded(toMultiplesOf multiples: [Int]) throws -> Tensor {
        let after = zip(shape, multiples).map { ($1 - $0 % $1) % $1 }
        // Sizes with names may need zeros where these numbers do not.
        guard after.contains(where: { $0 != 0 }) || sizes != nil else { return self }
        let none = [Int](repeating: 0, count: after.count)
        return try apply(
            Padding(before: none, after: after, value: 0, multiples: multiples), to: self)
    }

    /// The part of an axis that a range gives; the range must lie in the axis.
    func narrowed(axis: Int, _ range: Range<Int>) throws -> Tensor {
        var indices: [any TensorIndex] = (0..<axis).map { _ in 0... }
        indices.append(range)
        return try indexed(by: indices)
    }
}
