/// A function of one number, as a type: loops over it are compiled with the function inlined.
protocol ScalarFunction {
    associatedtype Value
    static func apply(_ x: Value) -> Value
}

/// A function of two numbers, as a type.
protocol PairFunction {
    associatedtype Value
    associatedtype Result
    static func apply(_ a: Value, _ b: Value) -> Result
}

/// A function of several floats at once, as a type.
protocol LaneFunction {
    static func apply(_ x: FloatLanes) -> FloatLanes
}

/// A function of floats on elements of a real type, whose results are rounded to that type.
enum RoundedScalar<F: ScalarFunction, E: RealElement>: ScalarFunction where F.Value == Float {
    @inline(__always) static func apply(_ x: E) -> E { E(F.apply(x.float)) }
}

/// A function of two floats on elements of a real type, whose results are rounded to that type.
enum Rounded<F: PairFunction, E: RealElement>: PairFunction
where F.Value == Float, F.Result == Float {
    @inline(__always) static func apply(_ a: E, _ b: E) -> E { E(F.apply(a.float, b.float)) }
}

/// A function of two numbers with the operands exchanged.
enum Exchanged<F: PairFunction>: PairFunction {
    @inline(__always) static func apply(_ a: F.Value, _ b: F.Value) -> F.Result { F.apply(b, a) }
}
