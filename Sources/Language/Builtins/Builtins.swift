import Hosting

/// The names every program sees, as rows.
enum Builtins {
    static var rows: [Binding] { groups.flatMap(\.rows) }

    /// The rows under the headings of the reference.
    static var groups: [RowGroup] {
        [
            RowGroup(title: "Printing, showing and checking", rows: freeFunctions),
            RowGroup(title: "Mathematics", rows: maths),
            RowGroup(title: "Numbers", rows: numbers + floatingPoint),
            RowGroup(title: "Arrays", rows: arrays + arrayChanges + sliceChanges),
            RowGroup(title: "Sequences", rows: sequences + lazySequences + indexed + iterators),
            RowGroup(
                title: "Dictionaries, sets and optionals", rows: dictionaries + sets + optionals),
            RowGroup(title: "Texts", rows: strings + textIndices + textChanges),
            RowGroup(title: "Hashing", rows: hashing),
        ]
    }

    static func function(
        _ signature: String, _ summary: String, _ body: @escaping ([Value]) throws -> Value
    ) -> Binding { row(signature, summary, .call(body)) { _ in .function } }

    /// A member; its base is the first value.
    static func member(
        _ owner: String, _ signature: String, _ summary: String,
        _ body: @escaping ([Value]) throws -> Value
    ) -> Binding {
        row(signature, summary, .call(body)) { isProperty in
            isProperty ? .property(of: owner, settable: false) : .method(of: owner)
        }
    }

    /// A method that changes its base.
    static func change(
        _ owner: String, _ signature: String, _ summary: String,
        _ body: @escaping (inout Value, [Value]) throws -> Value
    ) -> Binding { row(signature, summary, .mutating(body)) { _ in .method(of: owner) } }

    static func initializer(
        _ owner: String, _ signature: String, _ summary: String,
        _ body: @escaping ([Value]) throws -> Value
    ) -> Binding { row(signature, summary, .call(body)) { _ in .initializer(of: owner) } }

    static func `static`(
        _ owner: String, _ signature: String, _ summary: String,
        _ body: @escaping ([Value]) throws -> Value
    ) -> Binding {
        row(signature, summary, .call(body)) { isProperty in
            isProperty ? .staticProperty(of: owner) : .staticMethod(of: owner)
        }
    }

    private static func row(
        _ text: String, _ summary: String, _ implementation: Binding.Implementation,
        _ kind: (Bool) -> Binding.Kind
    ) -> Binding {
        var reader = SignatureReader(text)
        let signature = reader.signature()
        let kind = kind(signature.isProperty)
        return Binding(
            name: signature.name, kind: kind, parameters: signature.parameters,
            result: signature.result, summary: summary,
            example: BuiltinExamples.of(signature.name, kind), implementation: implementation)
    }

    // MARK: What rows read of their values

    static func int(_ value: Value) throws -> Int {
        guard case .int(let number) = value else { throw wrong("Int", value) }
        return number
    }

    static func double(_ value: Value) throws -> Double {
        guard let number = Double.fromScript(value) else { throw wrong("Double", value) }
        return number
    }

    static func string(_ value: Value) throws -> String {
        switch value {
        case .string(let text): return text
        case .character(let character): return String(character)
        case .substring(let text): return String(text)
        default: throw wrong("String", value)
        }
    }

    static func bool(_ value: Value) throws -> Bool {
        guard case .bool(let flag) = value else { throw wrong("Bool", value) }
        return flag
    }

    static func callable(_ value: Value) throws -> ScriptFunction {
        guard case .function(let function) = value else { throw wrong("a function", value) }
        return function
    }

    static func dictionary(_ value: Value) throws -> [Value: Value] {
        guard case .dictionary(let pairs) = value else { throw wrong("a dictionary", value) }
        return pairs
    }

    /// The elements of any sequence.
    static func elements(_ value: Value) throws -> [Value] {
        switch value {
        case .array(let elements): return elements
        case .slice(let elements): return Array(elements)
        case .set(let elements): return Array(elements)
        case .substring(let text): return text.map { .character($0) }
        case .object(let object) where object.base is LazyElements:
            return try LazyElements.collected(ScriptIterator.make(value, machine: nil))
        case .string(let text):
            return Characters.isPlain(text)
                ? text.utf8.map { Characters.values[Int($0)] } : text.map { .character($0) }
        case .dictionary(let pairs):
            return pairs.map { .tuple(ScriptTuple([$0.key, $0.value], labels: ["key", "value"])) }
        case .range(let range):
            guard case .int(let lower)? = range.lower, case .int(let upper)? = range.upper else {
                throw wrong("a range of Int with two ends", value)
            }
            let (end, isPast) = upper.addingReportingOverflow(range.isClosed ? 1 : 0)
            let (count, isHuge) = end.subtractingReportingOverflow(lower)
            guard !isPast, !isHuge, count >= 0, count <= Machine.maximumElements else {
                throw RuntimeFault(.memory, "\(value.shortText) has too many elements to collect")
            }
            return try collected(end - lower) { .int(lower + $0) }
        default: throw wrong("a sequence", value)
        }
    }

    static func wrong(_ expected: String, _ value: Value) -> RuntimeFault {
        RuntimeFault(.type, "expected \(expected), got \(value.dynamicType) \(value.shortText)")
    }

    static func empty(_ operation: String) -> RuntimeFault {
        RuntimeFault(.index, "\(operation): there are no elements")
    }

    /// `a < b` for whatever compares.
    static func less(_ a: Value, _ b: Value) throws -> Bool {
        switch (a, b) {
        case (.int(let x), .int(let y)): return x < y
        case (.double(let x), .double(let y)): return x < y
        case (.string(let x), .string(let y)): return x < y
        case (.structure(let instance), _):
            if let less = instance.type.less { return try bool(less.call([a, b])) }
        case (.enumeration(let value), .enumeration(let other)):
            if let less = value.type.less { return try bool(less.call([a, b])) }
            if value.type.ordersByCase { return try EnumValue.precedes(value, other) }
        default: break
        }
        guard case .bool(let answer)? = try Operations.builtIn(.less, a, b) else {
            throw RuntimeFault(.type, "cannot compare \(a.dynamicType) with \(b.dynamicType)")
        }
        return answer
    }

    /// Sorts with a comparison that may fail.
    static func sorted(_ values: [Value], by less: ((Value, Value) throws -> Bool)?) throws
        -> [Value]
    {
        if let less { return try values.sorted(by: less) }
        let isShort = values.count < 200_000
        if isShort, case .int? = values.first, let numbers = [Int].fromScript(.array(values)) {
            return numbers.sorted().map { .int($0) }
        }
        var turns = 0
        return try values.sorted {
            turns &+= 1
            if turns & 0xFFFF == 0 { try Host.current.cancellation.check() }
            return try Self.less($0, $1)
        }
    }

    /// An array of what a function gives for each index, stopped where the run is.
    static func collected(_ count: Int, _ element: (Int) throws -> Value) throws -> [Value] {
        try [Value](unsafeUninitializedCapacity: count) { buffer, initialized in
            for index in 0..<count {
                if index & 0xF_FFFF == 0xF_FFFF { try Host.current.cancellation.check() }
                buffer.initializeElement(at: index, to: try element(index))
                initialized = index + 1
            }
        }
    }

    static func predicate(_ value: Value) throws -> (Value) throws -> Bool {
        let function = try callable(value)
        return { try bool(function.call($0)) }
    }

    static func comparison(_ value: Value) throws -> (Value, Value) throws -> Bool {
        let function = try callable(value)
        return { try bool(function.call($0, $1)) }
    }

    static func optional(_ value: Value?) -> Value { value.map { .some($0) } ?? .none }
}
