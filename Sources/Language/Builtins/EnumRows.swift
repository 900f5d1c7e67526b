/// The members every enumeration with raw values has.
enum EnumRows {
    static let rawValue = Binding(
        name: "rawValue", kind: .property(of: "enum", settable: false), parameters: [],
        result: .any, summary: "The value a case stands for.", example: "",
        implementation: .call { values in
            guard case .enumeration(let value)? = values.first,
                let raw = value.type.cases[value.index].rawValue
            else { return .void }
            return raw
        })

    /// What every Hashable value of a script's type has.
    static let hashValue = Binding(
        name: "hashValue", kind: .property(of: "Any", settable: false), parameters: [],
        result: .int, summary: "A number that equal values share.", example: "",
        implementation: .call { values in .int(values.first?.hashValue ?? 0) })

    /// `Type(rawValue:)`: the case with that value, or nil.
    static func fromRawValue(_ type: DeclaredType, _ raw: ScriptType) -> Binding {
        Binding(
            name: "init", kind: .initializer(of: type.name),
            parameters: [Parameter(name: "rawValue", label: "rawValue", type: raw)],
            result: .optional(type.scriptType), summary: "", example: "",
            implementation: .call { values in
                let index = type.cases.firstIndex { $0.rawValue == values.first }
                return index.map { .some(.enumeration(EnumValue(type: type, index: $0))) } ?? .none
            })
    }
}
