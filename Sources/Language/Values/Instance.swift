/// A value of a structure declared by a script.
public final class Instance {
    let type: DeclaredType
    var fields: [Value]

    init(type: DeclaredType, fields: [Value]) {
        self.type = type
        self.fields = fields
    }

    /// The name of its type.
    public var typeName: String { type.name }

    /// Its stored properties in the order of declaration.
    public var properties: [(name: String, value: Value)] {
        zip(type.fields, fields).map { ($0.name, $1) }
    }

    /// Whether its type conforms to a type of the library or to one of Swift's protocols.
    public func conforms(to name: String) -> Bool { type.conformances.contains(name) }

    /// What its type's own `description` says; `nil` where it declares none.
    public var ownDescription: String? {
        guard let text = type.textDescription, case .compiled = text.body else { return nil }
        return Value.structure(self).debugText
    }

    /// Calls the method by which its type conforms to the library's type `name`.
    ///
    ///     let output = try instance.call(for: "Layer", [input.scriptValue])
    ///
    /// - Throws: What the method fails with; `ScriptError(from:)` tells it. `TypeError` where the
    ///   type does not conform.
    public func call(for name: String, _ arguments: [Value]) throws -> Value {
        guard let witness = type.witnesses[name] else {
            throw RuntimeFault(.type, "\(type.name) does not conform to \(name)")
        }
        return try witness.call([.structure(self)] + arguments)
    }

    /// The same with what `change` makes of the value of each stored property.
    public func mapProperties(_ change: (Value) throws -> Value) rethrows -> Instance {
        Instance(type: type, fields: try fields.map(change))
    }
}

/// A value of an enumeration declared by a script.
public final class EnumValue {
    let type: DeclaredType
    let index: Int
    let payload: [Value]

    init(type: DeclaredType, index: Int, payload: [Value] = []) {
        self.type = type
        self.index = index
        self.payload = payload
    }

    /// The name of its case.
    public var caseName: String { type.cases[index].name }
}

/// A structure or enumeration of a script: what the machine needs to know of it.
final class DeclaredType {
    struct Field {
        let name: String
        let type: ScriptType
        let isConstant: Bool
        var hasDefault = false
    }
    struct Case {
        let name: String
        let payload: [Parameter]
        var rawValue: Value?
    }

    let name: String
    let id: Int
    let isEnumeration: Bool
    var fields: [Field] = []
    var cases: [Case] = []
    var conformances: Set<String> = []
    /// Operators a script wrote for it, used where values meet inside the library.
    var equals: ScriptFunction?
    var less: ScriptFunction?
    var textDescription: ScriptFunction?
    /// The methods by which it conforms to types of the library, by those types' names.
    var witnesses: [String: ScriptFunction] = [:]

    init(name: String, id: Int, isEnumeration: Bool) {
        self.name = name
        self.id = id
        self.isEnumeration = isEnumeration
    }

    var scriptType: ScriptType { .declared(name, id: id) }
    func fieldIndex(_ name: String) -> Int? { fields.firstIndex { $0.name == name } }
}
