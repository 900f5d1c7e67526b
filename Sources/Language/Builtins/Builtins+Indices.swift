extension Builtins {
    /// What goes by the Int indices of an array, a slice of one or a range.
    static var indexed: [Binding] {
        ["Array", "ArraySlice", "Range"].flatMap { searching($0) + bounds($0) }
            + ["Array", "ArraySlice"].flatMap { cutting($0) } + nested
    }

    /// What arrays of arrays can do besides; `E` is the element of their elements.
    private static var nested: [Binding] {
        [
            member("NestedArray", "joined() -> [E]", "The elements of all arrays in a row.") {
                .array(try flattened($0[0], separator: []))
            },
            member(
                "NestedArray", "joined(separator: [E]) -> [E]",
                "The elements of all arrays in a row, with others between them."
            ) {
                .array(try flattened($0[0], separator: try elements($0[1])))
            },
        ]
    }

    private static func flattened(_ value: Value, separator: [Value]) throws -> [Value] {
        var result: [Value] = []
        for (index, inner) in try elements(value).enumerated() {
            if index > 0 { result += separator }
            result += try elements(inner)
            try Machine.checkRoom(result.count)
        }
        return result
    }

    /// The elements, and the index of the first.
    private static func numbered(_ value: Value) throws -> ArraySlice<Value> {
        switch value {
        case .array(let elements): return elements[...]
        case .slice(let elements): return elements
        default: throw wrong("an array", value)
        }
    }

    /// The index of the first or last element that passes a test, or nil.
    private static func index(
        _ base: Value, isLast: Bool = false, where test: (Value) throws -> Bool
    ) throws -> Value {
        if case .range(let range) = base {
            // The indices of a range are its elements.
            let values = try elements(.range(range))
            return optional(try isLast ? values.last(where: test) : values.first(where: test))
        }
        let values = try numbered(base)
        let found = try isLast ? values.lastIndex(where: test) : values.firstIndex(where: test)
        return optional(found.map { .int($0) })
    }

    private static func searching(_ owner: String) -> [Binding] {
        [
            member(
                owner, "firstIndex(of element: T) -> Int?",
                "Where the element first stands, or nil."
            ) {
                let wanted = $0[1]
                return try index($0[0]) { $0 == wanted }
            },
            member(
                owner, "lastIndex(of element: T) -> Int?", "Where the element last stands, or nil."
            ) {
                let wanted = $0[1]
                return try index($0[0], isLast: true) { $0 == wanted }
            },
            member(
                owner, "firstIndex(where test: (T) -> Bool) -> Int?",
                "Where the first element that passes stands, or nil."
            ) {
                try index($0[0], where: try predicate($0[1]))
            },
            member(
                owner, "lastIndex(where test: (T) -> Bool) -> Int?",
                "Where the last element that passes stands, or nil."
            ) {
                try index($0[0], isLast: true, where: try predicate($0[1]))
            },
            member(
                owner, "last(where test: (T) -> Bool) -> T?",
                "The last element that passes, or nil."
            ) {
                optional(try elements($0[0]).last(where: try predicate($0[1])))
            },
        ]
    }

    private static func bounds(_ owner: String) -> [Binding] {
        func range(_ value: Value) throws -> Range<Int> {
            guard case .range(let range) = value else { return try numbered(value).indices }
            guard case .int(let lower)? = range.lower, case .int(let upper)? = range.upper,
                upper < .max
            else { throw wrong("a range of Int with two ends", value) }
            return lower..<(range.isClosed ? upper + 1 : upper)
        }
        return [
            member(owner, "indices: Range<Int>", "The range of its indices.") {
                let range = try range($0[0])
                return .range(
                    ScriptRange(
                        lower: .int(range.lowerBound), upper: .int(range.upperBound),
                        isClosed: false))
            },
            member(owner, "startIndex: Int", "The index of the first element.") {
                .int(try range($0[0]).lowerBound)
            },
            member(owner, "endIndex: Int", "The index after the last element.") {
                .int(try range($0[0]).upperBound)
            },
            member(owner, "index(after index: Int) -> Int", "The next index.") {
                .int(try Operations.integer(.add, try int($0[1]), 1))
            },
            member(owner, "index(before index: Int) -> Int", "The index before.") {
                .int(try Operations.integer(.subtract, try int($0[1]), 1))
            },
            member(
                owner, "index(_ index: Int, offsetBy distance: Int) -> Int",
                "The index so many places on."
            ) {
                .int(try Operations.integer(.add, try int($0[1]), try int($0[2])))
            },
        ]
    }

    private static func cutting(_ owner: String) -> [Binding] {
        func checked(_ values: ArraySlice<Value>, _ index: Int) throws -> Int {
            guard index >= values.startIndex, index <= values.endIndex else {
                throw Machine.sliceFault(index, values)
            }
            return index
        }
        return [
            member(
                owner, "prefix(upTo end: Int) -> ArraySlice<T>", "The elements before an index."
            ) {
                let values = try numbered($0[0])
                return .slice(values[..<(try checked(values, try int($0[1])))])
            },
            member(
                owner, "prefix(through end: Int) -> ArraySlice<T>",
                "The elements up to an index, with it."
            ) {
                let values = try numbered($0[0])
                let end = try Operations.integer(.add, try int($0[1]), 1)
                return .slice(values[..<(try checked(values, end))])
            },
            member(
                owner, "suffix(from start: Int) -> ArraySlice<T>", "The elements from an index on."
            ) {
                let values = try numbered($0[0])
                return .slice(values[(try checked(values, try int($0[1])))...])
            },
            member(
                owner,
                "split(separator: T, maxSplits: Int = 9223372036854775807, omittingEmptySubsequences: Bool = true) -> [ArraySlice<T>]",
                "The pieces between separators."
            ) {
                let separator = $0[1]
                return .array(
                    try numbered($0[0]).split(
                        separator: separator, maxSplits: try splits($0[2]),
                        omittingEmptySubsequences: try bool($0[3])
                    ).map { .slice($0) })
            },
            member(
                owner,
                "split(maxSplits: Int = 9223372036854775807, omittingEmptySubsequences: Bool = true, whereSeparator test: (T) -> Bool) -> [ArraySlice<T>]",
                "The pieces between the elements that pass."
            ) {
                let test = try predicate($0[3])
                return .array(
                    try numbered($0[0]).split(
                        maxSplits: try splits($0[1]), omittingEmptySubsequences: try bool($0[2]),
                        whereSeparator: test
                    ).map { .slice($0) })
            },
            member(
                owner, "joined(separator: String = \"\") -> String", "The texts in a row."
            ) {
                try joined($0[0], $0[1])
            },
        ]
    }

    /// The greatest number of cuts that a `split` makes.
    static func splits(_ value: Value) throws -> Int {
        let count = try int(value)
        if count < 0 { throw RuntimeFault(.argument, "split: maxSplits is negative: \(count)") }
        return count
    }

    private static func joined(_ value: Value, _ separator: Value) throws -> Value {
        let values = try elements(value)
        if case .array? = values.first { return .array(try flattened(value, separator: [])) }
        let separator = try string(separator)
        var size = separator.utf8.count * max(0, values.count - 1)
        for value in values { size += try string(value).utf8.count }
        try Machine.checkRoom(bytes: size)
        return .string(
            try String(unsafeUninitializedCapacity: size) { buffer in
                var end = 0
                for (index, value) in values.enumerated() {
                    if index > 0 { end += Machine.write(separator, buffer, end) }
                    end += Machine.write(try string(value), buffer, end)
                }
                return end
            })
    }
}
