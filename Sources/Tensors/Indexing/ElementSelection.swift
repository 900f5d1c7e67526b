import OneDNN

/// The positions that index tensors list along some axes of a view.
///
/// Each combination of the remaining axes sees the same positions. The result has the positions'
/// shape in the place of the selected axes where those stand side by side, else in front.
struct ElementSelection: Sendable {
    /// The selected axes of the view.
    let selected: [Int]
    /// The axes before and after the positions in the result.
    let outer: [Int]
    let inner: [Int]
    /// What the index tensors broadcast to.
    let shape: [Int]
    /// For each selected axis the position at each place of `shape`; empty where they are unknown.
    let positions: [[Int]]

    init(selected: [Int], rank: Int, shape: [Int], positions: [[Int]]) {
        self.selected = selected
        self.shape = shape
        self.positions = positions
        let others = (0..<rank).filter { !selected.contains($0) }
        if selected.count == selected[selected.count - 1] - selected[0] + 1 {
            outer = others.filter { $0 < selected[0] }
            inner = others.filter { $0 > selected[0] }
        } else {
            outer = []
            inner = others
        }
    }

    /// The result's shape.
    func resultShape(_ view: [Int]) -> [Int] {
        outer.map { view[$0] } + shape + inner.map { view[$0] }
    }

    /// Where each element of the result lies in the view.
    func grid(_ view: StridedElements, shape viewShape: [Int]) -> ElementGrid {
        func table(_ axes: [Int]) -> [Int] {
            var offsets = [0]
            for axis in axes {
                let stride = view.strides[axis]
                offsets = offsets.flatMap { start in
                    (0..<viewShape[axis]).map { start + $0 * stride }
                }
            }
            return offsets
        }
        var middle = [Int](repeating: 0, count: shape.reduce(1, &*))
        for (axis, positions) in zip(selected, positions) {
            let stride = view.strides[axis]
            for index in middle.indices { middle[index] += positions[index] * stride }
        }
        return ElementGrid(outer: table(outer), middle: middle, inner: table(inner))
    }
}

/// Elements at the sums of three offsets, in the order outer, middle, inner.
struct ElementGrid {
    let outer: [Int]
    let middle: [Int]
    let inner: [Int]
    /// Whether inner elements follow on one another, and are so many that moving them at once pays.
    let isRun: Bool

    init(outer: [Int], middle: [Int], inner: [Int]) {
        self.outer = outer
        self.middle = middle
        self.inner = inner
        isRun = inner.count >= 16 && inner.enumerated().allSatisfy { $0 == $1 }
    }

    /// Calls `row` for each run of inner elements with the first one's place and, in dense order,
    /// its index.
    @inline(__always)
    func forEachRow(_ row: (_ place: Int, _ index: Int) -> Void) {
        guard !inner.isEmpty else { return }
        var index = 0
        for start in outer {
            for offset in middle {
                row(start + offset, index)
                index += inner.count
            }
        }
    }

    /// Copies the elements into dense order.
    func gather<T>(_: T.Type, from source: UnsafePointer<T>, to target: UnsafeMutablePointer<T>) {
        let rows = outer.count * middle.count
        outer.withUnsafeBufferPointer { outer in
            middle.withUnsafeBufferPointer { middle in
                inner.withUnsafeBufferPointer { inner in
                    let count = inner.count
                    Parallel.forEach(
                        count: rows, grain: Swift.max(1, 8192 / Swift.max(1, count))
                    ) { range in
                        for row in range {
                            let from =
                                source + outer[row / middle.count]
                                + middle[row % middle.count]
                            let to = target + row * count
                            if isRun {
                                to.update(from: from, count: count)
                            } else {
                                for i in 0..<count { to[i] = from[inner[i]] }
                            }
                        }
                    }
                }
            }
        }
    }

    /// Copies dense elements to their places; where places repeat, the last one stays.
    func scatter<T>(_: T.Type, from source: UnsafePointer<T>, to target: UnsafeMutablePointer<T>) {
        inner.withUnsafeBufferPointer { inner in
            forEachRow { place, index in
                if isRun {
                    (target + place).update(from: source + index, count: inner.count)
                } else {
                    for i in 0..<inner.count { target[place + inner[i]] = source[index + i] }
                }
            }
        }
    }

    /// Adds dense elements to those at their places.
    func add(_ source: UnsafePointer<Float>, to target: UnsafeMutablePointer<Float>) {
        inner.withUnsafeBufferPointer { inner in
            forEachRow { place, index in
                for i in 0..<inner.count { target[place + inner[i]] += source[index + i] }
            }
        }
    }

    /// Sets the elements to one value.
    func set<T>(_ value: T, in target: UnsafeMutablePointer<T>) {
        inner.withUnsafeBufferPointer { inner in
            forEachRow { place, _ in
                for i in 0..<inner.count { target[place + inner[i]] = value }
            }
        }
    }
}
