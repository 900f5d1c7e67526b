/// An error that says which kind a script sees it as. Engine errors may conform, so that a shape
/// mismatch arrives as `ShapeError`; any other error is a `RuntimeError`.
public protocol ScriptFault: Error {
    /// Such as `ShapeError`, `IndexError`, `MemoryError`, `FileError`.
    var faultName: String { get }
    /// What a script failed with, where the error came out of code of a script that the host
    /// program ran: the report keeps its place and calls. `nil` elsewhere.
    var scriptOrigin: ScriptError? { get }
}

extension ScriptFault {
    public var scriptOrigin: ScriptError? { nil }
}

/// What goes wrong while a program runs, before the machine adds the place.
struct RuntimeFault: ScriptFault, CustomStringConvertible {
    let kind: ScriptError.Kind
    let description: String
    var suggestion: String?

    init(_ kind: ScriptError.Kind, _ description: String, suggestion: String? = nil) {
        self.kind = kind
        self.description = description
        self.suggestion = suggestion
    }

    var faultName: String { kind.rawValue }
}

/// A value that a script threw.
struct ThrownValue: Error, @unchecked Sendable {
    // Invariant: caught on the thread that threw it.
    let value: Value
}
