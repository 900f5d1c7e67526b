/// Operators for compiled programs, which call them without `try`: a mistake traps with the
/// error's text. Each has a throwing core (`Tensor.adding` and so on).
extension Tensor {
    public static func + (a: Tensor, b: Tensor) -> Tensor { unwrapped(try adding(a, b)) }
    public static func + (a: Tensor, b: Double) -> Tensor { unwrapped(try adding(a, .real(b))) }
    public static func + (a: Tensor, b: Int) -> Tensor { unwrapped(try adding(a, .integer(b))) }
    public static func + (a: Double, b: Tensor) -> Tensor { unwrapped(try adding(b, .real(a))) }
    public static func + (a: Int, b: Tensor) -> Tensor { unwrapped(try adding(b, .integer(a))) }

    public static func - (a: Tensor, b: Tensor) -> Tensor { unwrapped(try subtracting(a, b)) }
    public static func - (a: Tensor, b: Double) -> Tensor {
        unwrapped(try subtracting(a, .real(b)))
    }
    public static func - (a: Tensor, b: Int) -> Tensor {
        unwrapped(try subtracting(a, .integer(b)))
    }
    public static func - (a: Double, b: Tensor) -> Tensor {
        unwrapped(try subtracting(.real(a), b))
    }
    public static func - (a: Int, b: Tensor) -> Tensor {
        unwrapped(try subtracting(.integer(a), b))
    }
    public static prefix func - (a: Tensor) -> Tensor { unwrapped(try a.negated()) }

    public static func * (a: Tensor, b: Tensor) -> Tensor { unwrapped(try multiplying(a, b)) }
    public static func * (a: Tensor, b: Double) -> Tensor {
        unwrapped(try multiplying(a, .real(b)))
    }
    public static func * (a: Tensor, b: Int) -> Tensor {
        unwrapped(try multiplying(a, .integer(b)))
    }
    public static func * (a: Double, b: Tensor) -> Tensor {
        unwrapped(try multiplying(b, .real(a)))
    }
    public static func * (a: Int, b: Tensor) -> Tensor {
        unwrapped(try multiplying(b, .integer(a)))
    }

    public static func / (a: Tensor, b: Tensor) -> Tensor { unwrapped(try dividing(a, b)) }
    public static func / (a: Tensor, b: Double) -> Tensor { unwrapped(try dividing(a, .real(b))) }
    public static func / (a: Tensor, b: Int) -> Tensor { unwrapped(try dividing(a, .integer(b))) }
    public static func / (a: Double, b: Tensor) -> Tensor { unwrapped(try dividing(.real(a), b)) }
    public static func / (a: Int, b: Tensor) -> Tensor { unwrapped(try dividing(.integer(a), b)) }

    public static func ** (a: Tensor, b: Tensor) -> Tensor { unwrapped(try power(a, b)) }
    public static func ** (a: Tensor, b: Double) -> Tensor { unwrapped(try power(a, .real(b))) }
    public static func ** (a: Tensor, b: Int) -> Tensor { unwrapped(try power(a, .integer(b))) }

    public static func ** (a: Double, b: Tensor) -> Tensor { unwrapped(try power(.real(a), b)) }
    public static func ** (a: Int, b: Tensor) -> Tensor { unwrapped(try power(.integer(a), b)) }

    public static func • (a: Tensor, b: Tensor) -> Tensor { unwrapped(try matmul(a, b)) }

    public static func += (a: inout Tensor, b: Tensor) { a = a + b }
    public static func += (a: inout Tensor, b: Double) { a = a + b }
    public static func += (a: inout Tensor, b: Int) { a = a + b }
    public static func -= (a: inout Tensor, b: Tensor) { a = a - b }
    public static func -= (a: inout Tensor, b: Double) { a = a - b }
    public static func -= (a: inout Tensor, b: Int) { a = a - b }
    public static func *= (a: inout Tensor, b: Tensor) { a = a * b }
    public static func *= (a: inout Tensor, b: Double) { a = a * b }
    public static func *= (a: inout Tensor, b: Int) { a = a * b }
    public static func /= (a: inout Tensor, b: Tensor) { a = a / b }
    public static func /= (a: inout Tensor, b: Double) { a = a / b }
    public static func /= (a: inout Tensor, b: Int) { a = a / b }

    public static func .< (a: Tensor, b: Tensor) -> Tensor { unwrapped(try less(a, b)) }
    public static func .< (a: Tensor, b: Double) -> Tensor { unwrapped(try less(a, .real(b))) }
    public static func .< (a: Tensor, b: Int) -> Tensor { unwrapped(try less(a, .integer(b))) }
    public static func .< (a: Double, b: Tensor) -> Tensor { unwrapped(try greater(b, .real(a))) }
    public static func .< (a: Int, b: Tensor) -> Tensor { unwrapped(try greater(b, .integer(a))) }

    public static func .<= (a: Tensor, b: Tensor) -> Tensor { unwrapped(try lessOrEqual(a, b)) }
    public static func .<= (a: Tensor, b: Double) -> Tensor {
        unwrapped(try lessOrEqual(a, .real(b)))
    }
    public static func .<= (a: Tensor, b: Int) -> Tensor {
        unwrapped(try lessOrEqual(a, .integer(b)))
    }
    public static func .<= (a: Double, b: Tensor) -> Tensor {
        unwrapped(try greaterOrEqual(b, .real(a)))
    }
    public static func .<= (a: Int, b: Tensor) -> Tensor {
        unwrapped(try greaterOrEqual(b, .integer(a)))
    }

    public static func .> (a: Tensor, b: Tensor) -> Tensor { unwrapped(try greater(a, b)) }
    public static func .> (a: Tensor, b: Double) -> Tensor { unwrapped(try greater(a, .real(b))) }
    public static func .> (a: Tensor, b: Int) -> Tensor { unwrapped(try greater(a, .integer(b))) }
    public static func .> (a: Double, b: Tensor) -> Tensor { unwrapped(try less(b, .real(a))) }
    public static func .> (a: Int, b: Tensor) -> Tensor { unwrapped(try less(b, .integer(a))) }

    public static func .>= (a: Tensor, b: Tensor) -> Tensor { unwrapped(try greaterOrEqual(a, b)) }
    public static func .>= (a: Tensor, b: Double) -> Tensor {
        unwrapped(try greaterOrEqual(a, .real(b)))
    }
    public static func .>= (a: Tensor, b: Int) -> Tensor {
        unwrapped(try greaterOrEqual(a, .integer(b)))
    }
    public static func .>= (a: Double, b: Tensor) -> Tensor {
        unwrapped(try lessOrEqual(b, .real(a)))
    }
    public static func .>= (a: Int, b: Tensor) -> Tensor {
        unwrapped(try lessOrEqual(b, .integer(a)))
    }

    public static func .== (a: Tensor, b: Tensor) -> Tensor { unwrapped(try equal(a, b)) }
    public static func .== (a: Tensor, b: Double) -> Tensor { unwrapped(try equal(a, .real(b))) }
    public static func .== (a: Tensor, b: Int) -> Tensor { unwrapped(try equal(a, .integer(b))) }
    public static func .== (a: Double, b: Tensor) -> Tensor { unwrapped(try equal(b, .real(a))) }
    public static func .== (a: Int, b: Tensor) -> Tensor { unwrapped(try equal(b, .integer(a))) }

    public static func .!= (a: Tensor, b: Tensor) -> Tensor { unwrapped(try notEqual(a, b)) }
    public static func .!= (a: Tensor, b: Double) -> Tensor { unwrapped(try notEqual(a, .real(b))) }
    public static func .!= (a: Tensor, b: Int) -> Tensor { unwrapped(try notEqual(a, .integer(b))) }
    public static func .!= (a: Double, b: Tensor) -> Tensor { unwrapped(try notEqual(b, .real(a))) }
    public static func .!= (a: Int, b: Tensor) -> Tensor { unwrapped(try notEqual(b, .integer(a))) }
}

extension Tensor {
    public static func .& (a: Tensor, b: Tensor) -> Tensor { unwrapped(try logicalAnd(a, b)) }
    public static func .| (a: Tensor, b: Tensor) -> Tensor { unwrapped(try logicalOr(a, b)) }
    public static func .^ (a: Tensor, b: Tensor) -> Tensor { unwrapped(try logicalXor(a, b)) }
    public static prefix func .! (a: Tensor) -> Tensor { unwrapped(try a.logicalNot()) }
}

/// The value, or a trap with the error's text: for operators, which cannot throw.
private func unwrapped(_ body: @autoclosure () throws -> Tensor) -> Tensor {
    do { return try body() } catch { preconditionFailure("\(error)") }
}
