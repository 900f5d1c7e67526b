extension Builtins {
    /// A text or part of one, with the indices it has.
    static func text(_ value: Value) throws -> Substring {
        switch value {
        case .string(let text): return text[...]
        case .substring(let text): return text
        default: throw wrong("String", value)
        }
    }

    private static func index(_ value: Value) throws -> String.Index {
        guard case .index(let index) = value else { throw wrong("String.Index", value) }
        return index
    }

    /// An index between characters of a text, its end included.
    private static func boundary(_ value: Value, _ text: Substring) throws -> String.Index {
        let index = try index(value)
        return index == text.endIndex ? index : try Machine.checked(index, text)
    }

    /// What goes by the indices of a text.
    static var textIndices: [Binding] {
        ["String", "Substring"].flatMap { textPlaces($0) + textSearch($0) + textParts($0) }
    }

    private static func textPlaces(_ owner: String) -> [Binding] {
        [
            member(owner, "startIndex: String.Index", "The index of the first character.") {
                .index(try text($0[0]).startIndex)
            },
            member(owner, "endIndex: String.Index", "The index after the last character.") {
                .index(try text($0[0]).endIndex)
            },
            member(owner, "indices: [String.Index]", "The indices of all characters.") {
                .array(try text($0[0]).indices.map { .index($0) })
            },
            member(owner, "index(after index: String.Index) -> String.Index", "The next index.") {
                let text = try text($0[0])
                return .index(text.index(after: try Machine.checked(try index($0[1]), text)))
            },
            member(owner, "index(before index: String.Index) -> String.Index", "The index before.")
            {
                let text = try text($0[0])
                let index = try boundary($0[1], text)
                guard index > text.startIndex else {
                    throw RuntimeFault(.index, "index(before:): this is the start of the text")
                }
                return .index(text.index(before: index))
            },
            member(
                owner, "index(_ index: String.Index, offsetBy distance: Int) -> String.Index",
                "The index so many characters on."
            ) {
                let text = try text($0[0])
                let distance = try int($0[2])
                guard let found = try offset(text, try boundary($0[1], text), distance) else {
                    throw RuntimeFault(
                        .index,
                        "index(_:offsetBy:): \(distance) is outside "
                            + Value.substring(text).shortText)
                }
                return .index(found)
            },
            member(
                owner,
                "index(_ index: String.Index, offsetBy distance: Int, limitedBy limit: String.Index) -> String.Index?",
                "The index so many characters on, or nil beyond the limit."
            ) {
                let text = try text($0[0])
                let start = try boundary($0[1], text)
                let limit = try boundary($0[3], text)
                guard let found = try offset(text, start, try int($0[2])) else { return .none }
                let isBeyond =
                    try int($0[2]) < 0
                    ? limit <= start && found < limit : limit >= start && found > limit
                return isBeyond ? .none : .some(.index(found))
            },
            member(
                owner, "distance(from start: String.Index, to end: String.Index) -> Int",
                "How many characters stand between two indices."
            ) {
                let text = try text($0[0])
                return .int(
                    text.distance(from: try boundary($0[1], text), to: try boundary($0[2], text)))
            },
        ]
    }

    private static func offset(_ text: Substring, _ start: String.Index, _ distance: Int) throws
        -> String.Index?
    {
        text.index(
            start, offsetBy: distance, limitedBy: distance < 0 ? text.startIndex : text.endIndex)
    }

    private static func textSearch(_ owner: String) -> [Binding] {
        func place(_ index: String.Index?) -> Value { optional(index.map { .index($0) }) }
        func character(_ value: Value) throws -> Character {
            guard case .character(let character) = value else { throw wrong("Character", value) }
            return character
        }
        return [
            member(
                owner, "firstIndex(of character: Character) -> String.Index?",
                "Where a character first stands, or nil."
            ) {
                place(try text($0[0]).firstIndex(of: try character($0[1])))
            },
            member(
                owner, "lastIndex(of character: Character) -> String.Index?",
                "Where a character last stands, or nil."
            ) {
                place(try text($0[0]).lastIndex(of: try character($0[1])))
            },
            member(
                owner, "firstIndex(where test: (Character) -> Bool) -> String.Index?",
                "Where the first character that passes stands, or nil."
            ) {
                let test = try predicate($0[1])
                return place(try text($0[0]).firstIndex { try test(.character($0)) })
            },
            member(
                owner, "lastIndex(where test: (Character) -> Bool) -> String.Index?",
                "Where the last character that passes stands, or nil."
            ) {
                let test = try predicate($0[1])
                return place(try text($0[0]).lastIndex { try test(.character($0)) })
            },
            member(
                owner, "last(where test: (Character) -> Bool) -> Character?",
                "The last character that passes, or nil."
            ) {
                let test = try predicate($0[1])
                return optional(
                    try text($0[0]).last { try test(.character($0)) }.map { .character($0) })
            },
            member(
                owner, "range(of part: String) -> Range<String.Index>?",
                "Where a part first stands, or nil."
            ) {
                let part = try string($0[1])
                guard !part.isEmpty, let found = try text($0[0]).firstRange(of: part) else {
                    return .none
                }
                return .some(
                    .range(
                        ScriptRange(
                            lower: .index(found.lowerBound), upper: .index(found.upperBound),
                            isClosed: false)))
            },
        ]
    }

    private static func textParts(_ owner: String) -> [Binding] {
        [
            member(
                owner, "prefix(upTo end: String.Index) -> Substring", "The text before an index."
            ) {
                let text = try text($0[0])
                return .substring(text[..<(try boundary($0[1], text))])
            },
            member(
                owner, "prefix(through end: String.Index) -> Substring",
                "The text up to an index, with it."
            ) {
                let text = try text($0[0])
                return .substring(text[...(try Machine.checked(try index($0[1]), text))])
            },
            member(
                owner, "suffix(from start: String.Index) -> Substring", "The text from an index on."
            ) {
                let text = try text($0[0])
                return .substring(text[(try boundary($0[1], text))...])
            },
            member(
                owner,
                "split(separator: Character, maxSplits: Int = 9223372036854775807, omittingEmptySubsequences: Bool = true) -> [Substring]",
                "The pieces between separators."
            ) {
                let omits = try bool($0[3])
                let most = try splits($0[2])
                let text = try text($0[0])
                if case .character(let separator) = $0[1] {
                    return .array(split(text, at: separator, most, omitting: omits))
                }
                return .array(split(text, at: try string($0[1]), most, omitting: omits))
            },
            member(
                owner,
                "split(separator: String, maxSplits: Int = 9223372036854775807, omittingEmptySubsequences: Bool = true) -> [Substring]",
                "The pieces between separators."
            ) {
                .array(
                    split(
                        try text($0[0]), at: try string($0[1]), try splits($0[2]),
                        omitting: try bool($0[3])))
            },
            member(
                owner,
                "split(maxSplits: Int = 9223372036854775807, omittingEmptySubsequences: Bool = true, whereSeparator test: (Character) -> Bool) -> [Substring]",
                "The pieces between the characters that pass."
            ) {
                let test = try predicate($0[3])
                let pieces = try text($0[0]).split(
                    maxSplits: try splits($0[1]), omittingEmptySubsequences: try bool($0[2])
                ) { try test(.character($0)) }
                return .array(pieces.map { .substring($0) })
            },
        ]
    }

    /// Gives a text in a variable to a change, unshared.
    private static func edit(
        _ base: inout Value, _ body: (inout String) throws -> Value
    ) throws -> Value {
        var text: String
        switch base {
        case .string(let whole): text = whole
        case .substring(let part): text = String(part)
        default: throw wrong("String", base)
        }
        let isPart = if case .substring = base { true } else { false }
        base = .void
        defer { base = isPart ? .substring(text[...]) : .string(text) }
        return try body(&text)
    }

    /// What changes a text.
    static var textChanges: [Binding] {
        ["String", "Substring"].flatMap { appending($0) + removing($0) }
    }

    private static func appending(_ owner: String) -> [Binding] {
        func add(_ base: inout Value, _ value: Value) throws -> Value {
            let added = try string(value)
            return try edit(&base) {
                try Machine.checkRoom(bytes: $0.utf8.count + added.utf8.count)
                $0 += added
                return .void
            }
        }
        return [
            change(owner, "append(_ text: String)", "Adds a text at the end.") { base, a in
                try add(&base, a[0])
            },
            change(owner, "append(_ character: Character)", "Adds a character at the end.") {
                base, a in
                try add(&base, a[0])
            },
            change(owner, "append(contentsOf text: String)", "Adds a text at the end.") { base, a in
                try add(&base, a[0])
            },
            change(
                owner, "append(contentsOf characters: [Character])", "Adds characters at the end."
            ) { base, a in
                try add(&base, .string(try elements(a[0]).map(string).joined()))
            },
            change(
                owner, "insert(_ character: Character, at index: String.Index)",
                "Puts a character before another."
            ) { base, a in
                try edit(&base) {
                    let place = try boundary(a[1], $0[...])
                    $0.insert(contentsOf: try string(a[0]), at: place)
                    return .void
                }
            },
            change(
                owner, "insert(contentsOf text: String, at index: String.Index)",
                "Puts a text before a character."
            ) { base, a in
                try edit(&base) {
                    let place = try boundary(a[1], $0[...])
                    let added = try string(a[0])
                    try Machine.checkRoom(bytes: $0.utf8.count + added.utf8.count)
                    $0.insert(contentsOf: added, at: place)
                    return .void
                }
            },
        ]
    }

    private static func removing(_ owner: String) -> [Binding] {
        func few(_ value: Value, _ text: String) throws -> Int {
            let count = try int(value)
            guard count >= 0, count <= text.count else {
                throw Machine.indexFault(count, text.count)
            }
            return count
        }
        return [
            change(owner, "removeFirst() -> Character", "Takes the first character out.") {
                base, _ in
                try edit(&base) {
                    if $0.isEmpty { throw empty("removeFirst") }
                    return .character($0.removeFirst())
                }
            },
            change(owner, "removeLast() -> Character", "Takes the last character out.") { base, _ in
                try edit(&base) {
                    if $0.isEmpty { throw empty("removeLast") }
                    return .character($0.removeLast())
                }
            },
            change(owner, "removeFirst(_ count: Int)", "Takes characters off the start.") {
                base, a in
                try edit(&base) {
                    $0.removeFirst(try few(a[0], $0))
                    return .void
                }
            },
            change(owner, "removeLast(_ count: Int)", "Takes characters off the end.") { base, a in
                try edit(&base) {
                    $0.removeLast(try few(a[0], $0))
                    return .void
                }
            },
            change(owner, "popLast() -> Character?", "Takes the last character out, or gives nil.")
            { base, _ in
                try edit(&base) { optional($0.popLast().map { .character($0) }) }
            },
            change(owner, "remove(at index: String.Index) -> Character", "Takes a character out.") {
                base, a in
                try edit(&base) {
                    .character($0.remove(at: try Machine.checked(try index(a[0]), $0[...])))
                }
            },
            change(
                owner, "removeAll(where test: (Character) -> Bool)", "Takes out those that pass."
            ) { base, a in
                let test = try predicate(a[0])
                let old = try text(base)
                let kept = try old.filter { try !test(.character($0)) }
                return try edit(&base) {
                    $0 = kept
                    return .void
                }
            },
            change(owner, "removeAll()", "Takes everything out.") { base, _ in
                try edit(&base) {
                    $0.removeAll()
                    return .void
                }
            },
            change(
                owner, "removeSubrange(_ range: Range<String.Index>)", "Takes part of it out."
            ) { base, a in
                guard case .range(let range) = a[0] else { throw wrong("a range", a[0]) }
                return try edit(&base) {
                    $0.removeSubrange(try range.resolved(in: $0[...]))
                    return .void
                }
            },
            change(
                owner, "replaceSubrange(_ range: Range<String.Index>, with text: String)",
                "Puts another text in place of part of it."
            ) { base, a in
                guard case .range(let range) = a[0] else { throw wrong("a range", a[0]) }
                return try edit(&base) {
                    $0.replaceSubrange(try range.resolved(in: $0[...]), with: try string(a[1]))
                    return .void
                }
            },
            change(owner, "reserveCapacity(_ count: Int)", "Makes room ahead.") { _, _ in .void },
        ]
    }
}
