import OneDNN

/// The type of a tensor's elements.
///
/// Operations on two types promote in the order bool, uint8, int32, int64, float32: the result has
/// the later one.
public enum DType: String, Sendable, CaseIterable, CustomStringConvertible {
    case float32, uint8, int32, int64, bool

    /// Bytes of one element.
    public var byteCount: Int {
        switch self {
        case .float32, .int32: 4
        case .int64: 8
        case .uint8, .bool: 1
        }
    }

    /// Whether elements are real numbers, which is what gradients need.
    public var isFloatingPoint: Bool { self == .float32 }

    public var description: String { rawValue }

    /// The type that holds both operands' values.
    public static func promoted(_ left: DType, _ right: DType) -> DType {
        left.rank >= right.rank ? left : right
    }

    private var rank: Int {
        switch self {
        case .bool: 0
        case .uint8: 1
        case .int32: 2
        case .int64: 3
        case .float32: 4
        }
    }

    /// The type under which oneDNN moves elements of this type, where it has one.
    var elementType: ElementType? {
        switch self {
        case .float32: .float32
        case .int32: .int32
        case .uint8, .bool: .uint8
        case .int64: nil
        }
    }
}

/// A Swift type whose values tensors are made from and read as.
public protocol TensorScalar: Sendable {
    /// The element type that holds values of this Swift type; `Double` is held as float32.
    static var dtype: DType { get }
    var tensorReal: Double { get }
    var tensorInteger: Int64 { get }
    init(tensorReal: Double)
    init(tensorInteger: Int64)
}

extension Float: TensorScalar {
    public static var dtype: DType { .float32 }
    public var tensorReal: Double { Double(self) }
    public var tensorInteger: Int64 { truncated(Double(self)) }
    public init(tensorReal: Double) { self = Float(tensorReal) }
    public init(tensorInteger: Int64) { self = Float(tensorInteger) }
}

extension Double: TensorScalar {
    public static var dtype: DType { .float32 }
    public var tensorReal: Double { self }
    public var tensorInteger: Int64 { truncated(self) }
    public init(tensorReal: Double) { self = tensorReal }
    public init(tensorInteger: Int64) { self = Double(tensorInteger) }
}

extension UInt8: TensorScalar {
    public static var dtype: DType { .uint8 }
    public var tensorReal: Double { Double(self) }
    public var tensorInteger: Int64 { Int64(self) }
    public init(tensorReal: Double) { self = UInt8(truncatingIfNeeded: truncated(tensorReal)) }
    public init(tensorInteger: Int64) { self = UInt8(truncatingIfNeeded: tensorInteger) }
}

extension Int32: TensorScalar {
    public static var dtype: DType { .int32 }
    public var tensorReal: Double { Double(self) }
    public var tensorInteger: Int64 { Int64(self) }
    public init(tensorReal: Double) { self = Int32(truncatingIfNeeded: truncated(tensorReal)) }
    public init(tensorInteger: Int64) { self = Int32(truncatingIfNeeded: tensorInteger) }
}

extension Int64: TensorScalar {
    public static var dtype: DType { .int64 }
    public var tensorReal: Double { Double(self) }
    public var tensorInteger: Int64 { self }
    public init(tensorReal: Double) { self = truncated(tensorReal) }
    public init(tensorInteger: Int64) { self = tensorInteger }
}

extension Int: TensorScalar {
    public static var dtype: DType { .int64 }
    public var tensorReal: Double { Double(self) }
    public var tensorInteger: Int64 { Int64(self) }
    public init(tensorReal: Double) { self = Int(truncated(tensorReal)) }
    public init(tensorInteger: Int64) { self = Int(tensorInteger) }
}

extension Bool: TensorScalar {
    public static var dtype: DType { .bool }
    public var tensorReal: Double { self ? 1 : 0 }
    public var tensorInteger: Int64 { self ? 1 : 0 }
    public init(tensorReal: Double) { self = tensorReal != 0 }
    public init(tensorInteger: Int64) { self = tensorInteger != 0 }
}

/// The integer part; what no 64-bit integer holds becomes the nearest one, and NaN becomes 0.
@inline(__always)
private func truncated(_ value: Double) -> Int64 {
    if value.isNaN { return 0 }
    if value >= 0x1p63 { return .max }
    if value < -0x1p63 { return .min }
    return Int64(value)
}
