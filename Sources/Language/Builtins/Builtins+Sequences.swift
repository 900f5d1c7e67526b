extension Builtins {
    /// What every collection can do, declared once for each.
    static var sequences: [Binding] {
        ["Array", "Set", "Range", "String", "Dictionary"].flatMap { owner in
            common(owner) + (owner == "Dictionary" ? [] : searching(owner))
        }
    }

    /// The element type as the owner's rows write it.
    private static func element(_ owner: String) -> String {
        owner == "Dictionary" ? "(key: K, value: V)" : "T"
    }

    private static func common(_ owner: String) -> [Binding] {
        let e = element(owner)
        return [
            member(owner, "count: Int", "The number of elements.") {
                if case .range = $0[0] { return .int(try elements($0[0]).count) }
                return .int(try Machine.count($0[0]))
            },
            member(owner, "isEmpty: Bool", "Whether there are no elements.") {
                if case .range(let range) = $0[0] {
                    return .bool(!range.isClosed && range.lower == range.upper)
                }
                if case .string(let text) = $0[0] { return .bool(text.isEmpty) }
                return .bool(try Machine.count($0[0]) == 0)
            },
            member(owner, "first: \(e)?", "The first element, or nil.") {
                if case .array(let values) = $0[0] { return optional(values.first) }
                return optional(try elements($0[0]).first)
            },
            member(
                owner, "map(_ transform: (\(e)) -> U) -> [U]",
                "What the function gives for each element."
            ) {
                let function = try callable($0[1])
                return .array(try elements($0[0]).map { try function.call([$0]) })
            },
            member(
                owner, "compactMap(_ transform: (\(e)) -> U?) -> [U]",
                "The results that are not nil."
            ) {
                let function = try callable($0[1])
                return .array(
                    try elements($0[0]).compactMap {
                        switch try function.call([$0]) {
                        case .none: nil
                        case .some(let value): value
                        case let value: value
                        }
                    })
            },
            member(
                owner, "flatMap(_ transform: (\(e)) -> [U]) -> [U]",
                "The results joined into one array."
            ) {
                let function = try callable($0[1])
                var result: [Value] = []
                for value in try elements($0[0]) {
                    let added = try elements(function.call([value]))
                    try Machine.checkRoom(result.count + added.count)
                    result += added
                }
                return .array(result)
            },
            member(
                owner, "forEach(_ body: (\(e)) -> Void)", "Calls the function with each element."
            ) {
                let function = try callable($0[1])
                for value in try elements($0[0]) { _ = try function.call([value]) }
                return .void
            },
            member(
                owner, "reduce(_ initial: U, _ combine: (U, \(e)) -> U) -> U",
                "All elements combined into one value."
            ) {
                let function = try callable($0[2])
                return try elements($0[0]).reduce($0[1]) { try function.call([$0, $1]) }
            },
            member(
                owner, "reduce(into initial: U, _ update: (inout U, \(e)) -> Void) -> U",
                "All elements put into one value."
            ) {
                let function = try callable($0[2])
                var result = $0[1]
                for value in try elements($0[0]) { try function.update(&result, value) }
                return result
            },
            member(
                owner, "contains(where test: (\(e)) -> Bool) -> Bool",
                "Whether one element passes the test."
            ) {
                .bool(try elements($0[0]).contains(where: try predicate($0[1])))
            },
            member(
                owner, "allSatisfy(_ test: (\(e)) -> Bool) -> Bool",
                "Whether every element passes the test."
            ) {
                .bool(try elements($0[0]).allSatisfy(try predicate($0[1])))
            },
            member(
                owner, "first(where test: (\(e)) -> Bool) -> \(e)?",
                "The first element that passes."
            ) {
                optional(try elements($0[0]).first(where: try predicate($0[1])))
            },
            member(
                owner, "sorted(by less: (\(e), \(e)) -> Bool) -> [\(e)]",
                "The elements in an order of your own."
            ) {
                .array(try sorted(try elements($0[0]), by: try comparison($0[1])))
            },
            member(
                owner, "min(by less: (\(e), \(e)) -> Bool) -> \(e)?", "The least element, or nil."
            ) {
                optional(try elements($0[0]).min(by: try comparison($0[1])))
            },
            member(
                owner, "max(by less: (\(e), \(e)) -> Bool) -> \(e)?",
                "The greatest element, or nil."
            ) {
                optional(try elements($0[0]).max(by: try comparison($0[1])))
            },
            member(
                owner, "enumerated() -> [(offset: Int, element: \(e))]",
                "Each element with its number."
            ) {
                .array(
                    try elements($0[0]).enumerated().map {
                        .tuple(
                            ScriptTuple(
                                [.int($0.offset), $0.element], labels: ["offset", "element"]))
                    })
            },
            member(owner, "randomElement() -> \(e)?", "One element by chance, or nil.") {
                let values = try elements($0[0])
                if values.isEmpty { return .none }
                return .some(values[RandomSource.current.integer(below: values.count)])
            },
            member(owner, "shuffled() -> [\(e)]", "The elements in random order.") {
                var values = try elements($0[0])
                RandomSource.current.shuffle(&values)
                return .array(values)
            },
        ]
    }

    private static func searching(_ owner: String) -> [Binding] {
        let filtered = owner == "Set" ? "Set<T>" : owner == "String" ? "String" : "[T]"
        let part = owner == "String" ? "String" : "[T]"
        func same(_ base: Value, _ values: [Value]) -> Value {
            switch base {
            case .string:
                .string(
                    String(values.compactMap { if case .character(let c) = $0 { c } else { nil } }))
            case .set: .set(Set(values))
            default: .array(values)
            }
        }
        func slice(_ base: Value, _ values: some Sequence<Value>) -> Value {
            if case .string = base { return same(base, Array(values)) }
            return .array(Array(values))
        }
        return [
            member(owner, "filter(_ test: (T) -> Bool) -> \(filtered)", "The elements that pass.") {
                same($0[0], try elements($0[0]).filter(try predicate($0[1])))
            },
            member(owner, "contains(_ element: T) -> Bool", "Whether the element is there.") {
                switch ($0[0], $0[1]) {
                case (.set(let values), let wanted): return .bool(values.contains(wanted))
                case (.range(let range), .int(let wanted)):
                    return .bool(try bounds(range, .int(wanted)))
                case (.range(let range), let wanted): return .bool(try bounds(range, wanted))
                case (.string(let text), .string(let part)): return .bool(contains(text, part))
                default: return .bool(try elements($0[0]).contains($0[1]))
                }
            },
            member(
                owner, "firstIndex(of element: T) -> Int?",
                "Where the element first stands, or nil."
            ) {
                optional(try elements($0[0]).firstIndex(of: $0[1]).map { .int($0) })
            },
            member(
                owner, "lastIndex(of element: T) -> Int?", "Where the element last stands, or nil."
            ) {
                optional(try elements($0[0]).lastIndex(of: $0[1]).map { .int($0) })
            },
            member(
                owner, "firstIndex(where test: (T) -> Bool) -> Int?",
                "Where the first element that passes stands."
            ) {
                optional(
                    try elements($0[0]).firstIndex(where: try predicate($0[1])).map { .int($0) })
            },
            member(owner, "sorted() -> [T]", "The elements in ascending order.") {
                .array(try sorted(try elements($0[0]), by: nil))
            },
            member(owner, "min() -> T?", "The least element, or nil.") {
                optional(try elements($0[0]).min(by: less))
            },
            member(owner, "max() -> T?", "The greatest element, or nil.") {
                optional(try elements($0[0]).max(by: less))
            },
            member(owner, "reversed() -> [T]", "The elements from the last to the first.") {
                .array(try elements($0[0]).reversed())
            },
            member(owner, "last: T?", "The last element, or nil.") {
                if case .array(let values) = $0[0] { return optional(values.last) }
                return optional(try elements($0[0]).last)
            },
            member(
                owner, "prefix(_ count: Int) -> \(part)", "At most so many elements from the start."
            ) {
                slice($0[0], try elements($0[0]).prefix(max(0, try int($0[1]))))
            },
            member(
                owner, "suffix(_ count: Int) -> \(part)", "At most so many elements from the end."
            ) {
                slice($0[0], try elements($0[0]).suffix(max(0, try int($0[1]))))
            },
            member(owner, "dropFirst(_ count: Int = 1) -> \(part)", "All but the first.") {
                slice($0[0], try elements($0[0]).dropFirst(max(0, try int($0[1]))))
            },
            member(owner, "dropLast(_ count: Int = 1) -> \(part)", "All but the last.") {
                slice($0[0], try elements($0[0]).dropLast(max(0, try int($0[1]))))
            },
            member(
                owner, "prefix(while test: (T) -> Bool) -> \(part)",
                "The elements before the first that fails."
            ) {
                slice($0[0], try elements($0[0]).prefix(while: try predicate($0[1])))
            },
            member(
                owner, "drop(while test: (T) -> Bool) -> \(part)",
                "The elements from the first that fails."
            ) {
                slice($0[0], try elements($0[0]).drop(while: try predicate($0[1])))
            },
        ]
    }

    static func bounds(_ range: ScriptRange, _ value: Value) throws -> Bool {
        if let lower = range.lower, try less(value, lower) { return false }
        guard let upper = range.upper else { return true }
        return range.isClosed ? try !less(upper, value) : try less(value, upper)
    }

    /// Whether a text holds another.
    static func contains(_ text: String, _ part: String) -> Bool {
        if part.isEmpty { return true }
        let wanted = Array(part.utf8)
        return text.utf8.withContiguousStorageIfAvailable { bytes in
            guard bytes.count >= wanted.count else { return false }
            return (0...(bytes.count - wanted.count)).contains { start in
                bytes[start] == wanted[0]
                    && wanted.indices.allSatisfy { bytes[start + $0] == wanted[$0] }
            }
        } ?? false
    }
}

extension ScriptFunction {
    /// Calls a closure whose first parameter is `inout`.
    func update(_ state: inout Value, _ element: Value) throws {
        guard case .compiled(let prototype, let captures) = body, let machine else {
            state = try call([state, element])
            return
        }
        guard prototype.keepsParameters else {
            _ = try call([state, element])
            return
        }
        _ = try machine.reenterMutating(prototype, &state, [element], captures: captures)
    }
}
