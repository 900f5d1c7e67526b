import Language
import VisionEngine

/// What `Tensor(...)` is made from: a number, a truth value, or arrays of them nested to any depth.
///
/// Whether the arrays form a box is checked by `tensor(dtype:)`, which can say what is wrong.
struct TensorLiteral: ScriptConvertible {
    private let value: Value

    static var scriptType: ScriptType {
        .oneOf("TensorElements", [.int, .double, .float, .bool, .array(.any)])
    }

    static func fromScript(_ value: Value) -> TensorLiteral? {
        switch value {
        case .int, .double, .float, .bool, .array: TensorLiteral(value: value)
        default: nil
        }
    }

    var scriptValue: Value { value }

    /// The tensor: float32 whatever the numbers are, bool for truth values, unless told otherwise.
    ///
    /// - Throws: `TensorError` for nested arrays of different lengths and for anything else in them.
    func tensor(dtype: DType?) throws -> Tensor {
        let shape = boxShape
        switch dtype ?? (firstElement.isTruthValue ? .bool : .float32) {
        case .float32:
            return try Tensor(collected(shape) { Float($0) }, shape: shape)
        case .bool:
            return try Tensor(collected(shape) { $0 != 0 }, shape: shape)
        case let integer:
            var elements = LiteralElements<Int64>(shape: shape)
            try elements.collect(value, depth: 0) { element in
                if case .int(let number) = element { return Int64(number) }
                return try Self.integer(try Self.number(element))
            }
            return try Tensor(elements.values, shape: shape).cast(to: integer)
        }
    }

    private func collected<T>(_ shape: [Int], _ convert: (Double) -> T) throws -> [T] {
        var elements = LiteralElements<T>(shape: shape)
        try elements.collect(value, depth: 0) { convert(try Self.number($0)) }
        return elements.values
    }

    /// The lengths along the first elements; the others have to agree.
    private var boxShape: [Int] {
        var shape: [Int] = []
        var next = value
        while case .array(let values) = next {
            shape.append(values.count)
            guard let first = values.first else { break }
            next = first
        }
        return shape
    }

    private var firstElement: Value {
        var next = value
        while case .array(let values) = next, let first = values.first { next = first }
        return next
    }

    private static func number(_ value: Value) throws -> Double {
        switch value {
        case .int(let number): return Double(number)
        case .double(let number): return number
        case .float(let number): return Double(number)
        case .bool(let isTrue): return isTrue ? 1 : 0
        case .object(let object) where object.base is Tensor:
            throw TensorError(
                .value, "Tensor", "the elements are tensors already",
                expected: "numbers, or stacked([...]) for tensors",
                got: "a tensor in the array")
        default:
            throw TensorError(
                .value, "Tensor", "an element is no number", expected: "numbers",
                got: "\(value.dynamicType) \(value.shortText)")
        }
    }

    private static func integer(_ number: Double) throws -> Int64 {
        guard let integer = Int64(exactly: number.rounded(.towardZero)) else {
            throw TensorError(
                .value, "Tensor", "an element does not fit the dtype",
                expected: "a number within 64 bits", got: "\(number)")
        }
        return integer
    }
}

/// Gathers the elements of nested arrays that have to form a box of a known shape.
private struct LiteralElements<Element> {
    let shape: [Int]
    private(set) var values: [Element] = []

    init(shape: [Int]) { self.shape = shape }

    mutating func collect(
        _ value: Value, depth: Int, _ convert: (Value) throws -> Element
    ) throws {
        guard case .array(let elements) = value else {
            guard depth == shape.count else {
                throw uneven(depth, got: "a number")
            }
            values.append(try convert(value))
            return
        }
        guard depth < shape.count, elements.count == shape[depth] else {
            throw uneven(depth, got: "an array of \(elements.count)")
        }
        for element in elements { try collect(element, depth: depth + 1, convert) }
    }

    private func uneven(_ depth: Int, got: String) -> TensorError {
        TensorError(
            .shape, "Tensor", "nested arrays do not form a box",
            expected: depth < shape.count
                ? "an array of \(shape[depth]) at depth \(depth)" : "a number at depth \(depth)",
            got: got)
    }
}

extension Value {
    fileprivate var isTruthValue: Bool {
        if case .bool = self { true } else { false }
    }
}
