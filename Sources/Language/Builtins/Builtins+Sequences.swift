import Hosting

extension Builtins {
    /// What every collection can do, declared once for each.
    static var sequences: [Binding] {
        [
            "Array", "ArraySlice", "Set", "Range", "String", "Substring", "LazySequence",
            "UnfoldSequence", "Dictionary",
        ].flatMap { owner in
            common(owner) + (owner == "LazySequence" ? [] : collecting(owner))
                + (owner == "Dictionary" ? [] : comparing(owner))
        }
            + ["Array", "ArraySlice", "Range", "String", "Substring", "UnfoldSequence"].flatMap(
                parts)
    }

    /// The element type as the owner's rows write it.
    private static func element(_ owner: String) -> String {
        owner == "Dictionary" ? "(key: K, value: V)" : "T"
    }

    /// Calls a function with each element until it says to stop.
    private static func go(_ value: Value, _ body: (Value) throws -> Bool) throws {
        if case .array(let values) = value {
            for element in values where try body(element) { return }
            return
        }
        let iterator = try ScriptIterator.make(value, machine: nil)
        let cancellation = Host.current.cancellation
        while let element = try iterator.next() {
            // A sequence may have no end.
            try cancellation.check()
            if try body(element) { return }
        }
    }

    private static func first(_ value: Value, where test: (Value) throws -> Bool) throws -> Value? {
        var found: Value?
        try go(value) { element in
            if try test(element) { found = element }
            return found != nil
        }
        return found
    }

    /// What works element by element, and stops as soon as it may.
    private static func common(_ owner: String) -> [Binding] {
        let e = element(owner)
        return [
            member(owner, "first: \(e)?", "The first element, or nil.") {
                if case .array(let values) = $0[0] { return optional(values.first) }
                return optional(try first($0[0]) { _ in true })
            },
            member(
                owner, "first(where test: (\(e)) -> Bool) -> \(e)?",
                "The first element that passes."
            ) {
                optional(try first($0[0], where: try predicate($0[1])))
            },
            member(
                owner, "contains(where test: (\(e)) -> Bool) -> Bool",
                "Whether one element passes the test."
            ) {
                .bool(try first($0[0], where: try predicate($0[1])) != nil)
            },
            member(
                owner, "allSatisfy(_ test: (\(e)) -> Bool) -> Bool",
                "Whether every element passes the test."
            ) {
                let test = try predicate($0[1])
                return .bool(try first($0[0]) { try !test($0) } == nil)
            },
            member(
                owner, "forEach(_ body: (\(e)) -> Void)", "Calls the function with each element."
            ) {
                let function = try callable($0[1])
                try go($0[0]) {
                    _ = try function.call($0)
                    return false
                }
                return .void
            },
            member(
                owner, "reduce(_ initial: U, _ combine: (U, \(e)) -> U) -> U",
                "All elements combined into one value."
            ) {
                let function = try callable($0[2])
                var result = $0[1]
                try go($0[0]) {
                    result = try function.call(result, $0)
                    return false
                }
                return result
            },
            member(
                owner, "reduce(into initial: U, _ update: (inout U, \(e)) -> Void) -> U",
                "All elements put into one value."
            ) {
                let function = try callable($0[2])
                var result = $0[1]
                try go($0[0]) {
                    try function.update(&result, $0)
                    return false
                }
                return result
            },
            member(owner, "count: Int", "The number of elements.") {
                .int(try length($0[0]))
            },
            member(owner, "isEmpty: Bool", "Whether there are no elements.") {
                switch $0[0] {
                case .range(let range): .bool(!range.isClosed && range.lower == range.upper)
                case .string(let text): .bool(text.isEmpty)
                case .substring(let text): .bool(text.isEmpty)
                case .object: .bool(try first($0[0]) { _ in true } == nil)
                default: .bool(try Machine.count($0[0]) == 0)
                }
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

    /// What makes an array of the results at once.
    private static func collecting(_ owner: String) -> [Binding] {
        let e = element(owner)
        return [
            member(
                owner, "map(_ transform: (\(e)) -> U) -> [U]",
                "What the function gives for each element."
            ) {
                let function = try callable($0[1])
                return .array(try elements($0[0]).map { try function.call($0) })
            },
            member(
                owner, "compactMap(_ transform: (\(e)) -> U?) -> [U]",
                "The results that are not nil."
            ) {
                let function = try callable($0[1])
                return .array(
                    try elements($0[0]).compactMap { content(try function.call($0)) })
            },
            member(
                owner, "flatMap(_ transform: (\(e)) -> [U]) -> [U]",
                "The results joined into one array."
            ) {
                let function = try callable($0[1])
                var result: [Value] = []
                for value in try elements($0[0]) {
                    let added = try elements(function.call(value))
                    try Machine.checkRoom(result.count + added.count)
                    result += added
                }
                return .array(result)
            },
            member(
                owner, "enumerated() -> [(offset: Int, element: \(e))]",
                "Each element with its number."
            ) {
                .array(try elements($0[0]).enumerated().map { numbered($0.offset, $0.element) })
            },
        ]
    }

    /// A result as the kind of sequence it comes from.
    private static func same(_ base: Value, _ values: [Value]) -> Value {
        switch base {
        case .string, .substring:
            .string(String(values.compactMap { if case .character(let c) = $0 { c } else { nil } }))
        case .set: .set(Set(values))
        default: .array(values)
        }
    }

    /// What needs to compare elements.
    private static func comparing(_ owner: String) -> [Binding] {
        let kept =
            switch owner {
            case "Set": "Set<T>"
            case "String", "Substring": "String"
            default: "[T]"
            }
        let filter = member(
            owner, "filter(_ test: (T) -> Bool) -> \(kept)", "The elements that pass."
        ) {
            same($0[0], try elements($0[0]).filter(try predicate($0[1])))
        }
        return (owner == "LazySequence" ? [] : [filter]) + [
            member(owner, "contains(_ element: T) -> Bool", "Whether the element is there.") {
                switch ($0[0], $0[1]) {
                case (.set(let values), let wanted): return .bool(values.contains(wanted))
                case (.range(let range), let wanted): return .bool(try bounds(range, wanted))
                case (.array(let values), let wanted): return .bool(values.contains(wanted))
                default:
                    let wanted = $0[1]
                    return .bool(try first($0[0]) { $0 == wanted } != nil)
                }
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
            member(
                owner, "elementsEqual(_ other: [T]) -> Bool",
                "Whether another sequence has the same elements in the same order."
            ) {
                .bool(try elements($0[0]) == elements($0[1]))
            },
            member(owner, "starts(with prefix: [T]) -> Bool", "Whether it begins so.") {
                let iterator = try ScriptIterator.make($0[0], machine: nil)
                return .bool(try elements($0[1]).allSatisfy { try iterator.next() == $0 })
            },
        ]
    }

    /// The type of part of a collection.
    private static func part(_ owner: String) -> String {
        switch owner {
        case "Array", "ArraySlice": "ArraySlice<T>"
        case "String", "Substring": "Substring"
        case "Range": "Range<T>"
        default: "[T]"
        }
    }

    /// Part of a collection, from one number of elements to another.
    private static func cut(_ base: Value, from start: Int, to end: Int) throws -> Value {
        switch base {
        case .array(let values): return .slice(values[min(start, end)..<end])
        case .slice(let values):
            let first = values.startIndex
            return .slice(values[first + min(start, end)..<first + end])
        case .string(let text): return .substring(text.prefix(end).dropFirst(start))
        case .substring(let text): return .substring(text.prefix(end).dropFirst(start))
        case .range(let range):
            guard case .int(let lower)? = range.lower else { break }
            return .range(
                ScriptRange(
                    lower: .int(lower + min(start, end)), upper: .int(lower + end), isClosed: false)
            )
        default: break
        }
        return .array(Array(try elements(base).prefix(end).dropFirst(start)))
    }

    private static func length(_ base: Value) throws -> Int {
        switch base {
        case .range(let range):
            guard case .int(let lower)? = range.lower, case .int(let upper)? = range.upper else {
                throw wrong("a range of Int with two ends", base)
            }
            let (count, overflow) = upper.subtractingReportingOverflow(lower)
            if overflow || range.isClosed && count == .max {
                throw RuntimeFault(.arithmetic, "count: the length of \(base) does not fit in Int")
            }
            return range.isClosed ? count + 1 : count
        case .object: return try elements(base).count
        default: return try Machine.count(base)
        }
    }

    private static func amount(_ value: Value, _ name: String) throws -> Int {
        let count = try int(value)
        if count < 0 {
            throw RuntimeFault(.argument, "\(name): the number of elements is negative: \(count)")
        }
        return count
    }

    /// How many elements stand before the first that fails a test.
    private static func run(_ base: Value, _ test: (Value) throws -> Bool) throws -> Int {
        var count = 0
        try go(base) {
            if try !test($0) { return true }
            count += 1
            return false
        }
        return count
    }

    private static func isEndless(_ value: Value) -> Bool {
        if case .range(let range) = value { range.upper == nil } else { false }
    }

    private static func parts(_ owner: String) -> [Binding] {
        let part = part(owner)
        return [
            member(owner, "last: T?", "The last element, or nil.") {
                if case .array(let values) = $0[0] { return optional(values.last) }
                return optional(try elements($0[0]).last)
            },
            member(
                owner, "prefix(_ count: Int) -> \(part)", "At most so many elements from the start."
            ) {
                let count = try amount($0[1], "prefix")
                if case .object = $0[0] {
                    var result: [Value] = []
                    if count > 0 {
                        try go($0[0]) {
                            result.append($0)
                            return result.count == count
                        }
                    }
                    return .array(result)
                }
                let end = isEndless($0[0]) ? count : min(count, try length($0[0]))
                return try cut($0[0], from: 0, to: end)
            },
            member(
                owner, "suffix(_ count: Int) -> \(part)", "At most so many elements from the end."
            ) {
                let length = try length($0[0])
                let count = min(length, try amount($0[1], "suffix"))
                return try cut($0[0], from: length - count, to: length)
            },
            member(owner, "dropFirst(_ count: Int = 1) -> \(part)", "All but the first.") {
                try cut($0[0], from: try amount($0[1], "dropFirst"), to: try length($0[0]))
            },
            member(owner, "dropLast(_ count: Int = 1) -> \(part)", "All but the last.") {
                let count = try amount($0[1], "dropLast")
                return try cut($0[0], from: 0, to: max(0, try length($0[0]) - count))
            },
            member(
                owner, "prefix(while test: (T) -> Bool) -> \(part)",
                "The elements before the first that fails."
            ) {
                try cut($0[0], from: 0, to: try run($0[0], try predicate($0[1])))
            },
            member(
                owner, "drop(while test: (T) -> Bool) -> \(part)",
                "The elements from the first that fails."
            ) {
                try cut(
                    $0[0], from: try run($0[0], try predicate($0[1])), to: try length($0[0]))
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
        var (text, part) = (text, part)
        return text.withUTF8 { bytes in
            part.withUTF8 { wanted in
                find(wanted, in: bytes) != nil
            }
        }
    }
}

extension ScriptFunction {
    /// Calls a closure whose first parameter is `inout`.
    func update(_ state: inout Value, _ element: Value) throws {
        guard case .compiled(let prototype, let captures) = body, let machine else {
            state = try call(state, element)
            return
        }
        guard prototype.keepsParameters else {
            _ = try call(state, element)
            return
        }
        _ = try machine.reenterMutating(prototype, &state, [element], captures: captures)
    }
}
