extension Builtins {
    private static func array(_ value: Value) throws -> [Value] {
        guard case .array(let elements) = value else { throw wrong("an array", value) }
        return elements
    }

    /// `Array(sequence)`.
    static let collected = initializer(
        "Array", "init(_ elements: [T]) -> [T]", "The elements of a sequence."
    ) {
        .array(try elements($0[0]))
    }

    static var arrays: [Binding] {
        [
            initializer("Array", "init() -> [Any]", "An empty array.") { _ in .array([]) },
            collected,
            initializer(
                "Array", "init(repeating value: T, count: Int) -> [T]", "One value many times."
            ) {
                let count = try int($0[1])
                guard count >= 0, count <= Machine.maximumElements else {
                    throw RuntimeFault(
                        .memory, "Array(repeating:count:): \(count) elements cannot be made")
                }
                let value = $0[0]
                return .array(try collected(count) { _ in value })
            },
        ]
    }

    /// Gives an array in a variable to a change, unshared.
    private static func edit(
        _ base: inout Value, _ body: (inout [Value]) throws -> Value
    ) throws -> Value {
        guard case .array(var elements) = base else { throw wrong("an array", base) }
        base = .void
        defer { base = .array(elements) }
        return try body(&elements)
    }

    /// Gives an array in a variable to a script's function. The variable is empty meanwhile, so that
    /// the function cannot free what is being read, and gets its old elements where it fails.
    private static func replace(
        _ base: inout Value, _ body: ([Value]) throws -> [Value]
    ) throws -> Value {
        let values = try elements(base)
        base = .void
        var result = values
        defer { base = .array(result) }
        result = try body(values)
        return .void
    }

    private static func check(_ index: Int, _ values: [Value], end: Bool = false) throws {
        guard index >= 0, index < values.count + (end ? 1 : 0) else {
            throw Machine.indexFault(index, values.count)
        }
    }

    static var arrayChanges: [Binding] {
        [
            change("Array", "append(_ element: T)", "Adds an element at the end.") { base, a in
                try edit(&base) {
                    $0.append(a[0])
                    return .void
                }
            },
            change("Array", "append(contentsOf elements: [T])", "Adds the elements of a sequence.")
            { base, a in
                let added = try elements(a[0])
                if case .array(let old) = base { try Machine.checkRoom(old.count + added.count) }
                return try edit(&base) {
                    $0 += added
                    return .void
                }
            },
            change(
                "Array", "insert(_ element: T, at index: Int)", "Puts an element before another."
            ) { base, a in
                try edit(&base) {
                    try check(try int(a[1]), $0, end: true)
                    $0.insert(a[0], at: try int(a[1]))
                    return .void
                }
            },
            change(
                "Array", "insert(contentsOf elements: [T], at index: Int)",
                "Puts elements before another."
            ) { base, a in
                let added = try elements(a[0])
                return try edit(&base) {
                    try check(try int(a[1]), $0, end: true)
                    try Machine.checkRoom($0.count + added.count)
                    $0.insert(contentsOf: added, at: try int(a[1]))
                    return .void
                }
            },
            change("Array", "removeSubrange(_ range: Range<Int>)", "Takes part of it out.") {
                base, a in
                guard case .range(let range) = a[0] else { throw wrong("a range", a[0]) }
                return try edit(&base) {
                    $0.removeSubrange(try range.resolved(count: $0.count))
                    return .void
                }
            },
            change(
                "Array", "replaceSubrange(_ range: Range<Int>, with elements: [T])",
                "Puts elements in place of part of it."
            ) { base, a in
                guard case .range(let range) = a[0] else { throw wrong("a range", a[0]) }
                let added = try elements(a[1])
                return try edit(&base) {
                    try Machine.checkRoom($0.count + added.count)
                    $0.replaceSubrange(try range.resolved(count: $0.count), with: added)
                    return .void
                }
            },
            change("Array", "remove(at index: Int) -> T", "Takes an element out.") { base, a in
                try edit(&base) {
                    try check(try int(a[0]), $0)
                    return $0.remove(at: try int(a[0]))
                }
            },
            change("Array", "removeFirst() -> T", "Takes the first element out.") { base, _ in
                try edit(&base) {
                    if $0.isEmpty { throw empty("removeFirst") }
                    return $0.removeFirst()
                }
            },
            change("Array", "removeLast() -> T", "Takes the last element out.") { base, _ in
                try edit(&base) {
                    if $0.isEmpty { throw empty("removeLast") }
                    return $0.removeLast()
                }
            },
            change("Array", "removeFirst(_ count: Int)", "Takes elements off the start.") {
                base, a in
                try edit(&base) {
                    let count = try removedCount(a[0], of: $0.count)
                    $0.removeFirst(count)
                    return .void
                }
            },
            change("Array", "removeLast(_ count: Int)", "Takes elements off the end.") { base, a in
                try edit(&base) {
                    let count = try removedCount(a[0], of: $0.count)
                    $0.removeLast(count)
                    return .void
                }
            },
            change("Array", "popLast() -> T?", "Takes the last element out, or gives nil.") {
                base, _ in
                try edit(&base) { optional($0.popLast()) }
            },
            change(
                "Array", "removeAll(keepingCapacity: Bool = false)", "Takes every element out."
            ) { base, _ in
                try edit(&base) {
                    $0.removeAll()
                    return .void
                }
            },
            change(
                "Array", "removeAll(where test: (T) -> Bool)", "Takes out the elements that pass."
            ) { base, a in
                let test = try predicate(a[0])
                return try replace(&base) { try $0.filter { try !test($0) } }
            },
            change("Array", "sort()", "Puts the elements in ascending order.") { base, _ in
                try replace(&base) { try sorted($0, by: nil) }
            },
            change(
                "Array", "sort(by less: (T, T) -> Bool)",
                "Puts the elements in an order of your own."
            ) { base, a in
                let less = try comparison(a[0])
                return try replace(&base) { try sorted($0, by: less) }
            },
            change("Array", "reverse()", "Turns the order around.") { base, _ in
                try edit(&base) {
                    $0.reverse()
                    return .void
                }
            },
            change("Array", "shuffle()", "Puts the elements in random order.") { base, _ in
                try edit(&base) {
                    RandomSource.current.shuffle(&$0)
                    return .void
                }
            },
            change(
                "Array", "partition(by test: (T) -> Bool) -> Int",
                "Puts the elements that pass at the end and gives the index of the first of them."
            ) { base, a in
                let test = try predicate(a[0])
                var pivot = 0
                _ = try replace(&base) {
                    var values = $0
                    pivot = try values.partition(by: test)
                    return values
                }
                return .int(pivot)
            },
            change("Array", "swapAt(_ i: Int, _ j: Int)", "Exchanges two elements.") { base, a in
                try edit(&base) {
                    try check(try int(a[0]), $0)
                    try check(try int(a[1]), $0)
                    $0.swapAt(try int(a[0]), try int(a[1]))
                    return .void
                }
            },
            change("Array", "reserveCapacity(_ count: Int)", "Makes room ahead.") { _, _ in .void },
        ]
    }

    /// How many of `count` elements a removal takes, checked.
    static func removedCount(_ value: Value, of count: Int) throws -> Int {
        let removed = try int(value)
        guard removed >= 0, removed <= count else { throw Machine.indexFault(removed, count) }
        return removed
    }
}
