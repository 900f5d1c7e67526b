import SwiftSyntax

extension Checker {
    /// Sees to it that each type of this cell has what it says it conforms to, and that none
    /// holds itself.
    func checkConformances() throws(ScriptError) {
        for info in declaredInfos { try checkContainment(info) }
        for (type, place) in keyTypes { try requireHashable(type, place) }
        for (name, info, node) in conformanceChecks {
            switch name {
            case "Equatable", "Hashable": try checkEquality(name, info, node)
            case "Comparable": try checkOrder(info, node)
            case "CaseIterable":
                if info.hasStatic("allCases") { break }
                guard info.type.isEnumeration,
                    info.type.cases.allSatisfy({ $0.payload.isEmpty })
                else {
                    throw lacks(info, name, "static var allCases: [\(info.type.name)]", node)
                }
            case "CustomStringConvertible":
                guard stringProperty("description", info) else {
                    throw lacks(info, name, "var description: String { ... }", node)
                }
            default: break
            }
        }
    }

    private func stringProperty(_ name: String, _ info: DeclaredTypeInfo) -> Bool {
        if let getter = info.getters[name] { return getter.result == .string }
        guard let index = info.type.fieldIndex(name) else { return false }
        return info.type.fields[index].type == .string
    }

    private func lacks(
        _ info: DeclaredTypeInfo, _ conformance: String, _ what: String, _ node: InheritedTypeSyntax
    ) -> ScriptError {
        error(
            .type, "\(info.type.name) does not conform to \(conformance) yet", node,
            suggestion: "add \(what)")
    }

    private func checkEquality(
        _ name: String, _ info: DeclaredTypeInfo, _ node: InheritedTypeSyntax
    ) throws(ScriptError) {
        let needed = name == "Hashable" && info.methods["hash"] == nil ? "Hashable" : "Equatable"
        if needed == "Equatable", ownOperator("==", info) != nil { return }
        for (label, type) in info.storedTypes where !conforms(type, to: needed) {
            throw error(
                .type,
                "\(info.type.name) cannot be \(name) by itself: \(label) is \(type), which is not",
                node,
                suggestion: needed == "Equatable"
                    ? "write static func == (a: \(info.type.name), b: \(info.type.name)) -> Bool"
                    : "write func hash(into hasher: inout Hasher)")
        }
    }

    private func checkOrder(_ info: DeclaredTypeInfo, _ node: InheritedTypeSyntax)
        throws(ScriptError)
    {
        if ownOperator("<", info) != nil { return }
        let what = "static func < (a: \(info.type.name), b: \(info.type.name)) -> Bool"
        guard info.type.isEnumeration, info.rawType == nil else {
            throw lacks(info, "Comparable", what, node)
        }
        for (label, type) in info.storedTypes where !conforms(type, to: "Comparable") {
            throw error(
                .type,
                "\(info.type.name) cannot be Comparable by itself: \(label) is \(type), which is not",
                node, suggestion: "write \(what)")
        }
    }

    /// A script's operator on two values of a type.
    func ownOperator(_ name: String, _ info: DeclaredTypeInfo) -> FunctionDeclaration? {
        let pair = [info.scriptType, info.scriptType]
        return interpreter.operators[name]?.last { $0.parameters.map(\.type) == pair }
    }

    /// Whether a type conforms to one of `Equatable`, `Hashable` and `Comparable`; where that is
    /// not certain it does.
    func conforms(_ type: ScriptType, to name: String) -> Bool {
        switch type {
        case .int, .double, .float, .string, .character: return true
        case .bool: return name != "Comparable"
        case .optional(let inner), .array(let inner):
            return name != "Comparable" && conforms(inner, to: name)
        case .set: return name != "Comparable"
        case .range: return name != "Comparable"
        case .dictionary(_, let value): return name != "Comparable" && conforms(value, to: name)
        case .function, .tuple, .void: return false
        case .declared:
            guard let info = info(type) else { return true }
            let own = info.type.conformances
            switch name {
            case "Comparable": return own.contains(name)
            case "Equatable":
                return !own.isDisjoint(with: ["Equatable", "Hashable", "Comparable"])
                    || info.isPlainEnumeration
            default: return own.contains(name) || info.isPlainEnumeration
            }
        default: return true
        }
    }

    /// Refuses to search, sort or hash values of a type that cannot.
    func requireConformances(
        _ row: Binding, _ element: ScriptType?, _ result: ScriptType, _ name: String, _ place: Span
    ) throws(ScriptError) {
        let takesFunction = row.parameters.contains {
            if case .function = unwrapped($0.type) { true } else { false }
        }
        if let element, !takesFunction {
            switch row.name {
            case "contains", "firstIndex", "lastIndex", "starts":
                try require(
                    "Equatable", of: element, name, place, instead: "\(name)(where: { ... })")
            case "sorted", "sort", "min", "max":
                try require("Comparable", of: element, name, place, instead: "\(name)(by: { ... })")
            default: break
            }
        }
        switch result {
        case .set(let key), .dictionary(let key, _):
            try require("Hashable", of: key, name, place, instead: nil)
        default: break
        }
    }

    /// Refuses a key of a set or a dictionary that cannot be one.
    func requireHashable(_ type: ScriptType, _ place: Span) throws(ScriptError) {
        try require("Hashable", of: type, "a key", place, instead: nil)
    }

    private func require(
        _ conformance: String, of type: ScriptType, _ user: String, _ place: Span, instead: String?
    ) throws(ScriptError) {
        guard !conforms(type, to: conformance) else { return }
        var advice = instead.map { "write \($0)" }
        if let info = info(type) {
            let keyword = info.type.isEnumeration ? "enum" : "struct"
            advice =
                "declare \(keyword) \(info.type.name): \(conformance)"
                + (instead.map { ", or write \($0)" } ?? "")
        }
        throw error(
            .type, "\(user): \(type) is not \(conformance)", place, suggestion: advice)
    }

    /// A value cannot hold another of its own type, which would hold another, without end.
    private func checkContainment(_ info: DeclaredTypeInfo) throws(ScriptError) {
        var seen: Set<Int> = []
        func holds(_ type: ScriptType) -> Bool {
            switch type {
            case .optional(let inner): return holds(inner)
            case .tuple(let elements, _): return elements.contains(where: holds)
            case .declared(_, let id):
                if id == info.type.id { return true }
                guard seen.insert(id).inserted, let inner = interpreter.declaredTypes[id] else {
                    return false
                }
                return inner.directTypes.contains(where: holds)
            default: return false
            }
        }
        guard info.directTypes.contains(where: holds) else { return }
        throw error(
            .type, "a value of \(info.type.name) would hold another one without end",
            info.span,
            suggestion: info.type.isEnumeration
                ? "write indirect enum \(info.type.name)"
                : "keep them in an array: [\(info.type.name)]")
    }
}

extension DeclaredTypeInfo {
    /// Whether it is an enumeration whose cases hold nothing, which is Hashable as it stands.
    var isPlainEnumeration: Bool {
        type.isEnumeration && type.cases.allSatisfy { $0.payload.isEmpty }
    }

    /// What its values hold, and under which name.
    fileprivate var storedTypes: [(label: String, type: ScriptType)] {
        type.fields.map { ("'\($0.label)'", $0.type) }
            + type.cases.flatMap { entry in entry.payload.map { ("'\(entry.name)'", $0.type) } }
    }

    /// The types of what its values hold inside themselves.
    fileprivate var directTypes: [ScriptType] {
        type.fields.map(\.type)
            + type.cases.filter { !$0.isIndirect }.flatMap { $0.payload.map(\.type) }
    }
}
