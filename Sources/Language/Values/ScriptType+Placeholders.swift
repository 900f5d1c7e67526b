/// Placeholders of built-in rows: `T` for elements, `K` and `V` for keys and values, others found
/// from the arguments.
extension ScriptType {
    /// What the placeholders of this type's rows stand for.
    var placeholders: [String: ScriptType] {
        switch self {
        case .array(let element), .set(let element), .range(let element): ["T": element]
        case .dictionary(let key, let value): ["K": key, "V": value]
        case .optional(let wrapped): ["T": wrapped]
        case .string, .named("Substring"): ["T": .character]
        case .generic(_, let arguments): ["T": arguments[0]]
        default: [:]
        }
    }

    /// The type with types in the place of its placeholders, as far as they are known.
    func substituting(_ solution: [String: ScriptType]) -> ScriptType {
        switch self {
        case .variable(let name): solution[name] ?? self
        case .optional(let inner): .optional(inner.substituting(solution))
        case .array(let inner): .array(inner.substituting(solution))
        case .set(let inner): .set(inner.substituting(solution))
        case .range(let inner): .range(inner.substituting(solution))
        case .generic(let name, let arguments):
            .generic(name, arguments.map { $0.substituting(solution) })
        case .dictionary(let key, let value):
            .dictionary(key.substituting(solution), value.substituting(solution))
        case .tuple(let types, let labels):
            .tuple(types.map { $0.substituting(solution) }, labels: labels)
        case .function(let parameters, let result):
            .function(parameters.map { $0.substituting(solution) }, result.substituting(solution))
        case .oneOf("inout", let types): .oneOf("inout", types.map { $0.substituting(solution) })
        default: self
        }
    }

    /// Learns from a value's type what placeholders stand for.
    func unify(with type: ScriptType, into solution: inout [String: ScriptType]) {
        switch (self, type) {
        case (.variable(let name), _):
            if solution[name] == nil || solution[name] == .any { solution[name] = type }
        case (.optional(let a), .optional(let b)): a.unify(with: b, into: &solution)
        case (.optional(let a), _): a.unify(with: type, into: &solution)
        case (.array(let a), .array(let b)), (.set(let a), .set(let b)),
            (.range(let a), .range(let b)), (.array(let a), .set(let b)),
            (.array(let a), .range(let b)):
            a.unify(with: b, into: &solution)
        case (.array(let a), .generic(_, let b)), (.generic(_, let b), .array(let a)):
            a.unify(with: b[0], into: &solution)
        case (.array(let a), .string), (.array(let a), .named("Substring")):
            a.unify(with: .character, into: &solution)
        case (.array(let a), .dictionary(let key, let value)):
            a.unify(with: .tuple([key, value], labels: ["key", "value"]), into: &solution)
        case (.dictionary(let k, let v), .dictionary(let l, let w)):
            k.unify(with: l, into: &solution)
            v.unify(with: w, into: &solution)
        case (.tuple(let a, _), .tuple(let b, _)):
            for (x, y) in zip(a, b) { x.unify(with: y, into: &solution) }
        case (.function(let a, let r), .function(let b, let s)):
            for (x, y) in zip(a, b) { x.unify(with: y, into: &solution) }
            r.unify(with: s, into: &solution)
        case (.oneOf("inout", let a), .oneOf("inout", let b)):
            for (x, y) in zip(a, b) { x.unify(with: y, into: &solution) }
        case (.oneOf("inout", let a), _): for x in a { x.unify(with: type, into: &solution) }
        default: break
        }
    }
}
