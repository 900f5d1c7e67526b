/// A part of a tensor that strides can describe: where it starts on each axis of the whole, and
/// what its own axes run along.
struct ViewPlan: Sendable {
    struct Axis: Sendable {
        /// The axis of the whole; `nil` for a new one.
        var source: Int?
        var count: Int
        var step: Int
    }

    /// The first position on each axis of the whole.
    var starts: [Int]
    var axes: [Axis]

    var shape: [Int] { axes.map(\.count) }

    /// Whether the part is the whole.
    func isIdentity(of whole: [Int]) -> Bool {
        axes.count == whole.count
            && axes.enumerated().allSatisfy { index, axis in
                axis.source == index && axis.count == whole[index] && axis.step == 1
            }
    }

    /// Whether some axis runs backwards.
    var runsBackwards: Bool { axes.contains { $0.step < 0 } }

    /// The part of elements whose axes have the whole's order.
    func part(of whole: StridedElements) -> StridedElements {
        var offset = whole.offset
        for (start, stride) in zip(starts, whole.strides) { offset &+= start &* stride }
        let strides = axes.map { axis in axis.source.map { whole.strides[$0] &* axis.step } ?? 1 }
        return StridedElements(storage: whole.storage, offset: offset, strides: strides)
    }
}

/// Copies elements of a shape from one place to another, whatever the strides.
func copyElements(
    _ source: StridedElements, to target: StridedElements, shape: [Int], dtype: DType
) {
    switch dtype.byteCount {
    case 1: copyRows(UInt8.self, source, target, shape)
    case 8: copyRows(UInt64.self, source, target, shape)
    default: copyRows(UInt32.self, source, target, shape)
    }
}

@inline(__always)
private func copyRows<T>(
    _: T.Type, _ source: StridedElements, _ target: StridedElements, _ shape: [Int]
) {
    let plan = LoopPlan(shape: shape, strides: [source.strides, target.strides])
    let steps = plan.rowStrides
    let sourceStep = steps[0]
    let targetStep = steps[1]
    let from = source.pointer(T.self)
    let to = target.pointer(T.self)
    plan.run { offsets, count in
        let input = from + offsets[0]
        let output = to + offsets[1]
        if sourceStep == 1, targetStep == 1 {
            output.update(from: input, count: count)
        } else {
            for i in 0..<count { output[i &* targetStep] = input[i &* sourceStep] }
        }
    }
    withExtendedLifetime((source.storage, target.storage)) {}
}

/// Sets elements of a shape to zero, whatever the strides.
func clearElements(_ target: StridedElements, shape: [Int], dtype: DType) {
    func clear<T: FixedWidthInteger>(_: T.Type) {
        let plan = LoopPlan(shape: shape, strides: [target.strides])
        let step = plan.rowStrides[0]
        let to = target.pointer(T.self)
        plan.run { offsets, count in
            let output = to + offsets[0]
            for i in 0..<count { output[i &* step] = 0 }
        }
    }
    switch dtype.byteCount {
    case 1: clear(UInt8.self)
    case 8: clear(UInt64.self)
    default: clear(UInt32.self)
    }
    withExtendedLifetime(target.storage) {}
}
