extension Machine {
    /// Sets an element of an array in place, or an entry of a dictionary with Int keys.
    @inline(__always)
    static func setElement(_ target: UnsafeMutablePointer<Value>, _ index: Int, _ value: Value)
        throws
    {
        guard case .array(var elements) = target.pointee else {
            return try setOther(target, index, value)
        }
        guard index >= 0, index < elements.count else { throw indexFault(index, elements.count) }
        target.pointee = .void
        elements[index] = value
        target.pointee = .array(elements)
    }

    @inline(never)
    private static func setOther(
        _ target: UnsafeMutablePointer<Value>, _ index: Int, _ value: Value
    ) throws {
        throw RuntimeFault(
            .type, "cannot set element \(index) of \(target.pointee.dynamicType)")
    }

    @inline(never)
    static func indexFault(_ index: Int, _ count: Int) -> RuntimeFault {
        let expected =
            count == 0
            ? "the array is empty" : "expected 0...\(count - 1), as there are \(count) elements"
        var fault = RuntimeFault(.index, "index \(index) is out of range: \(expected)")
        if index < 0, index >= -count {
            fault.suggestion = "count from the end with array[array.count - \(-index)]"
        }
        return fault
    }

    static func sliceFault(_ index: Int, _ elements: ArraySlice<Value>) -> RuntimeFault {
        RuntimeFault(
            .index,
            "index \(index) is out of range: this slice has the indices "
                + "\(elements.startIndex)..<\(elements.endIndex) of its array")
    }

    /// An index at which a text has a character.
    static func checked(_ index: String.Index, _ text: Substring) throws -> String.Index {
        guard index >= text.startIndex, index < text.endIndex else {
            throw RuntimeFault(
                .index, "this String.Index is outside \(Value.substring(text).shortText)")
        }
        return index
    }

    @inline(never)
    func elementSlow(_ base: Value, _ index: Int) throws -> Value {
        if case .array(let elements) = base {
            guard index >= 0, index < elements.count else {
                throw Machine.indexFault(index, elements.count)
            }
            return elements[index]
        }
        return try subscriptValue(base, [.int(index)], labels: nil)
    }

    static func count(_ value: Value) throws -> Int {
        switch value {
        case .array(let elements): elements.count
        case .string(let text): text.count
        case .substring(let text): text.count
        case .slice(let elements): elements.count
        case .dictionary(let pairs): pairs.count
        case .set(let elements): elements.count
        case .void: throw missing
        default: throw RuntimeFault(.type, "\(value.dynamicType) has no count")
        }
    }

    /// The longest array that a script may build, and the longest text in UTF-8.
    static let maximumElements = 100_000_000
    static let maximumBytes = 1_000_000_000

    @inline(__always)
    static func checkRoom(_ count: Int) throws {
        if count > maximumElements {
            throw RuntimeFault(.memory, "an array of \(count) elements is too long to be made")
        }
    }

    static func checkRoom(bytes: Int) throws {
        if bytes > maximumBytes {
            throw RuntimeFault(.memory, "a text of \(bytes) bytes is too long to be made")
        }
    }

    @inline(__always)
    static func append(_ target: UnsafeMutablePointer<Value>, _ value: inout Value) throws {
        guard case .array(var elements) = target.pointee else {
            throw RuntimeFault(.type, "cannot append to \(target.pointee.dynamicType)")
        }
        try checkRoom(elements.count)
        target.pointee = .void
        elements.append(value)
        value = .void
        target.pointee = .array(elements)
    }

    static func setField(_ target: UnsafeMutablePointer<Value>, _ index: Int, _ value: Value) throws
    {
        guard case .structure(var instance) = target.pointee else {
            throw RuntimeFault(.type, "expected a structure, got \(target.pointee.dynamicType)")
        }
        target.pointee = .void
        if !isKnownUniquelyReferenced(&instance) {
            instance = Instance(type: instance.type, fields: instance.fields)
        }
        instance.fields[index] = value
        target.pointee = .structure(instance)
    }

    @inline(never)
    func fieldSlow(_ base: Value, _ index: Int, _ kind: RawKind) throws -> Int {
        guard case .structure(let instance) = base else { throw notStructure(base) }
        return try Machine.unbox(instance.fields[index], kind)
    }

    /// A variable without a value: it is still to get one, or a call has it.
    static var missing: RuntimeFault {
        RuntimeFault(
            .runtime, "a variable is used before it has a value",
            suggestion: "a call that takes it with &, or changes it, has it until it returns")
    }

    @inline(never)
    func notStructure(_ value: Value) -> RuntimeFault {
        if case .void = value { return Machine.missing }
        return RuntimeFault(.type, "expected a structure, got \(value.dynamicType)")
    }

    /// `base[arguments]` where the base's type is known only now.
    func subscriptValue(_ base: Value, _ arguments: [Value], labels: [String?]?) throws -> Value {
        switch (base, arguments.first) {
        case (.array(let elements), .int(let index)?):
            guard index >= 0, index < elements.count else {
                throw Machine.indexFault(index, elements.count)
            }
            return elements[index]
        case (.array(let elements), .range(let range)?):
            return .slice(elements[try range.resolved(count: elements.count)])
        case (.slice(let elements), .int(let index)?):
            guard elements.indices.contains(index) else {
                throw Machine.sliceFault(index, elements)
            }
            return elements[index]
        case (.slice(let elements), .range(let range)?):
            return .slice(elements[try range.resolved(in: elements)])
        case (.string(let text), .index(let index)?):
            return .character(text[try Machine.checked(index, text[...])])
        case (.substring(let text), .index(let index)?):
            return .character(text[try Machine.checked(index, text)])
        case (.string(let text), .range(let range)?):
            return .substring(text[try range.resolved(in: text[...])])
        case (.substring(let text), .range(let range)?):
            return .substring(text[try range.resolved(in: text)])
        case (.dictionary(let pairs), let key?):
            if arguments.count == 2 { return pairs[key] ?? arguments[1] }
            return pairs[key].map { .some($0) } ?? .none
        case (.string(let text), .int(let index)?):
            throw RuntimeFault(
                .type,
                "a String has no Int subscript: got [\(index)] of \(Value.string(text).shortText)",
                suggestion: "use Array(text)[\(index)]")
        case (.void, _): throw Machine.missing
        default:
            return try interpreter.subscriptDynamic(base, arguments, labels: labels)
        }
    }
}
