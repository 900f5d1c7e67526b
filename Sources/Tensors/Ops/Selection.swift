import OneDNN

/// Elements of one tensor where a mask is true and of another where it is false.
struct Which: Operation {
    let name = "which"

    func outputSpecs(_ inputs: [TensorSpec]) throws -> [TensorSpec] {
        guard inputs[0].dtype == .bool else {
            throw TensorError(
                .dtype, name, "the mask chooses", expected: "a bool tensor",
                got: "\(inputs[0].dtype)")
        }
        guard let values = broadcastShape(inputs[1].shape, inputs[2].shape),
            let shape = broadcastShape(inputs[0].shape, values)
        else {
            throw TensorError(
                .shape, name, "shapes do not broadcast",
                expected: "sizes that are equal or 1, counted from the last axis",
                got: "\(inputs[0].shape), \(inputs[1].shape) and \(inputs[2].shape)")
        }
        return [TensorSpec(shape, .promoted(inputs[1].dtype, inputs[2].dtype))]
    }

    func forward(_ inputs: [Tensor]) throws -> [Tensor] {
        let spec = try outputSpecs(inputs.map(\.spec))[0]
        let operands = [
            inputs[0], try inputs[1].converted(to: spec.dtype),
            try inputs[2].converted(to: spec.dtype),
        ]
        let elements = try operands.map { try $0.strided() }
        let target = spec.contiguousStrides
        let plan = LoopPlan(
            shape: spec.shape,
            strides: zip(operands, elements).map {
                broadcastStrides($1.strides, shape: $0.shape, to: spec.shape)
            } + [target])
        let storage = try Storage(byteCount: spec.byteCount)
        switch spec.dtype.byteCount {
        case 1: choose(UInt8.self, plan, elements, storage)
        case 2: choose(UInt16.self, plan, elements, storage)
        case 8: choose(UInt64.self, plan, elements, storage)
        default: choose(UInt32.self, plan, elements, storage)
        }
        return [Tensor(spec, dense: storage)]
    }

    var savesForBackward: SavedTensors { .inputs }

    func backward(
        _ gradients: [Tensor?], inputs: [Tensor], outputs: [Tensor], needs: [Bool]
    ) throws -> [Tensor?] {
        guard let gradient = gradients[0] else { return [nil, nil, nil] }
        let zero = try Tensor.zeros([], dtype: gradient.dtype)
        return [
            nil,
            needs[1]
                ? try which(inputs[0], gradient, zero).summed(to: inputs[1].shape) : nil,
            needs[2]
                ? try which(inputs[0], zero, gradient).summed(to: inputs[2].shape) : nil,
        ]
    }
}

@inline(__always)
private func select<T: FixedWidthInteger>(_ mask: UInt8, _ a: T, _ b: T) -> T {
    let bits: T = mask == 0 ? 0 : ~0
    return (a & bits) | (b & ~bits)
}

@inline(__always)
private func choose<T: FixedWidthInteger>(
    _: T.Type, _ plan: LoopPlan, _ elements: [StridedElements], _ storage: Storage
) {
    let mask = elements[0].pointer(UInt8.self)
    let a = elements[1].pointer(T.self)
    let b = elements[2].pointer(T.self)
    let output = storage.pointer.assumingMemoryBound(to: T.self)
    let steps = plan.rowStrides
    let stepMask = steps[0]
    let stepA = steps[1]
    let stepB = steps[2]
    let stepOut = steps[3]
    plan.run { offsets, count in
        let mask = mask + offsets[0]
        let a = a + offsets[1]
        let b = b + offsets[2]
        let output = output + offsets[3]
        guard stepOut == 1, stepMask == 1, stepA <= 1, stepB <= 1, stepA >= 0, stepB >= 0 else {
            for i in 0..<count {
                output[i &* stepOut] = select(mask[i &* stepMask], a[i &* stepA], b[i &* stepB])
            }
            return
        }
        // Loops without steps are compiled to selections of many elements at once.
        switch (stepA, stepB) {
        case (1, 1): for i in 0..<count { output[i] = select(mask[i], a[i], b[i]) }
        case (1, _):
            let b = b[0]
            for i in 0..<count { output[i] = select(mask[i], a[i], b) }
        case (_, 1):
            let a = a[0]
            for i in 0..<count { output[i] = select(mask[i], a, b[i]) }
        default:
            let a = a[0]
            let b = b[0]
            for i in 0..<count { output[i] = select(mask[i], a, b) }
        }
    }
    withExtendedLifetime((elements, storage)) {}
}

/// `a` where `mask` is true and `b` where it is false, with broadcasting.
///
///     try which(Tensor.greater(x, 0), x, Tensor.zeros([]))
public func which(_ mask: Tensor, _ a: Tensor, _ b: Tensor) throws -> Tensor {
    try apply(Which(), to: mask, a, b)
}

extension Tensor {
    /// The elements moved to the nearest number in `low...high`; NaN stays NaN. The gradient is that
    /// of the elements that stay where they are.
    ///
    ///     try Tensor([-2, 0.5, 3]).clipped(0, 1)  // [0.0, 0.5, 1.0]
    public func clipped(_ low: Double, _ high: Double) throws -> Tensor {
        guard low <= high else {
            throw TensorError(
                .value, "clipped", "the bounds are the wrong way round",
                expected: "low <= high", got: "\(low) and \(high)", operands: [spec])
        }
        if dtype.isFloatingPoint {
            return try apply(Clipping(low: Float(low), high: Float(high)), to: self)
        }
        let whole = low == low.rounded() && high == high.rounded()
        func bound(_ value: Double) throws -> Tensor {
            whole && value.isFinite
                ? try Tensor.full([], value, dtype: dtype) : try Tensor.full([], value)
        }
        let raised = try which(Tensor.less(self, .real(low)), bound(low), self)
        return try which(Tensor.greater(raised, .real(high)), bound(high), raised)
    }
}
