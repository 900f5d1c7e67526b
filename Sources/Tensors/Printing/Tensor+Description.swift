extension Tensor: CustomStringConvertible {
    /// The elements in nested brackets, one row a line; a tensor without axes is its number.
    ///
    ///     print(try Tensor([[1, 2.5], [3, 4]]))
    ///     // [[1.0, 2.5],
    ///     //  [3.0, 4.0]]
    ///
    /// Matrices of a larger tensor stand apart by a blank line. Beyond 1,000 elements only the first
    /// and last three of each axis are shown.
    public var description: String {
        guard !isSymbolic else { return "Tensor \(shape) \(dtype) (shape only)" }
        do {
            return try TensorText(self).text
        } catch {
            return "Tensor \(shape) \(dtype) (\(error))"
        }
    }
}

/// The printed form of a tensor.
struct TensorText {
    /// The most elements that are printed in full.
    static let fullCount = 1000
    /// How many elements stand at each end of a shortened axis.
    static let edge = 3
    /// The most elements of a shortened tensor with many axes.
    private static let mostElements = 10_000

    let text: String

    init(_ tensor: Tensor) throws {
        let reader = try ElementReader(tensor)
        let axes = Self.shownPositions(tensor.shape)
        var numbers: [NestedNumbers] = []
        if tensor.count > 0 {
            Self.collect(reader, axes, axis: 0, offset: 0, into: &numbers)
        }
        let format = NumberFormat(magnitude: Self.magnitude(numbers))
        var rest = numbers.map { Self.string($0, format) }[...]
        text = Self.lines(axes, axis: 0, from: &rest)
    }

    /// How one number is written.
    static func string(_ number: NestedNumbers, _ format: NumberFormat) -> String {
        switch number {
        case .real(let value): format.string(value)
        case .integer(let value): "\(value)"
        case .boolean(let value): "\(value)"
        case .list: ""
        }
    }

    /// The largest finite magnitude among real numbers.
    static func magnitude(_ numbers: [NestedNumbers]) -> Double {
        numbers.reduce(0) { largest, number in
            guard case .real(let value) = number, value.isFinite else { return largest }
            return max(largest, value.magnitude)
        }
    }

    /// For each axis the positions that are shown, with `nil` for those left out.
    private static func shownPositions(_ shape: [Int]) -> [[Int?]] {
        let isFull = shape.reduce(1, &*) <= fullCount
        var axes = shape.map { size -> [Int?] in
            if isFull || size <= 2 * edge { return Array(0..<size) }
            return [0, 1, 2, nil, size - 3, size - 2, size - 1]
        }
        guard !isFull else { return axes }
        for axis in axes.indices.dropLast(2) {
            if axes.reduce(1.0, { $0 * Double($1.count) }) <= Double(mostElements) { break }
            if axes[axis].count > 1 { axes[axis] = [0, nil] }
        }
        return axes
    }

    private static func collect(
        _ reader: ElementReader, _ axes: [[Int?]], axis: Int, offset: Int,
        into numbers: inout [NestedNumbers]
    ) {
        if axis == axes.count { return numbers.append(reader.number(at: offset)) }
        let step = reader.stride(axis)
        for case let position? in axes[axis] {
            collect(reader, axes, axis: axis + 1, offset: offset + position * step, into: &numbers)
        }
    }

    private static func lines(
        _ axes: [[Int?]], axis: Int, from numbers: inout ArraySlice<String>
    ) -> String {
        if axis == axes.count { return numbers.popFirst() ?? "" }
        if axes[axis...].contains(where: \.isEmpty) { return "[]" }
        let parts = axes[axis].map { position in
            position == nil ? "..." : lines(axes, axis: axis + 1, from: &numbers)
        }
        let below = axes.count - axis - 1
        let separator =
            below == 0
            ? ", "
            : "," + String(repeating: "\n", count: below == 1 ? 1 : 2)
                + String(repeating: " ", count: axis + 1)
        return "[" + parts.joined(separator: separator) + "]"
    }
}
