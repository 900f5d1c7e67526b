extension Machine {
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

    /// Whether a stride has a first number. Its end becomes the number of steps after that one, so
    /// that a step neither compares nor overflows.
    @inline(never)
    static func beginsStride(_ stride: UnsafeMutablePointer<Int>, _ isClosed: Bool) throws -> Bool {
        let (start, end, step) = (stride[0], stride[1], stride[2])
        if step == 0 { throw RuntimeFault(.argument, "stride: the step is 0") }
        let (low, high) = step > 0 ? (start, end) : (end, start)
        guard isClosed ? low <= high : low < high else { return false }
        let distance = UInt(bitPattern: high &- low) - (isClosed ? 0 : 1)
        stride[1] = Int(bitPattern: distance / step.magnitude)
        return true
    }

    static func count(_ value: Value) throws -> Int {
        switch value {
        case .array(let elements): elements.count
        case .string(let text): try count(text)
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

    @inline(never)
    func fieldSlow(_ base: Value, _ index: Int, _ kind: RawKind) throws -> Int {
        guard case .structure(let instance) = base else { throw Machine.notStructure(base) }
        return try Machine.unbox(instance[index], kind)
    }

    /// A variable without a value: it is still to get one, or a call has it.
    static var missing: RuntimeFault {
        RuntimeFault(
            .runtime, "a variable is used before it has a value",
            suggestion: "a call that takes it with &, or changes it, has it until it returns")
    }

    @inline(never)
    static func notStructure(_ value: Value) -> RuntimeFault {
        if case .void = value { return missing }
        return RuntimeFault(.type, "expected a structure, got \(value.dynamicType)")
    }

    @inline(never)
    static func notTuple(_ value: Value) -> RuntimeFault {
        RuntimeFault(.type, "expected a tuple, got \(value.dynamicType)")
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
