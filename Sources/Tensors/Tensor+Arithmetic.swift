/// A plain number beside a tensor: integers keep an integer tensor's type, reals make it float32,
/// and neither widens bfloat16.
public enum TensorOperand: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, Sendable {
    /// A whole number.
    case integer(Int)
    /// A number with a fraction.
    case real(Double)

    /// A whole number.
    public init(integerLiteral value: Int) { self = .integer(value) }
    /// A number with a fraction.
    public init(floatLiteral value: Double) { self = .real(value) }

    /// A scalar tensor of the type this number has in comparisons with `other`: that of `other`,
    /// unless it cannot hold the number.
    func tensor(beside other: DType) throws -> Tensor {
        switch self {
        case .real(let value): try Tensor.full([], value, dtype: other.real)
        case .integer(let value) where other.isFloatingPoint:
            try Tensor.full([], Double(value), dtype: other)
        case .integer(let value):
            switch other {
            case .uint8 where UInt8(exactly: value) != nil,
                .int32 where Int32(exactly: value) != nil:
                try Tensor([value], shape: []).cast(to: other)
            default: try Tensor([value], shape: [])
            }
        }
    }
}

extension Tensor {
    /// `a + b`, element by element with broadcasting.
    public static func adding(_ a: Tensor, _ b: Tensor) throws -> Tensor {
        try apply(Binary(kind: .adding), to: a, b)
    }
    /// As `adding(_:_:)` of two tensors, with a number as the second operand.
    public static func adding(_ a: Tensor, _ b: TensorOperand) throws -> Tensor {
        try apply(BinaryWithNumber(kind: .adding, number: b), to: a)
    }

    /// `a - b`, element by element with broadcasting.
    public static func subtracting(_ a: Tensor, _ b: Tensor) throws -> Tensor {
        try apply(Binary(kind: .subtracting), to: a, b)
    }
    /// As `subtracting(_:_:)` of two tensors, with a number as the second operand.
    public static func subtracting(_ a: Tensor, _ b: TensorOperand) throws -> Tensor {
        try apply(BinaryWithNumber(kind: .subtracting, number: b), to: a)
    }
    /// As `subtracting(_:_:)` of two tensors, with a number as the first operand.
    public static func subtracting(_ a: TensorOperand, _ b: Tensor) throws -> Tensor {
        try apply(BinaryWithNumber(kind: .subtracting, number: a, isNumberFirst: true), to: b)
    }

    /// `a * b`, element by element with broadcasting.
    public static func multiplying(_ a: Tensor, _ b: Tensor) throws -> Tensor {
        try apply(Binary(kind: .multiplying), to: a, b)
    }
    /// As `multiplying(_:_:)` of two tensors, with a number as the second operand.
    public static func multiplying(_ a: Tensor, _ b: TensorOperand) throws -> Tensor {
        try apply(BinaryWithNumber(kind: .multiplying, number: b), to: a)
    }

    /// `a / b`, element by element with broadcasting; integers give float32.
    public static func dividing(_ a: Tensor, _ b: Tensor) throws -> Tensor {
        try apply(Binary(kind: .dividing), to: a, b)
    }
    /// As `dividing(_:_:)` of two tensors, with a number as the second operand.
    public static func dividing(_ a: Tensor, _ b: TensorOperand) throws -> Tensor {
        try apply(BinaryWithNumber(kind: .dividing, number: b), to: a)
    }
    /// As `dividing(_:_:)` of two tensors, with a number as the first operand.
    public static func dividing(_ a: TensorOperand, _ b: Tensor) throws -> Tensor {
        try apply(BinaryWithNumber(kind: .dividing, number: a, isNumberFirst: true), to: b)
    }

    /// `a ** b`, element by element with broadcasting.
    public static func power(_ a: Tensor, _ b: Tensor) throws -> Tensor {
        try apply(Binary(kind: .power), to: a, b)
    }
    /// As `power(_:_:)` of two tensors, with a number as the second operand.
    public static func power(_ a: Tensor, _ b: TensorOperand) throws -> Tensor {
        try apply(BinaryWithNumber(kind: .power, number: b), to: a)
    }
    /// As `power(_:_:)` of two tensors, with a number as the first operand.
    public static func power(_ a: TensorOperand, _ b: Tensor) throws -> Tensor {
        try apply(BinaryWithNumber(kind: .power, number: a, isNumberFirst: true), to: b)
    }

    /// `a .< b`, a bool tensor.
    public static func less(_ a: Tensor, _ b: Tensor) throws -> Tensor {
        try apply(Comparison(kind: .less), to: a, b)
    }
    /// As `less(_:_:)` of two tensors, with a number as the second operand.
    public static func less(_ a: Tensor, _ b: TensorOperand) throws -> Tensor {
        try less(a, b.tensor(beside: a.dtype))
    }

    /// `a .<= b`, a bool tensor.
    public static func lessOrEqual(_ a: Tensor, _ b: Tensor) throws -> Tensor {
        try apply(Comparison(kind: .lessOrEqual), to: a, b)
    }
    /// As `lessOrEqual(_:_:)` of two tensors, with a number as the second operand.
    public static func lessOrEqual(_ a: Tensor, _ b: TensorOperand) throws -> Tensor {
        try lessOrEqual(a, b.tensor(beside: a.dtype))
    }

    /// `a .> b`, a bool tensor.
    public static func greater(_ a: Tensor, _ b: Tensor) throws -> Tensor {
        try apply(Comparison(kind: .greater), to: a, b)
    }
    /// As `greater(_:_:)` of two tensors, with a number as the second operand.
    public static func greater(_ a: Tensor, _ b: TensorOperand) throws -> Tensor {
        try greater(a, b.tensor(beside: a.dtype))
    }

    /// `a .>= b`, a bool tensor.
    public static func greaterOrEqual(_ a: Tensor, _ b: Tensor) throws -> Tensor {
        try apply(Comparison(kind: .greaterOrEqual), to: a, b)
    }
    /// As `greaterOrEqual(_:_:)` of two tensors, with a number as the second operand.
    public static func greaterOrEqual(_ a: Tensor, _ b: TensorOperand) throws -> Tensor {
        try greaterOrEqual(a, b.tensor(beside: a.dtype))
    }

    /// `a .== b`, a bool tensor.
    public static func equal(_ a: Tensor, _ b: Tensor) throws -> Tensor {
        try apply(Comparison(kind: .equal), to: a, b)
    }
    /// As `equal(_:_:)` of two tensors, with a number as the second operand.
    public static func equal(_ a: Tensor, _ b: TensorOperand) throws -> Tensor {
        try equal(a, b.tensor(beside: a.dtype))
    }

    /// `a .!= b`, a bool tensor.
    public static func notEqual(_ a: Tensor, _ b: Tensor) throws -> Tensor {
        try apply(Comparison(kind: .notEqual), to: a, b)
    }
    /// As `notEqual(_:_:)` of two tensors, with a number as the second operand.
    public static func notEqual(_ a: Tensor, _ b: TensorOperand) throws -> Tensor {
        try notEqual(a, b.tensor(beside: a.dtype))
    }
}
