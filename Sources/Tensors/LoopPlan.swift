import OneDNN

/// A walk over a shape with one set of strides for each operand, as few and as long rows as the
/// strides allow.
struct LoopPlan {
    /// Sizes of the merged axes, outermost first; at least one.
    private(set) var shape: [Int] = []
    /// For each operand the strides of the merged axes, in elements.
    private(set) var strides: [[Int]]
    let count: Int

    init(shape: [Int], strides operands: [[Int]]) {
        count = shape.reduce(1, &*)
        strides = operands.map { _ in [] }
        for axis in shape.indices where shape[axis] != 1 {
            let merges =
                !self.shape.isEmpty
                && operands.indices.allSatisfy { operand in
                    strides[operand][strides[operand].count - 1]
                        == operands[operand][axis] * shape[axis]
                }
            if merges {
                self.shape[self.shape.count - 1] *= shape[axis]
                for operand in operands.indices {
                    strides[operand][strides[operand].count - 1] = operands[operand][axis]
                }
            } else {
                self.shape.append(shape[axis])
                for operand in operands.indices { strides[operand].append(operands[operand][axis]) }
            }
        }
        if self.shape.isEmpty {
            self.shape = [1]
            strides = operands.map { _ in [1] }
        }
    }

    /// Strides along a row, for each operand.
    var rowStrides: [Int] { strides.map { $0[$0.count - 1] } }

    /// Calls `row` with each operand's first element and a length; rows are split over the team.
    func run(grain: Int = 16_384, _ row: (_ offsets: UnsafePointer<Int>, _ count: Int) -> Void) {
        guard count > 0 else { return }
        let operands = strides.count
        let last = shape.count - 1
        let length = shape[last]
        Parallel.forEach(count: count, grain: grain) { range in
            withUnsafeTemporaryAllocation(of: Int.self, capacity: operands + shape.count) { work in
                guard let offsets = work.baseAddress else { return }
                let index = offsets + operands
                var rest = range.lowerBound
                for axis in stride(from: last, through: 0, by: -1) {
                    index[axis] = rest % shape[axis]
                    rest /= shape[axis]
                }
                for operand in 0..<operands {
                    offsets[operand] = 0
                    for axis in 0...last {
                        offsets[operand] += index[axis] * strides[operand][axis]
                    }
                }
                var position = range.lowerBound
                while true {
                    let part = min(length - index[last], range.upperBound - position)
                    row(offsets, part)
                    position += part
                    if position >= range.upperBound { return }
                    for operand in 0..<operands {
                        offsets[operand] -= index[last] * strides[operand][last]
                    }
                    index[last] = 0
                    var axis = last - 1
                    while axis >= 0 {
                        index[axis] += 1
                        for operand in 0..<operands { offsets[operand] += strides[operand][axis] }
                        if index[axis] < shape[axis] { break }
                        for operand in 0..<operands {
                            offsets[operand] -= shape[axis] * strides[operand][axis]
                        }
                        index[axis] = 0
                        axis -= 1
                    }
                }
            }
        }
    }
}
