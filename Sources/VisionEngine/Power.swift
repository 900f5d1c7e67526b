import Foundation

/// Powers of numbers; those of tensors stand with the tensor's operators.
extension Int {
    /// `base` multiplied by itself; traps where that does not fit, and on a negative exponent.
    ///
    ///     2 ** 10  // 1024
    public static func ** (base: Int, exponent: Int) -> Int {
        precondition(exponent >= 0, "a negative power of Int has no Int value")
        var result = 1
        for _ in 0..<exponent { result *= base }
        return result
    }

    public static func **= (base: inout Int, exponent: Int) { base = base ** exponent }
}

extension Double {
    /// `base` raised to `exponent`.
    ///
    ///     2 ** 0.5  // 1.4142135623730951
    public static func ** (base: Double, exponent: Double) -> Double { pow(base, exponent) }
    @_disfavoredOverload
    public static func ** (base: Double, exponent: Int) -> Double { pow(base, Double(exponent)) }
    @_disfavoredOverload
    public static func ** (base: Int, exponent: Double) -> Double { pow(Double(base), exponent) }

    public static func **= (base: inout Double, exponent: Double) { base = base ** exponent }
}

extension Float {
    /// `base` raised to `exponent`.
    public static func ** (base: Float, exponent: Float) -> Float { pow(base, exponent) }
}
