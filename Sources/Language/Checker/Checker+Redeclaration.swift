extension Checker {
    /// Remembers that the function being checked depends on what a name of a cell stands for.
    func depend(on name: String, _ symbol: Symbol) {
        guard let currentFunction, let identity = symbol.identity else { return }
        currentFunction.dependencies[name] = identity
    }

    /// Says so where functions, types and variables of earlier cells keep what a name stood for
    /// before this cell declared it again.
    func noteRedeclarations() {
        for name in declared.keys.sorted() {
            guard let earlier = interpreter.symbols[name]?.identity else { continue }
            for user in interpreter.order where declared[user] == nil {
                guard let cell = interpreter.symbols[user]?.cell(using: name, earlier) else {
                    continue
                }
                warnings.append("\(user) still uses the earlier \(name): run \(cell) again")
            }
        }
    }
}

extension Symbol {
    /// What tells it from another one of the same name.
    var identity: AnyObject? {
        switch self {
        case .variable: nil
        case .global(let global): global
        case .functions(let overloads): overloads.first
        case .type(let info): info
        case .computed(let getter): getter
        }
    }

    /// The cell that declared it, where it was checked against the given meaning of a name.
    fileprivate func cell(using name: String, _ meaning: AnyObject) -> String? {
        switch self {
        case .variable: return nil
        case .global(let global):
            guard let info = meaning as? DeclaredTypeInfo, global.type.mentions(info.type.id)
            else { return nil }
            return global.cell
        case .functions(let overloads):
            return overloads.first { $0.dependencies[name] === meaning }?.cell
        case .type(let info):
            return info.functions.first { $0.dependencies[name] === meaning }?.cell
                ?? (info.holds(meaning) ? info.cell : nil)
        case .computed(let getter):
            return [getter, getter.setter].compactMap { $0 }
                .first { $0.dependencies[name] === meaning }?.cell
        }
    }
}

extension FunctionDeclaration {
    fileprivate var cell: String? { context.prototype.source?.cell }
}

extension DeclaredTypeInfo {
    /// Every function of the type and of the types inside it.
    fileprivate var functions: [FunctionDeclaration] {
        var result = members.initializers
        result += members.methods.values.joined()
        result += members.staticMethods.values.joined()
        for table in [
            members.getters, members.setters, members.staticGetters, members.staticSetters,
        ] { result += table.values }
        for (get, set) in members.subscripts + members.staticSubscripts {
            result.append(get)
            if let set { result.append(set) }
        }
        return result + members.nested.values.flatMap(\.functions)
    }

    fileprivate func holds(_ meaning: AnyObject) -> Bool {
        guard let other = meaning as? DeclaredTypeInfo else { return false }
        return type.fields.contains { $0.type.mentions(other.type.id) }
            || type.cases.contains { $0.payload.contains { $0.type.mentions(other.type.id) } }
    }
}

extension ScriptType {
    /// Whether a declared type is part of this one.
    fileprivate func mentions(_ id: Int) -> Bool {
        switch self {
        case .declared(_, let own): own == id
        case .optional(let inner), .array(let inner), .set(let inner), .range(let inner),
            .metatype(let inner):
            inner.mentions(id)
        case .dictionary(let key, let value): key.mentions(id) || value.mentions(id)
        case .tuple(let elements, _): elements.contains { $0.mentions(id) }
        case .function(let parameters, let result):
            result.mentions(id) || parameters.contains { $0.mentions(id) }
        default: false
        }
    }
}
