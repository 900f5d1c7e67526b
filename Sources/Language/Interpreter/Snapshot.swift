/// What completion and inspection know of the state the last finished cell left.
struct Snapshot: Sendable {
    struct Entry: Sendable {
        var name: String
        /// `variable`, `function` or `type`.
        var kind: String
        var type: String
        /// The name its members are filed under.
        var memberTable: String
        var signatures: [String]
        var summary: String
        var documentation: String
        /// Members of a declared type, or keys of a dictionary's text keys.
        var members: [String: String]
        var labels: [String]
    }
    var entries: [String: Entry] = [:]
    var order: [String] = []
}

extension Interpreter {
    func publishSnapshot() {
        var snapshot = Snapshot()
        snapshot.order = order
        for name in order {
            if let symbol = symbols[name] { snapshot.entries[name] = entry(name, symbol) }
        }
        let finished = snapshot
        published.withLock { $0 = finished }
    }

    private func entry(_ name: String, _ symbol: Symbol) -> Snapshot.Entry {
        var entry = Snapshot.Entry(
            name: name, kind: "variable", type: "", memberTable: "", signatures: [], summary: "",
            documentation: "", members: [:], labels: [])
        switch symbol {
        case .global(let global):
            let value = global.value
            let type = global.type == .any ? value.dynamicType : global.type
            entry.type = type.description
            entry.memberTable = type.memberTable
            entry.summary = summary(value)
            entry.signatures = ["\(global.isConstant ? "let" : "var") \(name): \(type)"]
            if let info = declaredInfo(value) {
                entry.members = members(of: info)
                // The members it has of its own are in the entry; the table gives the others.
                entry.memberTable =
                    info.type.conformances.sorted().first { index.types[$0] != nil }
                    ?? entry.memberTable
            }
        case .functions(let overloads):
            entry.kind = "function"
            entry.signatures = overloads.map { "func \($0.signature)" }
            entry.type = overloads[0].functionType.description
            entry.documentation = overloads[0].documentation
            entry.labels = overloads.flatMap { $0.parameters.compactMap(\.label) }
        case .type(let info):
            entry.kind = "type"
            entry.type = "\(info.type.name).Type"
            entry.memberTable = info.type.name
            entry.signatures = ["\(info.type.isEnumeration ? "enum" : "struct") \(info.type.name)"]
            entry.members = Dictionary(uniqueKeysWithValues: Set(info.staticNames).map { ($0, "") })
            entry.labels = info.type.fields.map(\.label)
        case .variable: break
        }
        return entry
    }

    /// A variable's value in a line, without computing a foreign value's text at length.
    private func summary(_ value: Value) -> String {
        if case .structure(let instance) = value, instance.type.textDescription != nil {
            return instance.type.name
        }
        return value.shortText
    }

    private func members(of info: DeclaredTypeInfo) -> [String: String] {
        var result: [String: String] = [:]
        for field in info.type.fields { result[field.label] = "\(field.label): \(field.type)" }
        for (name, getter) in info.getters { result[name] = "\(name): \(getter.result)" }
        for (name, methods) in info.methods { result[name] = methods[0].signature }
        return result
    }

    /// The variables cells declared, newest last.
    public func variables() -> [(name: String, type: String, summary: String)] {
        published.withLock { snapshot in
            snapshot.order.compactMap { name in
                guard let entry = snapshot.entries[name], entry.kind == "variable" else {
                    return nil
                }
                return (name, entry.type, entry.summary)
            }
        }
    }
}
