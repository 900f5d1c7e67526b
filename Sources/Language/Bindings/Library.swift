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
    /// What a struct of a script must have to conform to it; `nil` where none may.
    public let requirement: Requirement?
    let describe: (Any) -> String
    /// The forms of a script's value that conforms to it.
    let forms: ((Value) throws -> MIMEBundle?)?
    /// The texts that the value's subscript takes, for completion.
    let keys: ((Any) -> [String])?
    let iterate: ((Any) throws -> (() throws -> Value?))?

    /// A type that prints as `description` says.
    public init<T>(
        _ name: String, _ type: T.Type, summary: String = "", conformsTo: [String] = [],
        description: @escaping (T) -> String = { String(describing: $0) },
        keys: ((T) -> [String])? = nil
    ) {
        self.name = name
        self.summary = summary
        self.conformsTo = conformsTo
        element = nil
        requirement = nil
        self.keys = keys.map { list in { base in (base as? T).map(list) ?? [] } }
        describe = { base in (base as? T).map(description) ?? name }
        forms = nil
        iterate = nil
    }

    /// A protocol: structs of a script that have the method `requirement` may conform to it. They
    /// then have its members, serve where it is asked for, have the forms that `T` has and print as
    /// `description` says, unless they have a `description` of their own.
    public init<T: ScriptConvertible>(
        protocol name: String, _ type: T.Type, summary: String = "", requirement: Requirement,
        description: @escaping (T) -> String
    ) {
        self.name = name
        self.summary = summary
        conformsTo = []
        element = nil
        self.requirement = requirement
        keys = nil
        describe = { base in
            ((base as? T) ?? (base as? Value).flatMap(T.fromScript)).map(description) ?? name
        }
        forms = { value in try (T.fromScript(value) as? any Displayable)?.mimeBundle() }
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
        requirement = nil
        keys = nil
        describe = { base in (base as? T).map(description) ?? name }
        forms = nil
        self.iterate = { base in
            guard let value = base as? T else { return { nil } }
            let next = try iterate(value)
            return { try next()?.scriptValue }
        }
    }
}

/// The method by which a struct of a script conforms to a type of the library.
///
///     Requirement("forward", [Parameter(name: "x", label: nil, type: .named("Tensor"))],
///                 result: .named("Tensor"), alternative: "callAsFunction")
public struct Requirement: Sendable {
    public let name: String
    public let parameters: [Parameter]
    public let result: ScriptType
    /// Another name under which a struct may have the method.
    public let alternative: String?

    public init(
        _ name: String, _ parameters: [Parameter], result: ScriptType, alternative: String? = nil
    ) {
        self.name = name
        self.parameters = parameters
        self.result = result
        self.alternative = alternative
    }

    /// The declaration as Swift writes it: `func forward(_ x: Tensor) -> Tensor`.
    public var signature: String {
        let list = parameters.map(\.description).joined(separator: ", ")
        return "func \(name)(\(list))" + (result == .void ? "" : " -> \(result)")
    }
}

/// Everything a host program offers to the language.
public struct Library: Sendable {
    public let types: [ForeignType]
    public let bindings: [Binding]
    /// Names of other libraries and what to write here instead: `["view": "reshaped(2, 3)"]`.
    /// A key may name its owner, `"Tensor.view"`; keys of imports name a module, `"torch"`.
    public let hints: [String: String]
    /// How much memory scripts and the host program may hold together.
    public let memory: MemoryBudget
    /// What is kept of a value of the host program among earlier results.
    public let keep: @Sendable (Any) -> KeptObject

    public init(
        types: [ForeignType] = [], bindings: [Binding] = [], hints: [String: String] = [:],
        memory: MemoryBudget = .machine,
        keep: @escaping @Sendable (Any) -> KeptObject = { KeptObject($0) }
    ) {
        self.types = types
        self.bindings = bindings
        self.hints = hints
        self.memory = memory
        self.keep = keep
    }
}
