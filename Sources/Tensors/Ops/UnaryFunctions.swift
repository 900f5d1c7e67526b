import Glibc

// The functions of `Unary`, each beside its slope: the gradient times the derivative, which is
// computed from the saved input or, where `Unary.Kind.usesOutput` says so, from the saved result.

enum Negated: ScalarFunction {
    @inline(__always) static func apply(_ x: Float) -> Float { -x }
}

enum ExpSlope: PairFunction {
    @inline(__always) static func apply(_ g: Float, _ y: Float) -> Float { g * y }
}

enum LogSlope: PairFunction {
    @inline(__always) static func apply(_ g: Float, _ x: Float) -> Float { g / x }
}

enum SquareRoot: ScalarFunction {
    @inline(__always) static func apply(_ x: Float) -> Float { x.squareRoot() }
}
enum SquareRootSlope: PairFunction {
    @inline(__always) static func apply(_ g: Float, _ y: Float) -> Float { g / (2 * y) }
}

/// Flat at 0, as the standard deviation is taken to be.
enum DeviationSlope: PairFunction {
    @inline(__always) static func apply(_ g: Float, _ y: Float) -> Float {
        y == 0 ? 0 : g / (2 * y)
    }
}

enum Magnitude: ScalarFunction {
    @inline(__always) static func apply(_ x: Float) -> Float { x.magnitude }
}
enum MagnitudeSlope: PairFunction {
    @inline(__always) static func apply(_ g: Float, _ x: Float) -> Float {
        x > 0 ? g : x < 0 ? -g : 0
    }
}

enum Sine: ScalarFunction {
    @inline(__always) static func apply(_ x: Float) -> Float { sinf(x) }
}
enum SineSlope: PairFunction {
    @inline(__always) static func apply(_ g: Float, _ x: Float) -> Float { g * cosf(x) }
}

enum Cosine: ScalarFunction {
    @inline(__always) static func apply(_ x: Float) -> Float { cosf(x) }
}
enum CosineSlope: PairFunction {
    @inline(__always) static func apply(_ g: Float, _ x: Float) -> Float { -g * sinf(x) }
}

enum HyperbolicTangent: ScalarFunction {
    @inline(__always) static func apply(_ x: Float) -> Float { tanhf(x) }
}
enum HyperbolicTangentSlope: PairFunction {
    @inline(__always) static func apply(_ g: Float, _ y: Float) -> Float { g * (1 - y * y) }
}

enum Sigmoid: ScalarFunction {
    @inline(__always) static func apply(_ x: Float) -> Float { 1 / (1 + expf(-x)) }
}
enum SigmoidSlope: PairFunction {
    @inline(__always) static func apply(_ g: Float, _ y: Float) -> Float { g * y * (1 - y) }
}

enum Nearest: ScalarFunction {
    @inline(__always) static func apply(_ x: Float) -> Float { x.rounded(.toNearestOrEven) }
}

// NaN stays NaN, as in PyTorch.
enum ReLU: ScalarFunction {
    @inline(__always) static func apply(_ x: Float) -> Float { x < 0 ? 0 : x }
}
enum ReLUSlope: PairFunction {
    // Where the result is NaN the gradient passes, as in PyTorch.
    @inline(__always) static func apply(_ g: Float, _ y: Float) -> Float { y <= 0 ? 0 : g }
}

enum ReLU6: ScalarFunction {
    @inline(__always) static func apply(_ x: Float) -> Float { x < 0 ? 0 : x > 6 ? 6 : x }
}
enum ReLU6Slope: PairFunction {
    @inline(__always) static func apply(_ g: Float, _ y: Float) -> Float {
        y <= 0 || y >= 6 ? 0 : g
    }
}

enum GELUSlope: PairFunction {
    @inline(__always) static func apply(_ g: Float, _ x: Float) -> Float {
        let density = 0.398_942_3 * expf(-0.5 * x * x)
        return g * (0.5 * (1 + erff(x * 0.707_106_77)) + x * density)
    }
}

/// `0.5 x (1 + tanh(sqrt(2 / pi) (x + 0.044715 x^3)))`, which is `x sigmoid(2 u)`.
enum GELUTanh: ScalarFunction {
    @inline(__always) static func apply(_ x: Float) -> Float {
        0.5 * x * (1 + tanhf(0.797_884_56 * (x + 0.044_715 * x * x * x)))
    }
}
enum GELUTanhSlope: PairFunction {
    @inline(__always) static func apply(_ g: Float, _ x: Float) -> Float {
        let square = x * x
        let t = tanhf(0.797_884_56 * x * (1 + 0.044_715 * square))
        let inner = 0.797_884_56 * (1 + 0.134_145 * square)
        return g * (0.5 * (1 + t) + 0.5 * x * (1 - t * t) * inner)
    }
}

enum SiLU: ScalarFunction {
    @inline(__always) static func apply(_ x: Float) -> Float { x / (1 + expf(-x)) }
}
enum SiLUSlope: PairFunction {
    @inline(__always) static func apply(_ g: Float, _ x: Float) -> Float {
        let s = 1 / (1 + expf(-x))
        return g * s * (1 + x * (1 - s))
    }
}

/// `x clip(x + 3, 0, 6) / 6` (Howard et al. 2019).
enum HardSwish: ScalarFunction {
    @inline(__always) static func apply(_ x: Float) -> Float {
        let gate = x + 3
        return x * ((gate < 0 ? 0 : gate > 6 ? 6 : gate) / 6)
    }
}
enum HardSwishSlope: PairFunction {
    @inline(__always) static func apply(_ g: Float, _ x: Float) -> Float {
        x <= -3 ? 0 : x >= 3 ? g : g * (x / 3 + 0.5)
    }
}

enum IntegerNegated<T: FixedWidthInteger>: ScalarFunction {
    @inline(__always) static func apply(_ x: T) -> T { 0 &- x }
}
enum IntegerMagnitude<T: FixedWidthInteger>: ScalarFunction {
    @inline(__always) static func apply(_ x: T) -> T { x < 0 ? 0 &- x : x }
}
enum IntegerReLU<T: FixedWidthInteger>: ScalarFunction {
    @inline(__always) static func apply(_ x: T) -> T { x < 0 ? 0 : x }
}
enum IntegerReLU6<T: FixedWidthInteger>: ScalarFunction {
    @inline(__always) static func apply(_ x: T) -> T { x < 0 ? 0 : x > 6 ? 6 : x }
}
enum Same<T: FixedWidthInteger>: ScalarFunction {
    @inline(__always) static func apply(_ x: T) -> T { x }
}

/// `exp`, within two units in the last place; results below the normal numbers are exact too.
enum ExponentialLanes: LaneFunction {
    @inline(__always) static func apply(_ x: FloatLanes) -> FloatLanes {
        let isTiny = (x .< -86.9) .& (x .> -104)
        if any(isTiny) { return byLane(x) }
        return exponential(x)
    }

    @inline(never) private static func byLane(_ x: FloatLanes) -> FloatLanes {
        var result = FloatLanes.zero
        for lane in 0..<FloatLanes.width { result[lane] = expf(x[lane]) }
        return result
    }
}

/// The natural logarithm by the polynomial of Cephes' `logf` (Moshier 1992), within two units in
/// the last place. Zero, negative and tiny numbers, infinity and NaN take the C library's way.
enum LogarithmLanes: LaneFunction {
    @inline(__always) static func apply(_ x: FloatLanes) -> FloatLanes {
        let isRegular = (x .>= Float.leastNormalMagnitude) .& (x .<= Float.greatestFiniteMagnitude)
        guard all(isRegular) else { return byLane(x) }
        // x = m 2^e with m in sqrt(1/2)..<sqrt(2).
        let bits = unsafeBitCast(x, to: SIMD8<UInt32>.self)
        let shifted = bits &- 0x3F35_04F3
        let exponent = unsafeBitCast(shifted, to: SIMD8<Int32>.self) &>> 23
        let mantissa = (shifted & 0x007F_FFFF) &+ 0x3F35_04F3
        let e = FloatLanes(exponent)
        let r = unsafeBitCast(mantissa, to: FloatLanes.self) - 1
        let z = r * r
        var p = r * 7.037_683_6e-2 - 1.151_461_0e-1
        p = p * r + 1.167_699_9e-1
        p = p * r - 1.242_014_1e-1
        p = p * r + 1.424_932_3e-1
        p = p * r - 1.666_805_8e-1
        p = p * r + 2.000_071_5e-1
        p = p * r - 2.499_999_4e-1
        p = p * r + 3.333_333_1e-1
        var y = p * r * z
        y += e * -2.121_944_4e-4
        y -= z * 0.5
        return r + y + e * 0.693_359_375
    }

    @inline(never) private static func byLane(_ x: FloatLanes) -> FloatLanes {
        var result = FloatLanes.zero
        for lane in 0..<FloatLanes.width { result[lane] = logf(x[lane]) }
        return result
    }
}
