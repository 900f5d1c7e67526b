/// A brain floating-point number: the upper half of a `Float`, with its range and 8 bits of
/// precision (https://arxiv.org/abs/1905.12322). Arithmetic happens in `Float`.
package struct BFloat16: Sendable, Equatable, BitwiseCopyable {
    package var bits: UInt16

    @inline(__always)
    package init(bits: UInt16) { self.bits = bits }

    /// The nearest number, halves to the even one; NaN stays NaN.
    @inline(__always)
    package init(_ value: Float) {
        let bits = value.bitPattern
        let rounded = (bits &+ 0x7FFF &+ (bits >> 16 & 1)) >> 16
        let quiet = bits >> 16 | 0x40
        self.bits = UInt16(truncatingIfNeeded: value != value ? quiet : rounded)
    }

    @inline(__always)
    package var float: Float { Float(bitPattern: UInt32(bits) << 16) }

    /// As numbers compare: NaN equals nothing, and -0 equals 0.
    @inline(__always)
    package static func == (left: BFloat16, right: BFloat16) -> Bool { left.float == right.float }
}

extension BFloat16: Comparable {
    @inline(__always)
    package static func < (left: BFloat16, right: BFloat16) -> Bool { left.float < right.float }
    @inline(__always)
    package static func <= (left: BFloat16, right: BFloat16) -> Bool { left.float <= right.float }
    @inline(__always)
    package static func > (left: BFloat16, right: BFloat16) -> Bool { left.float > right.float }
    @inline(__always)
    package static func >= (left: BFloat16, right: BFloat16) -> Bool { left.float >= right.float }
}

extension BFloat16: TensorScalar {
    package static var dtype: DType { .bfloat16 }
    package var tensorReal: Double { Double(float) }
    package var tensorInteger: Int64 { float.tensorInteger }
    package init(tensorReal: Double) { self.init(Float(tensorReal)) }
    package init(tensorInteger: Int64) { self.init(Float(tensorInteger)) }
}

/// An element of a real tensor: kernels load it, compute in `Float`, and round the result.
package protocol RealElement: TensorScalar, Comparable, BitwiseCopyable {
    init(_ value: Float)
    var float: Float { get }
}

extension BFloat16: RealElement {}

extension Float: RealElement {
    @inline(__always)
    package var float: Float { self }
}
