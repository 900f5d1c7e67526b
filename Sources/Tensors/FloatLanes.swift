import OneDNN

/// Several neighbouring floats that a kernel computes with at once.
@usableFromInline package typealias FloatLanes = SIMD8<Float>

extension FloatLanes {
    /// How many floats there are.
    @inlinable @inline(__always)
    package static var width: Int { 8 }

    /// The least multiple of the width that holds `count` elements.
    static func padded(_ count: Int) -> Int { (count + width - 1) / width * width }

    @inlinable @inline(__always)
    package init(at pointer: UnsafePointer<Float>) {
        self = UnsafeRawPointer(pointer).loadUnaligned(as: FloatLanes.self)
    }

    @inlinable @inline(__always)
    package func store(at pointer: UnsafeMutablePointer<Float>) {
        UnsafeMutableRawPointer(pointer).storeBytes(of: self, as: FloatLanes.self)
    }

    /// The greatest lane, of lanes that are numbers.
    @inline(__always)
    var greatestLane: Float {
        let four = lowHalf.replacing(with: highHalf, where: highHalf .> lowHalf)
        let two = four.lowHalf.replacing(
            with: four.highHalf, where: four.highHalf .> four.lowHalf)
        return two.y > two.x ? two.y : two.x
    }

    /// The sum of all lanes, added by halves.
    @inlinable @inline(__always)
    package var laneTotal: Float {
        let four = lowHalf + highHalf
        let two = four.lowHalf + four.highHalf
        return two.x + two.y
    }

    /// The greater of each pair; a lane of `other` that is NaN is passed over.
    @inline(__always)
    func greater(_ other: FloatLanes) -> FloatLanes { replacing(with: other, where: other .> self) }
}

/// An element that kernels load and store by lanes and compute with in float32.
protocol LaneElement: RealElement {
    static func lanes(at pointer: UnsafePointer<Self>) -> FloatLanes
    static func store(_ lanes: FloatLanes, at pointer: UnsafeMutablePointer<Self>)

    /// `C = A B + beta C` over row-major matrices of this type; C is float32.
    static func product(
        transposeA: Bool, transposeB: Bool, rows: Int, columns: Int, inner: Int,
        _ a: UnsafePointer<Self>, leadingA: Int, _ b: UnsafePointer<Self>, leadingB: Int,
        beta: Float, _ c: UnsafeMutablePointer<Float>, leadingC: Int
    ) throws(OneDNNError)
}

extension Float: LaneElement {
    @inline(__always)
    static func lanes(at pointer: UnsafePointer<Float>) -> FloatLanes { FloatLanes(at: pointer) }

    @inline(__always)
    static func store(_ lanes: FloatLanes, at pointer: UnsafeMutablePointer<Float>) {
        lanes.store(at: pointer)
    }

    static func product(
        transposeA: Bool, transposeB: Bool, rows: Int, columns: Int, inner: Int,
        _ a: UnsafePointer<Float>, leadingA: Int, _ b: UnsafePointer<Float>, leadingB: Int,
        beta: Float, _ c: UnsafeMutablePointer<Float>, leadingC: Int
    ) throws(OneDNNError) {
        try matrixProduct(
            transposeA: transposeA, transposeB: transposeB, rows: rows, columns: columns,
            inner: inner, a, leadingA: leadingA, b, leadingB: leadingB, beta: beta, c,
            leadingC: leadingC)
    }
}

extension BFloat16: LaneElement {
    @inline(__always)
    static func lanes(at pointer: UnsafePointer<BFloat16>) -> FloatLanes {
        // Conversions of integer vectors are calls here and there; halves of a vector are shuffles.
        var whole = SIMD16<UInt16>.zero
        whole.oddHalf = UnsafeRawPointer(pointer).loadUnaligned(as: SIMD8<UInt16>.self)
        return unsafeBitCast(whole, to: FloatLanes.self)
    }

    @inline(__always)
    static func store(_ lanes: FloatLanes, at pointer: UnsafeMutablePointer<BFloat16>) {
        let bits = unsafeBitCast(lanes, to: SIMD8<UInt32>.self)
        let one = SIMD8<UInt32>(repeating: 1)
        let rounded = bits &+ 0x7FFF &+ ((bits &>> 16) & one)
        let quiet = bits | 0x40_0000
        let whole = quiet.replacing(with: rounded, where: lanes .== lanes)
        let result = unsafeBitCast(whole, to: SIMD16<UInt16>.self).oddHalf
        UnsafeMutableRawPointer(pointer).storeBytes(of: result, as: SIMD8<UInt16>.self)
    }

    static func product(
        transposeA: Bool, transposeB: Bool, rows: Int, columns: Int, inner: Int,
        _ a: UnsafePointer<BFloat16>, leadingA: Int, _ b: UnsafePointer<BFloat16>, leadingB: Int,
        beta: Float, _ c: UnsafeMutablePointer<Float>, leadingC: Int
    ) throws(OneDNNError) {
        try bfloat16MatrixProduct(
            transposeA: transposeA, transposeB: transposeB, rows: rows, columns: columns,
            inner: inner, a, leadingA: leadingA, b, leadingB: leadingB, beta: beta, c,
            leadingC: leadingC)
    }
}

/// `a * b + c`, rounded once where the processor that is built for has an instruction for it.
@inlinable @inline(__always)
package func multiplyAdd(_ a: FloatLanes, _ b: FloatLanes, _ c: FloatLanes) -> FloatLanes {
    #if FUSED_MULTIPLY_ADD
    c.addingProduct(a, b)
    #else
    a * b + c
    #endif
}

/// `multiplyAdd` with a number for each lane.
@inline(__always)
func multiplyAdd(_ a: FloatLanes, _ b: FloatLanes, _ c: Float) -> FloatLanes {
    multiplyAdd(a, b, FloatLanes(repeating: c))
}

/// `e` to the power of each lane, within two units in the last place.
///
/// Range reduction by `ln 2` and the polynomial of Cephes' `expf` (Moshier 1992). Below -86.98 the
/// result is 0; NaN stays NaN.
@inline(__always)
func exponential(_ x: FloatLanes) -> FloatLanes {
    let low = FloatLanes(repeating: -87.336_54)
    let high = FloatLanes(repeating: 89)
    let bounded = x.replacing(with: low, where: x .< low).replacing(with: high, where: x .> high)
    // Adding 1.5 * 2^23 rounds to an integer n and leaves it in the low bits; 126 more make the
    // exponent bits of 2^(n - 1) of it. 2^128 is no float, so that a factor 2 remains.
    let magic = FloatLanes(repeating: 12_582_912 + 126)
    let shifted = multiplyAdd(bounded, FloatLanes(repeating: 1.442_695_04), magic)
    let whole = shifted - magic
    var r = multiplyAdd(whole, FloatLanes(repeating: -0.693_359_375), bounded)
    r = multiplyAdd(whole, FloatLanes(repeating: 2.121_944_4e-4), r)
    var p = multiplyAdd(r, FloatLanes(repeating: 1.987_569_15e-4), 1.398_199_95e-3)
    p = multiplyAdd(p, r, 8.333_451_9e-3)
    p = multiplyAdd(p, r, 4.166_579_6e-2)
    p = multiplyAdd(p, r, 0.166_666_65)
    p = multiplyAdd(p, r, 0.5)
    p = multiplyAdd(p, r * r, r) + 1
    let power = unsafeBitCast(
        unsafeBitCast(shifted, to: SIMD8<UInt32>.self) &<< 23, to: FloatLanes.self)
    return p * power * 2
}

/// The sum of `count` floats, in eight running sums.
@inline(__always)
func laneSum(_ count: Int, _ value: (Int) -> FloatLanes, _ rest: (Int) -> Float) -> Float {
    var total = FloatLanes.zero
    var index = 0
    while index &+ FloatLanes.width <= count {
        total += value(index)
        index &+= FloatLanes.width
    }
    var sum = total.sum()
    while index < count {
        sum += rest(index)
        index &+= 1
    }
    return sum
}

/// `exp(x - top)` of a row with its greatest element `top`, which is returned with the sum. NaN is
/// passed over in search of the greatest, and makes the sum NaN.
@inline(__always)
func rowExponentials<E: LaneElement>(
    _ x: UnsafePointer<E>, _ count: Int, into result: UnsafeMutablePointer<Float>
) -> (top: Float, total: Float) {
    let width = FloatLanes.width
    guard count >= width else {
        var rest = FloatLanes(repeating: -.infinity)
        for i in 0..<count { rest[i] = x[i].float }
        let top = rest.replacing(with: -.infinity, where: rest .!= rest).greatestLane
        let power = exponential(rest - top)
        var total: Float = 0
        for i in 0..<count {
            result[i] = power[i]
            total += power[i]
        }
        return (top, total)
    }
    // The last lanes overlap those before them, which the sum then leaves out.
    let last = count - width
    var greatest = FloatLanes(repeating: -.infinity).greater(E.lanes(at: x + last))
    var other = greatest
    var i = 0
    while i &+ 2 &* width <= count {
        greatest = greatest.greater(E.lanes(at: x + i))
        other = other.greater(E.lanes(at: x + i + width))
        i &+= 2 &* width
    }
    if i < last { greatest = greatest.greater(E.lanes(at: x + i)) }
    let top = greatest.greater(other).greatestLane
    var total = FloatLanes.zero
    i = 0
    while i &+ width <= count {
        let power = exponential(E.lanes(at: x + i) - top)
        power.store(at: result + i)
        total += power
        i &+= width
    }
    if i < count {
        let power = exponential(E.lanes(at: x + last) - top)
        power.store(at: result + last)
        let lanes = FloatLanes(0, 1, 2, 3, 4, 5, 6, 7)
        total += power.replacing(with: 0, where: lanes .< Float(i - last))
    }
    return (top, total.laneTotal)
}
