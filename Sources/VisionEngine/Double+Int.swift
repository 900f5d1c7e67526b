/// Arithmetic and comparison of `Int` with `Double`, which give what `Double` alone gives.
///
/// They are disfavoured, so that a literal still takes the type it is used as: in `1 / 2 * x` with
/// a Double `x`, the 1 and the 2 are Doubles.
extension Double {
    @_disfavoredOverload
    public static func + (a: Int, b: Double) -> Double { Double(a) + b }
    @_disfavoredOverload
    public static func + (a: Double, b: Int) -> Double { a + Double(b) }
    @_disfavoredOverload
    public static func - (a: Int, b: Double) -> Double { Double(a) - b }
    @_disfavoredOverload
    public static func - (a: Double, b: Int) -> Double { a - Double(b) }
    @_disfavoredOverload
    public static func * (a: Int, b: Double) -> Double { Double(a) * b }
    @_disfavoredOverload
    public static func * (a: Double, b: Int) -> Double { a * Double(b) }
    @_disfavoredOverload
    public static func / (a: Int, b: Double) -> Double { Double(a) / b }
    @_disfavoredOverload
    public static func / (a: Double, b: Int) -> Double { a / Double(b) }
    @_disfavoredOverload
    public static func < (a: Int, b: Double) -> Bool { Double(a) < b }
    @_disfavoredOverload
    public static func < (a: Double, b: Int) -> Bool { a < Double(b) }
    @_disfavoredOverload
    public static func <= (a: Int, b: Double) -> Bool { Double(a) <= b }
    @_disfavoredOverload
    public static func <= (a: Double, b: Int) -> Bool { a <= Double(b) }
    @_disfavoredOverload
    public static func > (a: Int, b: Double) -> Bool { Double(a) > b }
    @_disfavoredOverload
    public static func > (a: Double, b: Int) -> Bool { a > Double(b) }
    @_disfavoredOverload
    public static func >= (a: Int, b: Double) -> Bool { Double(a) >= b }
    @_disfavoredOverload
    public static func >= (a: Double, b: Int) -> Bool { a >= Double(b) }
    @_disfavoredOverload
    public static func == (a: Int, b: Double) -> Bool { Double(a) == b }
    @_disfavoredOverload
    public static func == (a: Double, b: Int) -> Bool { a == Double(b) }
    @_disfavoredOverload
    public static func != (a: Int, b: Double) -> Bool { Double(a) != b }
    @_disfavoredOverload
    public static func != (a: Double, b: Int) -> Bool { a != Double(b) }
    @_disfavoredOverload
    public static func += (a: inout Double, b: Int) { a += Double(b) }
    @_disfavoredOverload
    public static func -= (a: inout Double, b: Int) { a -= Double(b) }
    @_disfavoredOverload
    public static func *= (a: inout Double, b: Int) { a *= Double(b) }
    @_disfavoredOverload
    public static func /= (a: inout Double, b: Int) { a /= Double(b) }
}
