extension Machine {
    /// Whether a value is of a type, as `is` asks.
    func matches(_ value: Value, _ type: ScriptType) -> Bool {
        switch (type, value) {
        case (.any, _), (.variable, _): return true
        case (.optional(let wrapped), .some(let inner)): return matches(inner, wrapped)
        case (.optional, .none): return true
        case (.optional(let wrapped), _): return matches(value, wrapped)
        case (_, .some(let inner)): return matches(inner, type)
        case (.int, .int), (.double, .double), (.float, .float), (.bool, .bool),
            (.string, .string), (.character, .character), (.void, .void):
            return true
        case (.array(let element), .array(let values)):
            return element == .any || values.allSatisfy { matches($0, element) }
        case (.substring, .substring), (.stringIndex, .index): return true
        case (.generic("ArraySlice", let types), .slice(let values)):
            return types[0] == .any || values.allSatisfy { matches($0, types[0]) }
        case (.generic(let name, _), .object(let object)): return object.typeName == name
        case (.set(let element), .set(let values)):
            return element == .any || values.allSatisfy { matches($0, element) }
        case (.dictionary(let key, let element), .dictionary(let pairs)):
            return pairs.allSatisfy { matches($0.key, key) && matches($0.value, element) }
        case (.tuple(let types, _), .tuple(let tuple)):
            return types.count == tuple.elements.count
                && zip(tuple.elements, types).allSatisfy { matches($0, $1) }
        case (.range(let bound), .range(let range)):
            return [range.lower, range.upper].compactMap { $0 }.allSatisfy { matches($0, bound) }
        case (.function, .function), (.metatype, .type): return true
        case (.declared(_, let id), .structure(let instance)): return instance.type.id == id
        case (.declared(_, let id), .enumeration(let value)): return value.type.id == id
        case (.named(let name), .object(let object)):
            return interpreter.conforms(object.typeName, to: name)
        case (.named(let name), .structure(let instance)):
            return interpreter.index.conforms(instance.type, to: name)
        case (.named(let name), .enumeration(let value)):
            return interpreter.index.conforms(value.type, to: name)
        case (.oneOf(let name, let types), _):
            if case .object(let object) = value, object.typeName == name { return true }
            return types.contains { matches(value, $0) }
        default: return false
        }
    }

    /// A value as a row's parameter takes it: an Int serves where a Double is asked for.
    func accepts(_ value: Value, _ type: ScriptType) -> Bool {
        switch (type, value) {
        case (.double, .int), (.double, .float), (.float, .int), (.float, .double): return true
        case (.string, .substring): return true
        case (.array(let element), .slice(let values)):
            return values.allSatisfy { accepts($0, element) }
        case (.optional(let wrapped), .some(let inner)): return accepts(inner, wrapped)
        case (.optional(let wrapped), _): return matches(value, type) || accepts(value, wrapped)
        case (.array(let element), .array(let values)):
            return values.allSatisfy { accepts($0, element) }
        case (.oneOf(_, let types), _):
            return matches(value, type) || types.contains { accepts(value, $0) }
        default: return matches(value, type)
        }
    }

    /// A value adapted to a declared type where the checker could not see it through.
    func convert(_ value: Value, to type: ScriptType) throws -> Value {
        switch (type, value) {
        case (.any, _), (.variable, _): return value
        case (.double, .int(let number)): return .double(Double(number))
        case (.optional, .none): return .none
        case (.optional(let wrapped), .some(let inner)):
            return .some(try convert(inner, to: wrapped))
        case (.optional(let wrapped), _): return .some(try convert(value, to: wrapped))
        case (_, .some(let inner)): return try convert(inner, to: type)
        case (.array(let element), .array(let values)):
            return element == .any ? value : .array(try values.map { try convert($0, to: element) })
        case (.dictionary(let key, let element), .dictionary(let pairs)):
            var result: [Value: Value] = [:]
            for (name, item) in pairs {
                result[try convert(name, to: key)] = try convert(item, to: element)
            }
            return .dictionary(result)
        case (.set(.any), .set): return value
        case (.set, .array(let values)): return .set(Set(values))
        case (.generic("ArraySlice", _), .array(let values)): return .slice(values[...])
        case (.tuple(let types, let labels), .tuple(let tuple))
        where types.count == tuple.elements.count:
            return .tuple(
                ScriptTuple(
                    try zip(tuple.elements, types).map { try convert($0, to: $1) }, labels: labels))
        default:
            guard matches(value, type) else {
                throw RuntimeFault(
                    .type, "expected \(type), got \(value.dynamicType) \(value.shortText)")
            }
            return value
        }
    }

    func cast(
        _ i: Instruction, to target: UnsafeMutablePointer<Value>, _ value: Value, _ type: ScriptType
    )
        throws
    {
        var inner = value
        if case .optional = type {} else if case .some(let unwrapped) = value { inner = unwrapped }
        if case .none = value, i.opcode == .castForced, !matches(value, type) {
            throw RuntimeFault(.optional, "found nil while casting to \(type) with as!")
        }
        let fits = matches(inner, type)
        if i.opcode == .cast {
            target.pointee = fits ? .some(try convert(inner, to: type)) : .none
        } else if fits {
            target.pointee = try convert(inner, to: type)
        } else {
            throw RuntimeFault(
                .type, "cannot cast \(value.dynamicType) \(value.shortText) to \(type)",
                suggestion: "as? gives nil instead of an error")
        }
    }

    /// `pattern ~= value`.
    func patternMatches(_ pattern: Value, _ value: Value) throws -> Bool {
        if case .range(let range) = pattern {
            if case .range = value { return pattern == value }
            return try contains(range, value)
        }
        if interpreter.operators["~="] != nil,
            case .bool(let answer)? = try interpreter.applyOperator("~=", [pattern, value])
        {
            return answer
        }
        guard case .bool(let answer) = try binary(.equal, pattern, value) else { return false }
        return answer
    }

    func contains(_ range: ScriptRange, _ value: Value) throws -> Bool {
        func holds(_ operation: BinaryOperator, _ a: Value, _ b: Value) throws -> Bool {
            guard case .bool(let answer) = try binary(operation, a, b) else { return false }
            return answer
        }
        if let lower = range.lower, try !holds(.lessOrEqual, lower, value) { return false }
        if let upper = range.upper,
            try !holds(range.isClosed ? .lessOrEqual : .less, value, upper)
        {
            return false
        }
        return true
    }
}
