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
