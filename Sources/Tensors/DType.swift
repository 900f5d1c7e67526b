import OneDNN

/// The type of a tensor's elements.
///
/// An operation on two tensors computes in the type that holds both, the later one in the order
/// bool, uint8, int32, int64, bfloat16, float32:
///
/// |          | bool     | uint8    | int32    | int64    | bfloat16 | float32 |
/// |----------|----------|----------|----------|----------|----------|---------|
/// | bool     | bool     | uint8    | int32    | int64    | bfloat16 | float32 |
/// | uint8    | uint8    | uint8    | int32    | int64    | bfloat16 | float32 |
/// | int32    | int32    | int32    | int32    | int64    | bfloat16 | float32 |
/// | int64    | int64    | int64    | int64    | int64    | bfloat16 | float32 |
/// | bfloat16 | bfloat16 | bfloat16 | bfloat16 | bfloat16 | bfloat16 | float32 |
/// | float32  | float32  | float32  | float32  | float32  | float32  | float32 |
///
/// A plain number beside a tensor (`x * 2`, `x + 0.5`) never widens a real tensor: bfloat16 stays
/// bfloat16. An integer beside an integer tensor keeps the tensor's type (beside bool it gives
/// int64), and a number with a fraction beside an integer tensor gives float32.
/// `/`, `mean`, `exp` and other real functions of integers give float32; comparisons give bool;
/// `sum` and `product` of integers and booleans give int64.
public enum DType: String, Sendable, CaseIterable, CustomStringConvertible {
    /// Real numbers of 32 bits, about 7 decimal digits.
    case float32
    /// Real numbers of 16 bits: the range of float32, 2 to 3 decimal digits.
    case bfloat16
    /// Whole numbers in 0...255, as images have them.
    case uint8
    /// Whole numbers of 32 bits.
    case int32
    /// Whole numbers of 64 bits, such as labels and sums of integers.
    case int64
    /// `true` or `false`, one byte each; what comparisons give.
    case bool

    /// Bytes of one element.
    public var byteCount: Int {
        switch self {
        case .float32, .int32: 4
        case .int64: 8
        case .bfloat16: 2
        case .uint8, .bool: 1
        }
    }

    /// Whether elements are real numbers, which is what gradients need.
    public var isFloatingPoint: Bool { self == .float32 || self == .bfloat16 }

    /// The type in which real functions of this type's values are given: itself where it is real,
    /// else float32.
    var real: DType { isFloatingPoint ? self : .float32 }

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
        case .bfloat16: 4
        case .float32: 5
        }
    }

    /// The type for which oneDNN compiles element-wise kernels on this processor, where it does.
    var compiledType: ElementType? {
        isFloatingPoint && kernelType == elementType ? elementType : nil
    }

    /// The type under which oneDNN moves elements of this type, where it has one.
    var elementType: ElementType? {
        switch self {
        case .float32: .float32
        case .bfloat16: .bfloat16
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
    /// The value as a real number; booleans are 0 and 1.
    var tensorReal: Double { get }
    /// The value without its fraction, at the bounds of 64 bits where it lies beyond.
    var tensorInteger: Int64 { get }
    /// The value of a real element; integers lose the fraction, anything but 0 is `true`.
    init(tensorReal: Double)
    /// The value of a whole element; shorter integers keep its lowest bits.
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
