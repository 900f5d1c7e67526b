/// A tensor's elements as lists nested as deep as the tensor has axes.
///
///     try Tensor([[1, 2], [3, 4]]).array()  // [[1.0, 2.0], [3.0, 4.0]]
public indirect enum NestedNumbers: Hashable, Sendable, CustomStringConvertible {
    /// An element of a float32 or bfloat16 tensor.
    case real(Double)
    /// An element of an integer tensor.
    case integer(Int)
    /// An element of a bool tensor.
    case boolean(Bool)
    /// What lies along one axis; empty where its size is 0.
    case list([NestedNumbers])

    /// A `Double`, `Int` or `Bool`, or an array of such values.
    public var value: Any {
        switch self {
        case .real(let value): value
        case .integer(let value): value
        case .boolean(let value): value
        case .list(let values): values.map(\.value)
        }
    }

    /// As Swift prints such arrays.
    public var description: String {
        switch self {
        case .real(let value): "\(value)"
        case .integer(let value): "\(value)"
        case .boolean(let value): "\(value)"
        case .list(let values): "[" + values.map(\.description).joined(separator: ", ") + "]"
        }
    }
}

extension Tensor {
    /// The elements as nested lists of `Double`, `Int` or `Bool`; a tensor without axes is a number.
    ///
    /// Throws when the tensor is symbolic or has so many elements that the lists would not fit.
    public func array() throws -> NestedNumbers {
        // A list takes some fifty bytes for each element.
        guard count < Memory.budget / 64 else {
            throw TensorError(
                .memory, "array", "too many elements for nested lists",
                expected: "fewer than \(Memory.budget / 64)", got: "\(count)", operands: [spec])
        }
        let reader = try located("array") { try ElementReader(self) }
        func nested(_ axis: Int, _ offset: Int) -> NestedNumbers {
            if axis == reader.shape.count { return reader.number(at: offset) }
            let step = reader.stride(axis)
            return .list((0..<reader.shape[axis]).map { nested(axis + 1, offset + $0 * step) })
        }
        return nested(0, 0)
    }
}
