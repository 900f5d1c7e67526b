/// Why a layer could not be made, copied or addressed.
///
/// Reads `Conv2d: outputs cannot be split into groups, expected a multiple of 4, got 6`.
public struct LayerError: Error, Sendable, Equatable, CustomStringConvertible {
    /// The kind of layer, such as `Conv2d`.
    public var layer: String
    public var problem: String
    public var expected: String
    public var got: String

    public init(layer: String, problem: String, expected: String, got: String) {
        self.layer = layer
        self.problem = problem
        self.expected = expected
        self.got = got
    }

    public var description: String { "\(layer): \(problem), expected \(expected), got \(got)" }

    /// Throws unless `value` is at least `least`.
    static func require(
        _ layer: String, _ argument: String, _ value: Int, atLeast least: Int
    ) throws {
        guard value >= least else {
            throw LayerError(
                layer: layer, problem: "'\(argument)' is too small", expected: "at least \(least)",
                got: "\(value)")
        }
    }
}

/// The value a throwing initialiser makes; in a compiled program that used the form without `try`,
/// a mistake stops the program with the error's text.
func trapping<Value>(_ body: () throws -> Value) -> Value {
    do { return try body() } catch { preconditionFailure(String(describing: error)) }
}
