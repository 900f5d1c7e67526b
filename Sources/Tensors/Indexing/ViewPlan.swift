/// A part of a tensor that strides can describe: where it starts on each axis of the whole, and
/// what its own axes run along.
struct ViewPlan: Sendable {
    struct Axis: Sendable {
        /// The axis of the whole; `nil` for a new one.
        var source: Int?
        var count: Int
        var step: Int
        /// Whether it runs to the end of the whole, whatever its size.
        var reachesEnd = false
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
