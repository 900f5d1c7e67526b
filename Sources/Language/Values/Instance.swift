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

    init(name: String, id: Int, isEnumeration: Bool) {
        self.name = name
        self.id = id
        self.isEnumeration = isEnumeration
    }

    var scriptType: ScriptType { .declared(name, id: id) }
    func fieldIndex(_ name: String) -> Int? { fields.firstIndex { $0.name == name } }
}
