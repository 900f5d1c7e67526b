import Hosting

/// A type of the host program that the language knows by name. Its members come from the rows.
public struct ForeignType: @unchecked Sendable {
    // Invariant: immutable; the closures run on the interpreter's thread alone.
    public let name: String
    public let summary: String
    /// Names of types whose members this one has too, and whose parameters take it.
    public let conformsTo: [String]
    /// The type of what `for x in value` yields; `nil` where it cannot be iterated.
    public let element: ScriptType?
    let describe: (Any) -> String
    let iterate: ((Any) throws -> (() throws -> Value?))?

    /// A type that prints as `description` says.
    public init<T>(
        _ name: String, _ type: T.Type, summary: String = "", conformsTo: [String] = [],
        description: @escaping (T) -> String = { String(describing: $0) }
    ) {
        self.name = name
        self.summary = summary
        self.conformsTo = conformsTo
        element = nil
        describe = { base in (base as? T).map(description) ?? name }
        iterate = nil
    }

    /// A type that `for`-`in` goes through. `iterate` returns a function that yields one element a
    /// call and `nil` at the end.
    public init<T, E: ScriptConvertible>(
        _ name: String, _ type: T.Type, summary: String = "", conformsTo: [String] = [],
        description: @escaping (T) -> String = { String(describing: $0) },
        element: E.Type, iterate: @escaping (T) throws -> (() throws -> E?)
    ) {
        self.name = name
        self.summary = summary
        self.conformsTo = conformsTo
        self.element = E.scriptType
        describe = { base in (base as? T).map(description) ?? name }
        self.iterate = { base in
            guard let value = base as? T else { return { nil } }
            let next = try iterate(value)
            return { try next()?.scriptValue }
        }
    }
}

/// Everything a host program offers to the language.
public struct Library: Sendable {
    public let types: [ForeignType]
    public let bindings: [Binding]
    /// Names of other libraries and what to write here instead: `["view": "reshaped(2, 3)"]`.
    /// A key may name its owner, `"Tensor.view"`; keys of imports name a module, `"torch"`.
    public let hints: [String: String]

    public init(types: [ForeignType] = [], bindings: [Binding] = [], hints: [String: String] = [:])
    {
        self.types = types
        self.bindings = bindings
        self.hints = hints
    }
}
