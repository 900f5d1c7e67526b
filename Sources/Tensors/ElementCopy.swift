import OneDNN

/// Copies strided elements into dense row-major memory.
func copyElements(_ source: StridedElements, to storage: Storage, shape: [Int], dtype: DType) {
    copyElements(
        source,
        to: StridedElements(
            storage: storage, offset: 0, strides: TensorSpec(shape, dtype).contiguousStrides),
        shape: shape, dtype: dtype)
}

/// Copies elements of a shape from one place to another, whatever the strides.
func copyElements(
    _ source: StridedElements, to target: StridedElements, shape: [Int], dtype: DType
) {
    switch dtype.byteCount {
    case 1: copyElements(UInt8.self, source, target, shape)
    case 2: copyElements(UInt16.self, source, target, shape)
    case 8: copyElements(UInt64.self, source, target, shape)
    default: copyElements(UInt32.self, source, target, shape)
    }
}

@inline(__always)
private func copyElements<T: FixedWidthInteger>(
    _: T.Type, _ source: StridedElements, _ target: StridedElements, _ shape: [Int]
) {
    let plan = LoopPlan(shape: shape, strides: [source.strides, target.strides])
    let from = source.pointer(T.self)
    let to = target.pointer(T.self)
    if let turned = TurnedCopy(plan) {
        turned.run(from, to)
    } else if let short = ShortRows(plan) {
        short.run(from, to)
    } else {
        let steps = plan.rowStrides
        let sourceStep = steps[0]
        let targetStep = steps[1]
        plan.run { offsets, count in
            let input = from + offsets[0]
            let output = to + offsets[1]
            if sourceStep == 1, targetStep == 1 {
                output.update(from: input, count: count)
            } else if sourceStep == 0, targetStep == 1 {
                output.update(repeating: input[0], count: count)
            } else {
                for i in 0..<count { output[i &* targetStep] = input[i &* sourceStep] }
            }
        }
    }
    withExtendedLifetime((source.storage, target.storage)) {}
}

/// A copy whose source runs along one axis and whose target runs along another: matrices are turned
/// tile by tile, so that each line of memory is read and written once and whole.
struct TurnedCopy {
    /// Elements along a tile's side.
    private static let side = 16

    /// Along the source's lines and along the target's.
    private let rows, columns: Int
    /// From one line to the next, of the source and of the target.
    private let sourceStep, targetStep: Int
    /// The other axes.
    private let outer: LoopPlan

    /// `nil` where both run along the same axis, or the tiles would be small.
    init?(_ plan: LoopPlan) {
        guard plan.shape.count >= 2,
            let row = plan.shape.indices.first(where: { plan.strides[0][$0] == 1 }),
            let column = plan.shape.indices.first(where: { plan.strides[1][$0] == 1 }),
            row != column, plan.shape[row] >= 4, plan.shape[column] >= 4,
            plan.shape[row] * plan.shape[column] >= 256
        else { return nil }
        rows = plan.shape[row]
        columns = plan.shape[column]
        sourceStep = plan.strides[0][column]
        targetStep = plan.strides[1][row]
        let others = plan.shape.indices.filter { $0 != row && $0 != column }
        outer = LoopPlan(
            shape: others.map { plan.shape[$0] },
            strides: plan.strides.map { strides in others.map { strides[$0] } })
    }

    func run<T: FixedWidthInteger>(_ from: UnsafePointer<T>, _ to: UnsafeMutablePointer<T>) {
        let side = Self.side
        let across = (columns + side - 1) / side
        // One task turns a band of `side` columns of one matrix.
        let grain = Swift.max(1, 16_384 / (side * rows))
        Parallel.forEach(count: outer.count * across, grain: grain) { range in
            withUnsafeTemporaryAllocation(of: T.self, capacity: side * side) { tile in
                guard let tile = tile.baseAddress else { return }
                for task in range {
                    let matrix = outer.offsets(at: task / across)
                    let first = task % across * side
                    turn(
                        from + matrix.0 + first * sourceStep, to + matrix.1 + first,
                        Swift.min(side, columns - first), tile)
                }
            }
        }
    }

    /// Turns `count` source lines of `rows` elements.
    @inline(__always)
    private func turn<T: FixedWidthInteger>(
        _ from: UnsafePointer<T>, _ to: UnsafeMutablePointer<T>, _ count: Int,
        _ tile: UnsafeMutablePointer<T>
    ) {
        let side = Self.side
        var row = 0
        while row &+ side <= rows, count == side {
            for line in 0..<side {
                (tile + line &* side).update(from: from + line &* sourceStep + row, count: side)
            }
            for line in 0..<side {
                let output = to + (row &+ line) &* targetStep
                for place in 0..<side { output[place] = tile[place &* side &+ line] }
            }
            row &+= side
        }
        while row < rows {
            for place in 0..<count {
                to[row &* targetStep &+ place] = from[place &* sourceStep &+ row]
            }
            row &+= 1
        }
    }
}

/// A copy of short rows, whole in source and target: rows side by side are copied in one loop.
struct ShortRows {
    /// Elements of a row, and rows side by side.
    private let length, rows: Int
    private let sourceStep, targetStep: Int
    /// The other axes.
    private let outer: LoopPlan

    /// `nil` where rows are long or not whole.
    init?(_ plan: LoopPlan) {
        let last = plan.shape.count - 1
        guard last >= 1, plan.strides[0][last] == 1, plan.strides[1][last] == 1,
            plan.shape[last] <= 1024
        else { return nil }
        length = plan.shape[last]
        rows = plan.shape[last - 1]
        sourceStep = plan.strides[0][last - 1]
        targetStep = plan.strides[1][last - 1]
        outer = LoopPlan(
            shape: Array(plan.shape[..<(last - 1)]),
            strides: plan.strides.map { Array($0[..<(last - 1)]) })
    }

    func run<T: FixedWidthInteger>(_ from: UnsafePointer<T>, _ to: UnsafeMutablePointer<T>) {
        let grain = Swift.max(1, 16_384 / Swift.max(1, length))
        Parallel.forEach(count: outer.count * rows, grain: grain) { range in
            var index = range.lowerBound
            while index < range.upperBound {
                let (source, target) = outer.offsets(at: index / rows)
                let first = index % rows
                let last = Swift.min(rows, first + range.upperBound - index)
                for row in first..<last {
                    (to + target + row &* targetStep).update(
                        from: from + source + row &* sourceStep, count: length)
                }
                index += last - first
            }
        }
    }
}

extension LoopPlan {
    /// Where the element with a row-major index lies, for the first two operands.
    fileprivate func offsets(at index: Int) -> (Int, Int) {
        var rest = index
        var result = (0, 0)
        for axis in shape.indices.reversed() {
            let position = rest % shape[axis]
            rest /= shape[axis]
            result.0 += position * strides[0][axis]
            result.1 += position * strides[1][axis]
        }
        return result
    }
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
    case 2: clear(UInt16.self)
    case 8: clear(UInt64.self)
    default: clear(UInt32.self)
    }
    withExtendedLifetime(target.storage) {}
}
