/// Why a layer could not be made, copied or addressed.
///
/// Reads `Conv2d: outputs cannot be split into groups, expected a multiple of 4, got 6`.
public struct LayerError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kind of layer, such as `Conv2d`.
    public var layer: String
    /// What is wrong, such as `'outputs' cannot be split into groups`.
    public var problem: String
    /// What would have been right, such as `a multiple of 4`.
    public var expected: String
    /// What was given instead, such as `6`.
    public var got: String
    /// Arguments that make a layer: `use heads 2, or embedding 192`; `nil` where none is known.
    public var repair: String?

    /// An error whose parts make up its text; `repair` stands apart from it.
    public init(
        layer: String, problem: String, expected: String, got: String, repair: String? = nil
    ) {
        self.layer = layer
        self.problem = problem
        self.expected = expected
        self.got = got
        self.repair = repair
    }

    /// The error where `value` does not divide into `parts`, with the nearest numbers that do;
    /// `other` has to divide into as many parts too.
    static func indivisible(
        _ layer: String, _ argument: String, _ value: Int, into parts: Int, called name: String,
        beside other: Int = 0
    ) -> LayerError {
        let above = value > Int.max - parts ? nil : (value / parts + 1) * parts
        let values = [value / parts * parts, above ?? 0].filter { $0 > 0 }
        let nearest = values.min { abs($0 - value) < abs($1 - value) }
        // The largest number of parts below the one asked for.
        let divisor = (1..<max(2, parts)).prefix(4096).last {
            value % $0 == 0 && other % $0 == 0
        }
        let advice = [
            divisor.map { "\(name) \($0)" }, nearest.map { "\(argument) \($0)" },
        ].compactMap { $0 }
        return LayerError(
            layer: layer, problem: "'\(argument)' cannot be split into \(name)",
            expected: "a multiple of \(parts)", got: "\(value)",
            repair: advice.isEmpty ? nil : "use " + advice.joined(separator: ", or "))
    }

    public var description: String { "\(layer): \(problem), expected \(expected), got \(got)" }

    /// Throws unless `value` is at least `least`.
    package static func require(
        _ layer: String, _ argument: String, _ value: Int, atLeast least: Int
    ) throws {
        guard value >= least else {
            throw LayerError(
                layer: layer, problem: "'\(argument)' is too small", expected: "at least \(least)",
                got: "\(value)")
        }
    }

    /// Throws unless `value` is a number from 0.
    static func requireFromZero(_ layer: String, _ argument: String, _ value: Double) throws {
        guard value >= 0, value.isFinite else {
            throw LayerError(
                layer: layer, problem: "'\(argument)' is out of range",
                expected: "a number from 0", got: "\(value)")
        }
    }

    /// Throws unless `value` is in 0...1.
    static func requireShare(_ layer: String, _ argument: String, _ value: Double) throws {
        guard (0...1).contains(value) else {
            throw LayerError(
                layer: layer, problem: "'\(argument)' is out of range", expected: "0...1",
                got: "\(value)")
        }
    }
}

/// The value a throwing initialiser makes; in a compiled program that used the form without `try`,
/// a mistake stops the program with the error's text.
func trapping<Value>(_ body: () throws -> Value) -> Value {
    do { return try body() } catch { preconditionFailure(String(describing: error)) }
}
