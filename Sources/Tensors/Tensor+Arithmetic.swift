/// A plain number beside a tensor: integers keep an integer tensor's type, reals make it float32.
public enum TensorOperand: ExpressibleByIntegerLiteral, ExpressibleByFloatLiteral, Sendable {
    case integer(Int)
    case real(Double)

    public init(integerLiteral value: Int) { self = .integer(value) }
    public init(floatLiteral value: Double) { self = .real(value) }

    /// A scalar tensor of the type this number has beside `other`.
    func tensor(beside other: DType) throws -> Tensor {
        switch self {
        case .real(let value): try Tensor.full([], value)
        case .integer(let value) where other == .float32: try Tensor.full([], Double(value))
        case .integer(let value):
            try Tensor([value], shape: []).cast(to: other == .bool ? .int64 : other)
        }
    }
}

extension Tensor {
    /// `a + b`, element by element with broadcasting.
    public static func adding(_ a: Tensor, _ b: Tensor) throws -> Tensor {
        try apply(Binary(kind: .adding), to: a, b)
    }
    public static func adding(_ a: Tensor, _ b: TensorOperand) throws -> Tensor {
        try adding(a, b.tensor(beside: a.dtype))
    }

    /// `a - b`, element by element with broadcasting.
    public static func subtracting(_ a: Tensor, _ b: Tensor) throws -> Tensor {
        try apply(Binary(kind: .subtracting), to: a, b)
    }
    public static func subtracting(_ a: Tensor, _ b: TensorOperand) throws -> Tensor {
        try subtracting(a, b.tensor(beside: a.dtype))
    }
    public static func subtracting(_ a: TensorOperand, _ b: Tensor) throws -> Tensor {
        try subtracting(a.tensor(beside: b.dtype), b)
    }

    /// `a * b`, element by element with broadcasting.
    public static func multiplying(_ a: Tensor, _ b: Tensor) throws -> Tensor {
        try apply(Binary(kind: .multiplying), to: a, b)
    }
    public static func multiplying(_ a: Tensor, _ b: TensorOperand) throws -> Tensor {
        try multiplying(a, b.tensor(beside: a.dtype))
    }

    /// `a / b`, element by element with broadcasting; integers give float32.
    public static func dividing(_ a: Tensor, _ b: Tensor) throws -> Tensor {
        try apply(Binary(kind: .dividing), to: a, b)
    }
    public static func dividing(_ a: Tensor, _ b: TensorOperand) throws -> Tensor {
        try dividing(a, b.tensor(beside: a.dtype))
    }
    public static func dividing(_ a: TensorOperand, _ b: Tensor) throws -> Tensor {
        try dividing(a.tensor(beside: b.dtype), b)
    }

    /// `a ** b`, element by element with broadcasting.
    public static func power(_ a: Tensor, _ b: Tensor) throws -> Tensor {
        try apply(Binary(kind: .power), to: a, b)
    }
    public static func power(_ a: Tensor, _ b: TensorOperand) throws -> Tensor {
        try power(a, b.tensor(beside: a.dtype))
    }
    public static func power(_ a: TensorOperand, _ b: Tensor) throws -> Tensor {
        try power(a.tensor(beside: b.dtype), b)
    }

    /// `a .< b`, a bool tensor.
    public static func less(_ a: Tensor, _ b: Tensor) throws -> Tensor {
        try apply(Comparison(kind: .less), to: a, b)
    }
    public static func less(_ a: Tensor, _ b: TensorOperand) throws -> Tensor {
        try less(a, b.tensor(beside: a.dtype))
    }

    /// `a .<= b`, a bool tensor.
    public static func lessOrEqual(_ a: Tensor, _ b: Tensor) throws -> Tensor {
        try apply(Comparison(kind: .lessOrEqual), to: a, b)
    }
    public static func lessOrEqual(_ a: Tensor, _ b: TensorOperand) throws -> Tensor {
        try lessOrEqual(a, b.tensor(beside: a.dtype))
    }

    /// `a .> b`, a bool tensor.
    public static func greater(_ a: Tensor, _ b: Tensor) throws -> Tensor {
        try apply(Comparison(kind: .greater), to: a, b)
    }
    public static func greater(_ a: Tensor, _ b: TensorOperand) throws -> Tensor {
        try greater(a, b.tensor(beside: a.dtype))
    }

    /// `a .>= b`, a bool tensor.
    public static func greaterOrEqual(_ a: Tensor, _ b: Tensor) throws -> Tensor {
        try apply(Comparison(kind: .greaterOrEqual), to: a, b)
    }
    public static func greaterOrEqual(_ a: Tensor, _ b: TensorOperand) throws -> Tensor {
        try greaterOrEqual(a, b.tensor(beside: a.dtype))
    }

    /// `a .== b`, a bool tensor.
    public static func equal(_ a: Tensor, _ b: Tensor) throws -> Tensor {
        try apply(Comparison(kind: .equal), to: a, b)
    }
    public static func equal(_ a: Tensor, _ b: TensorOperand) throws -> Tensor {
        try equal(a, b.tensor(beside: a.dtype))
    }

    /// `a .!= b`, a bool tensor.
    public static func notEqual(_ a: Tensor, _ b: Tensor) throws -> Tensor {
        try apply(Comparison(kind: .notEqual), to: a, b)
    }
    public static func notEqual(_ a: Tensor, _ b: TensorOperand) throws -> Tensor {
        try notEqual(a, b.tensor(beside: a.dtype))
    }
}
