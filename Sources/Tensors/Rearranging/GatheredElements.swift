import OneDNN

/// Elements at places that a tensor of positions along one axis gives, one for each of its own.
struct GatheredElements: Operation {
    let name: String
    let axis: Int
    /// Integers; symbolic where they are unknown. They are constants to the tape.
    let positions: Tensor

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        let input = inputs[0]
        let shape = positions.shape
        guard !positions.dtype.isFloatingPoint, positions.dtype != .bool else {
            throw TensorError(
                .dtype, name, "positions are integers",
                expected: "an integer tensor, as cast(to: .int64) makes it",
                got: "\(positions.dtype)", operands: [input, positions.spec])
        }
        guard shape.count == input.rank,
            shape.indices.allSatisfy({ $0 == axis || shape[$0] <= input.shape[$0] })
        else {
            throw TensorError(
                .shape, name, "the positions' shape does not fit",
                expected: "\(input.rank) axes, none longer than in \(input.shape) beside axis "
                    + "\(axis)",
                got: "\(shape)", operands: [input, positions.spec])
        }
        return [TensorSpec(shape, input.dtype)]
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = TensorSpec(positions.shape, inputs[0].dtype)
        let source = try inputs[0].dense()
        let storage = try Storage(byteCount: spec.byteCount)
        func gather<T>(_: T.Type) throws {
            let from = source.pointer(T.self)
            let to = storage.pointer.assumingMemoryBound(to: T.self)
            try forEachPlace(of: inputs[0].spec, Reading(from: from, to: to))
        }
        switch spec.dtype.byteCount {
        case 1: try gather(UInt8.self)
        case 2: try gather(UInt16.self)
        case 8: try gather(UInt64.self)
        default: try gather(UInt32.self)
        }
        return [withExtendedLifetime((source.storage, storage)) { Tensor(spec, dense: storage) }]
    }

    /// Each element's gradient goes to its place; where places repeat they add up, in float32.
    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        guard let gradient = gradients[0] else { return [nil] }
        let result = try Tensor.zeros(inputs[0].shape)
        let source = try gradient.converted(to: .float32).dense()
        let target = try result.dense()
        let from = source.pointer(Float.self)
        let to = target.pointer(Float.self)
        // Lines along the axis never share a place, so that each stays with one thread.
        try forEachPlace(of: result.spec, Adding(from: from, to: to))
        return [
            try withExtendedLifetime((source.storage, target.storage)) {
                try result.converted(to: gradient.dtype)
            }
        ]
    }

    var savesForBackward: SavedTensors { [] }

    /// Calls `body` with each position's index and the place of its element, both in row-major order.
    /// Throws when a position is out of range.
    private func forEachPlace(of spec: TensorSpec, _ body: some PlaceFunction) throws {
        switch positions.dtype {
        case .uint8: try forEachPlace(UInt8.self, spec, body)
        case .int32: try forEachPlace(Int32.self, spec, body)
        default: try forEachPlace(Int64.self, spec, body)
        }
    }

    private func forEachPlace<T: FixedWidthInteger>(
        _: T.Type, _ spec: TensorSpec, _ body: some PlaceFunction
    ) throws {
        let elements = try positions.dense()
        let values = elements.pointer(T.self)
        let shape = positions.shape
        let count = shape[axis]
        let inner = shape[(axis + 1)...].reduce(1, &*)
        let outer = shape[..<axis].reduce(1, &*)
        let size = spec.shape[axis]
        let strides = spec.contiguousStrides
        let step = strides[axis]
        let isWhole = shape.indices.allSatisfy { $0 == axis || shape[$0] == spec.shape[$0] }
        /// Where a line starts that has a given number among the positions' lines.
        func start(_ line: Int) -> Int {
            var rest = line
            var place = 0
            for other in shape.indices.reversed() where other != axis {
                place += rest % shape[other] * strides[other]
                rest /= shape[other]
            }
            return place
        }
        // One task is a run of lines side by side.
        let width = Swift.min(inner, 64)
        let groups = width == 0 ? 0 : (inner + width - 1) / width
        let isInRange = Agreement()
        Parallel.forEach(
            count: count == 0 ? 0 : outer * groups,
            grain: Swift.max(1, 8192 / Swift.max(1, width * count))
        ) { range in
            var isGood = true
            if inner == 1, isWhole {
                for row in range {
                    let own = values + row &* count
                    // Negative where a position is beyond either end.
                    var signs = 0
                    for along in 0..<count {
                        let given = Int(truncatingIfNeeded: own[along])
                        signs |= (given &+ size) | (size &- 1 &- given)
                    }
                    guard signs >= 0 else {
                        isGood = false
                        continue
                    }
                    for along in 0..<count {
                        let given = Int(truncatingIfNeeded: own[along])
                        let position = given &+ (given &>> 63 & size)
                        body.apply(row &* count &+ along, row &* size &+ position)
                    }
                }
                if !isGood { isInRange.deny() }
                return
            }
            for task in range {
                let row = task / groups
                let first = task % groups * width
                let last = Swift.min(inner, first + width)
                for along in 0..<count {
                    let base = (row &* count &+ along) &* inner
                    for lane in first..<last {
                        let given = Int(truncatingIfNeeded: values[base &+ lane])
                        let position = given < 0 ? given &+ size : given
                        guard position >= 0, position < size else {
                            isGood = false
                            continue
                        }
                        let line =
                            isWhole
                            ? row &* size &* inner &+ lane : start(row &* inner &+ lane)
                        body.apply(base &+ lane, line &+ position &* step)
                    }
                }
            }
            if !isGood { isInRange.deny() }
        }
        defer { withExtendedLifetime(elements.storage) {} }
        guard !isInRange.isDenied else {
            let index = (0..<positions.count).first {
                Int(values[$0]) >= size || Int(values[$0]) < -size
            }
            throw TensorError(
                .index, name,
                "index \(index.map { "\(values[$0])" } ?? "") is out of range for axis \(axis) "
                    + "with size \(size) (shape \(spec.shape))",
                operands: [spec, positions.spec])
        }
    }
}

/// What is done at each place, as a type: loops over places are compiled with it inlined.
private protocol PlaceFunction {
    func apply(_ index: Int, _ place: Int)
}

private struct Reading<T>: PlaceFunction {
    let from: UnsafeMutablePointer<T>
    let to: UnsafeMutablePointer<T>
    @inline(__always) func apply(_ index: Int, _ place: Int) { to[index] = from[place] }
}

private struct Adding: PlaceFunction {
    let from, to: UnsafeMutablePointer<Float>
    @inline(__always) func apply(_ index: Int, _ place: Int) { to[place] += from[index] }
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
    /// result has its shape. Positions below zero count from the end. Throws when a position is out
    /// of range.
    public func gathered(_ indices: Tensor, axis: Int) throws -> Tensor {
        try gathered(indices, axis: axis, operation: "gathered")
    }

    func gathered(_ indices: Tensor, axis: Int, operation: String) throws -> Tensor {
        let axis = try spec.resolve(axis: axis, operation)
        let gathering = GatheredElements(
            name: operation, axis: axis, positions: indices.detached())
        if indices.isSymbolic { return .symbolic(try gathering.outputSpecs([spec])[0]) }
        return try apply(gathering, [self])[0]
    }
}
