/// A subscript resolved against a shape: the part that strides describe, then the positions that
/// index tensors list in it.
struct IndexPlan: Sendable {
    let whole: [Int]
    let view: ViewPlan
    let elements: ElementSelection?

    /// The shape of what is selected.
    var shape: [Int] { elements?.resultShape(view.shape) ?? view.shape }

    /// Whether the positions are known; index tensors without elements list none.
    var isComplete: Bool { elements.map { !$0.positions.isEmpty } ?? true }

    /// Throws a `TensorError` that names the axis, its size and the shape when a part does not fit.
    init(_ indices: [any TensorIndex], in whole: [Int]) throws {
        var resolver = Resolver(whole: whole)
        try resolver.resolve(indices.map(\.selection))
        self.whole = whole
        view = ViewPlan(starts: resolver.starts, axes: resolver.axes)
        elements = try resolver.elementSelection()
    }
}

/// Goes through the parts of a subscript from left to right.
private struct Resolver {
    let whole: [Int]
    var starts: [Int]
    var axes: [ViewPlan.Axis] = []
    /// The axis of the whole that comes next.
    private var next = 0
    /// The view's axes that index tensors select from, with their shapes and positions.
    private var listed: [(axis: Int, list: PositionList)] = []

    init(whole: [Int]) {
        self.whole = whole
        starts = [Int](repeating: 0, count: whole.count)
    }

    mutating func resolve(_ selections: [TensorSelection]) throws {
        let used = try selections.reduce(0) { try $0 + axesUsed($1) }
        guard used <= whole.count else {
            throw TensorError(
                .index, "subscript", "too many indices for shape \(whole)",
                expected: "at most \(whole.count)", got: "\(used)")
        }
        let remainders = selections.filter { if case .remainder = $0 { true } else { false } }
        guard remainders.count <= 1 else {
            throw TensorError(
                .index, "subscript", "more than one .ellipsis", expected: "at most 1",
                got: "\(remainders.count)")
        }
        for selection in selections {
            switch selection {
            case .position(let position): try fix(position)
            case .slice(let from, let to, let by): try slice(from, to, by)
            case .remainder: for _ in used..<whole.count { keepAxis() }
            case .addition: axes.append(ViewPlan.Axis(source: nil, count: 1, step: 1))
            case .elements(let tensor): try list(tensor)
            }
        }
        while next < whole.count { keepAxis() }
    }

    private func axesUsed(_ selection: TensorSelection) throws -> Int {
        switch selection {
        case .position, .slice: return 1
        case .remainder, .addition: return 0
        case .elements(let tensor):
            guard !tensor.dtype.isFloatingPoint else {
                throw TensorError(
                    .dtype, "subscript", "an index tensor holds positions or a mask",
                    expected: "integers (cast(to: .int64)) or booleans (x .> 0)",
                    got: "\(tensor.dtype)", operands: [tensor.spec])
            }
            return tensor.dtype == .bool ? tensor.rank : 1
        }
    }

    private mutating func keepAxis() {
        axes.append(ViewPlan.Axis(source: next, count: whole[next], step: 1))
        next += 1
    }

    private mutating func fix(_ position: Int) throws {
        starts[next] = try checked(position, axis: next, in: whole)
        next += 1
    }

    private mutating func slice(_ from: Int?, _ to: Int?, _ by: Int) throws {
        guard by != 0 else {
            throw TensorError(
                .index, "subscript", "the stride of axis \(next) is 0",
                expected: "a positive or negative step", got: "0")
        }
        let size = whole[next]
        // Backwards, the bound before position 0 is -1.
        let lowest = by > 0 ? 0 : -1
        let highest = by > 0 ? size : size - 1
        func bound(_ bound: Int?, _ absent: Int) -> Int {
            guard let bound else { return absent }
            return min(max(bound < 0 ? bound + size : bound, lowest), highest)
        }
        let start = bound(from, by > 0 ? 0 : size - 1)
        let end = bound(to, by > 0 ? size : -1)
        let distance = by > 0 ? end - start : start - end
        let step = Int(clamping: by.magnitude)
        let count = distance > 0 ? (distance - 1) / step + 1 : 0
        starts[next] = count > 0 ? start : 0
        axes.append(
            ViewPlan.Axis(
                source: next, count: count, step: count > 1 ? by : 1,
                reachesEnd: to == nil && by > 0 && (from ?? 0) >= 0))
        next += 1
    }

    private mutating func list(_ tensor: Tensor) throws {
        if tensor.dtype == .bool {
            for list in try PositionList.whereTrue(tensor, in: whole, axis: next) {
                listed.append((axes.count, list))
                keepAxis()
            }
            if tensor.rank == 0 {
                throw TensorError(
                    .index, "subscript", "a mask of one boolean selects no axis",
                    expected: "a mask with the shape of leading axes", got: "shape []")
            }
        } else {
            listed.append((axes.count, try PositionList(tensor, in: whole, axis: next)))
            keepAxis()
        }
    }

    /// The positions of all index tensors, broadcast to one shape.
    func elementSelection() throws -> ElementSelection? {
        guard !listed.isEmpty else { return nil }
        var shape: [Int] = []
        for (_, list) in listed {
            guard let joint = broadcastShape(shape, list.shape) else {
                let shapes = listed.map { "\($0.list.shape)" }.joined(separator: " and ")
                throw TensorError(
                    .shape, "subscript", "the index tensors' shapes do not broadcast",
                    expected: "equal sizes or 1", got: shapes)
            }
            shape = joint
        }
        try PositionList.requireRoom(for: shape, axes: listed.count)
        let known = listed.allSatisfy { $0.list.positions != nil }
        return ElementSelection(
            selected: listed.map(\.axis), rank: axes.count, shape: shape,
            positions: known ? listed.map { $0.list.broadcast(to: shape) } : [])
    }
}

/// `position` counted from the front of an axis.
func checked(_ position: Int, axis: Int, in shape: [Int]) throws -> Int {
    let size = shape[axis]
    let resolved = position < 0 ? position + size : position
    guard resolved >= 0, resolved < size else {
        throw TensorError(
            .index, "subscript",
            "index \(position) is out of range for axis \(axis) with size \(size) (shape \(shape))",
            expected: size == 0 ? "no index, the axis is empty" : "\(-size)...\(size - 1)")
    }
    return resolved
}
