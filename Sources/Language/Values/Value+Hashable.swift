/// Equality as Swift's `==` on values of one type; values of different types are unequal.
extension Value: Hashable {
    public static func == (left: Value, right: Value) -> Bool {
        switch (left, right) {
        case (.int(let a), .int(let b)): a == b
        case (.string(let a), .string(let b)): a == b
        case (.double(let a), .double(let b)): a == b
        case (.float(let a), .float(let b)): a == b
        case (.bool(let a), .bool(let b)): a == b
        case (.character(let a), .character(let b)): a == b
        case (.void, .void), (.none, .none): true
        case (.some(let a), .some(let b)): a == b
        case (.some, .none), (.none, .some): false
        case (.some(let a), let b): a == b
        case (let a, .some(let b)): a == b
        case (.array(let a), .array(let b)): a == b
        case (.slice(let a), .slice(let b)): a == b
        case (.slice(let a), .array(let b)), (.array(let b), .slice(let a)): a.elementsEqual(b)
        case (.substring(let a), .substring(let b)): a == b
        case (.substring(let a), .string(let b)), (.string(let b), .substring(let a)): a == b
        case (.index(let a), .index(let b)): a == b
        case (.dictionary(let a), .dictionary(let b)): a == b
        case (.set(let a), .set(let b)): a == b
        case (.tuple(let a), .tuple(let b)): a.elements == b.elements
        case (.range(let a), .range(let b)): a == b
        case (.type(let a), .type(let b)): a == b
        case (.structure(let a), .structure(let b)): Instance.equal(a, b)
        case (.enumeration(let a), .enumeration(let b)): EnumValue.equal(a, b)
        case (.object(let a), .object(let b)): ForeignObject.equal(a, b)
        case (.function(let a), .function(let b)): a === b
        default: false
        }
    }

    public func hash(into hasher: inout Hasher) {
        switch self {
        case .int(let value): hasher.combine(value)
        case .string(let value): hasher.combine(value)
        case .double(let value): hasher.combine(value)
        case .float(let value): hasher.combine(value)
        case .bool(let value): hasher.combine(value)
        case .character(let value): hasher.combine(value)
        case .some(let value): value.hash(into: &hasher)
        case .array(let values): hasher.combine(values)
        case .slice(let values): hasher.combine(values)
        case .substring(let value): hasher.combine(value)
        case .index(let value): hasher.combine(value)
        case .dictionary(let values): hasher.combine(values)
        case .set(let values): hasher.combine(values)
        case .tuple(let tuple): hasher.combine(tuple.elements)
        case .range(let range): hasher.combine(range)
        case .type(let type): hasher.combine(type)
        // A type with its own == may call different fields equal, so only its name is certain.
        case .structure(let instance):
            hasher.combine(instance.type.id)
            if instance.type.hash(self, into: &hasher) { return }
            if instance.type.equals == nil { hasher.combine(instance.fields) }
        case .enumeration(let value):
            hasher.combine(value.type.id)
            if value.type.hash(self, into: &hasher) { return }
            if value.type.equals == nil {
                hasher.combine(value.index)
                hasher.combine(value.payload)
            }
        case .object(let object):
            if let hashable = object.base as? AnyHashable { hasher.combine(hashable) }
        case .void, .none, .function, .cell, .iterator: break
        }
    }
}

extension Instance {
    static func equal(_ a: Instance, _ b: Instance) -> Bool {
        guard a.type === b.type else { return false }
        if a === b && a.type.equals == nil { return true }
        return a.type.isEqual(.structure(a), .structure(b)) ?? (a.fields == b.fields)
    }
}

extension EnumValue {
    static func equal(_ a: EnumValue, _ b: EnumValue) -> Bool {
        guard a.type === b.type else { return false }
        return a.type.isEqual(.enumeration(a), .enumeration(b))
            ?? (a.index == b.index && a.payload == b.payload)
    }
}

extension DeclaredType {
    /// What the script's own `==` says; an error in it counts as unequal and is kept for the machine.
    fileprivate func isEqual(_ a: Value, _ b: Value) -> Bool? {
        guard let equals else { return nil }
        do {
            if case .bool(let answer) = try equals.call([a, b]) { return answer }
        } catch {
            equals.machine?.deferredError = error
        }
        return false
    }
}

extension ForeignObject {
    static func equal(_ a: ForeignObject, _ b: ForeignObject) -> Bool {
        if a === b { return true }
        guard let a = a.base as? AnyHashable, let b = b.base as? AnyHashable else { return false }
        return a == b
    }
}
