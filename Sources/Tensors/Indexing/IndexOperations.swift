/// Reads what a subscript selects: a view where strides can describe it, else a copy.
struct IndexRead: Operation {
    let name = "subscript"
    let plan: IndexPlan

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        [TensorSpec(plan.shape, inputs[0].dtype)]
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = TensorSpec(plan.shape, inputs[0].dtype)
        let view = plan.view.part(of: try inputs[0].strided())
        guard let elements = plan.elements else {
            if !plan.view.runsBackwards {
                let layout = Layout.strided(offset: view.offset, strides: view.strides)
                return [Tensor(spec, view.storage, layout)]
            }
            let storage = try Storage(byteCount: spec.byteCount)
            copyElements(view, to: storage, shape: spec.shape, dtype: spec.dtype)
            return [Tensor(spec, dense: storage)]
        }
        let storage = try Storage(byteCount: spec.byteCount)
        guard spec.count > 0 else { return [Tensor(spec, dense: storage)] }
        let grid = elements.grid(view, shape: plan.view.shape)
        func gather<T>(_: T.Type) {
            grid.gather(
                T.self, from: view.pointer(T.self),
                to: storage.pointer.assumingMemoryBound(to: T.self))
        }
        switch spec.dtype.byteCount {
        case 1: gather(UInt8.self)
        case 2: gather(UInt16.self)
        case 8: gather(UInt64.self)
        default: gather(UInt32.self)
        }
        return [withExtendedLifetime((view.storage, storage)) { Tensor(spec, dense: storage) }]
    }

    /// The gradient of the whole: that of the part at its place, added where places repeat.
    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        guard let gradient = gradients[0] else { return [nil] }
        // Positions that repeat add up, in float32.
        let dtype = plan.elements == nil ? gradient.dtype : .float32
        let result = try Tensor.zeros(plan.whole, dtype: dtype)
        guard gradient.count > 0 else { return [try result.converted(to: gradient.dtype)] }
        let target = plan.view.part(of: try result.strided())
        if let elements = plan.elements {
            let source = try gradient.converted(to: .float32).dense()
            elements.grid(target, shape: plan.view.shape)
                .add(source.pointer(Float.self), to: target.pointer(Float.self))
            withExtendedLifetime((source.storage, target.storage)) {}
        } else {
            copyElements(
                try gradient.strided(), to: target, shape: plan.shape, dtype: dtype)
        }
        return [try result.converted(to: gradient.dtype)]
    }

    func cost(_ inputs: [TensorSpec], _ outputs: [TensorSpec]) -> Cost {
        let copies = plan.elements != nil || plan.view.runsBackwards
        return Cost(bytes: copies ? 2 &* outputs[0].byteCount : 0)
    }

    var savesForBackward: SavedTensors { [] }
}

/// The first input with the second one, broadcast, in the place that a subscript selects.
struct IndexWrite: Operation {
    let name = "subscript"
    let plan: IndexPlan

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        try plan.check(value: inputs[1], for: inputs[0])
        return [inputs[0]]
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = inputs[0].spec
        let source = try inputs[0].strided()
        let storage = try Storage(byteCount: spec.byteCount)
        copyElements(source, to: storage, shape: spec.shape, dtype: spec.dtype)
        let result = Tensor(spec, dense: storage)
        try plan.write(inputs[1], into: try result.strided())
        return [result]
    }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        guard let gradient = gradients[0] else { return [nil, nil] }
        var result: [Tensor?] = [nil, nil]
        if needs[0] {
            let rest = Tensor(
                gradient.spec, dense: try Storage(byteCount: gradient.spec.byteCount))
            let elements = try rest.strided()
            copyElements(
                try gradient.strided(), to: elements, shape: gradient.shape,
                dtype: gradient.dtype)
            try plan.clear(elements, gradient.dtype)
            result[0] = rest
        }
        if needs[1] {
            let part = try IndexRead(plan: plan).forward([gradient])[0]
            let skipped = max(0, inputs[1].rank - part.rank)
            result[1] = try part.summed(to: Array(inputs[1].shape.dropFirst(skipped)))
                .reshaped(inputs[1].shape)
        }
        return result
    }

    var savesForBackward: SavedTensors { [] }
}

extension IndexPlan {
    /// Throws when a value's shape does not broadcast to what is selected.
    func check(value: TensorSpec, for whole: TensorSpec) throws {
        let own = value.shape.drop { $0 == 1 }
        let fits = broadcastShape(Array(own), shape) == shape
        guard fits || value.count == 1 else {
            throw TensorError(
                .shape, "subscript",
                "a value of shape \(value.shape) does not fit into the selected part",
                expected: "a shape that broadcasts to \(shape)", got: "\(value.shape)",
                operands: [whole, value])
        }
    }

    /// Writes a value of the same element type, broadcast, over the selected part of `whole`.
    func write(_ value: Tensor, into whole: StridedElements) throws {
        let shape = self.shape
        guard shape.reduce(1, &*) > 0 else { return }
        let source = try value.located("subscript") { try value.strided() }
        let skipped = max(0, value.rank - shape.count)
        let spread = StridedElements(
            storage: source.storage, offset: source.offset,
            strides: broadcastStrides(
                Array(source.strides.dropFirst(skipped)),
                shape: Array(value.shape.dropFirst(skipped)), to: shape))
        let target = view.part(of: whole)
        guard let elements else {
            return copyElements(spread, to: target, shape: shape, dtype: value.dtype)
        }
        let grid = elements.grid(target, shape: view.shape)
        let dense = try Tensor.allocate("subscript", TensorSpec(shape, value.dtype))
        copyElements(spread, to: dense, shape: shape, dtype: value.dtype)
        func scatter<T>(_: T.Type) {
            grid.scatter(
                T.self, from: dense.pointer.assumingMemoryBound(to: T.self),
                to: target.pointer(T.self))
        }
        switch value.dtype.byteCount {
        case 1: scatter(UInt8.self)
        case 2: scatter(UInt16.self)
        case 8: scatter(UInt64.self)
        default: scatter(UInt32.self)
        }
        withExtendedLifetime((dense, target.storage)) {}
    }

    /// Sets the selected part of elements to 0.
    func clear(_ whole: StridedElements, _ dtype: DType) throws {
        guard shape.reduce(1, &*) > 0 else { return }
        let target = view.part(of: whole)
        if let elements {
            let grid = elements.grid(target, shape: view.shape)
            switch dtype.byteCount {
            case 1: grid.set(0, in: target.pointer(UInt8.self))
            case 2: grid.set(0, in: target.pointer(UInt16.self))
            case 8: grid.set(0, in: target.pointer(UInt64.self))
            default: grid.set(0, in: target.pointer(UInt32.self))
            }
            withExtendedLifetime(target.storage) {}
        } else {
            clearElements(target, shape: shape, dtype: dtype)
        }
    }
}
