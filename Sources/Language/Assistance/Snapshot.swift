/// What completion and inspection know of the state the last finished cell left.
struct Snapshot: Sendable {
    struct Entry: Sendable {
        var name: String
        /// `variable`, `function` or `type`.
        var kind: String
        var type: String
        /// The type of a variable or of a function, or the type that a name declares.
        var scriptType: ScriptType
        var signatures: [String]
        var summary: String
        var documentation: String
        /// The text keys of a dictionary, or what a foreign value is asked for with `[ ]`.
        var keys: [String]
    }
    var entries: [String: Entry] = [:]
    var order: [String] = []
    /// The types that cells declared.
    var types: [Int: TypeFacts] = [:]
}

extension Interpreter {
    func publishSnapshot() {
        var snapshot = Snapshot(entries: resultEntries)
        snapshot.order = order
        for name in order {
            if let symbol = symbols[name] { snapshot.entries[name] = entry(name, symbol) }
        }
        snapshot.types = declaredTypes.mapValues(TypeFacts.init)
        let finished = snapshot
        published.withLock { $0 = finished }
    }

    func entry(_ name: String, _ symbol: Symbol) -> Snapshot.Entry {
        var entry = Snapshot.Entry(
            name: name, kind: "variable", type: "", scriptType: .any, signatures: [], summary: "",
            documentation: "", keys: [])
        switch symbol {
        case .global(let global):
            let value = global.value
            let type = global.type == .any ? value.dynamicType : global.type
            entry.type = type.description
            entry.scriptType = type
            entry.keys = keys(of: value)
            entry.summary = summary(value)
            entry.signatures = ["\(global.isConstant ? "let" : "var") \(name): \(type)"]
        case .functions(let overloads):
            entry.kind = "function"
            entry.signatures = overloads.map { "func \($0.signature)" }
            entry.type = overloads[0].functionType.description
            entry.documentation = overloads[0].documentation
            entry.scriptType = overloads[0].functionType
        case .type(let info):
            entry.kind = "type"
            entry.type = "\(info.type.name).Type"
            entry.scriptType = info.scriptType
            entry.signatures = ["\(info.type.isEnumeration ? "enum" : "struct") \(info.type.name)"]
        case .computed(let getter):
            entry.type = getter.result.description
            entry.scriptType = getter.result
            entry.signatures = ["var \(name): \(getter.result)"]
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

    /// What a value can be asked for with a text in `[ ]`.
    private func keys(of value: Value) -> [String] {
        switch value {
        case .dictionary(let pairs):
            return pairs.keys.prefix(200).compactMap {
                if case .string(let key) = $0 { key } else { nil }
            }.sorted()
        case .object(let object): return index.types[object.typeName]?.keys?(object.base) ?? []
        default: return []
        }
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
