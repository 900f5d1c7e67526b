extension Builtins {
    /// What changes a slice, which keeps the indices of its array.
    static var sliceChanges: [Binding] {
        [
            change("ArraySlice", "append(_ element: T)", "Adds an element at the end.") { base, a in
                try edit(&base) {
                    $0.append(a[0])
                    return .void
                }
            },
            change("ArraySlice", "append(contentsOf elements: [T])", "Adds elements at the end.") {
                base, a in
                let added = try elements(a[0])
                return try edit(&base) {
                    try Machine.checkRoom($0.count + added.count)
                    $0 += added
                    return .void
                }
            },
            change("ArraySlice", "removeFirst() -> T", "Takes the first element out.") { base, _ in
                try edit(&base) {
                    guard let first = $0.popFirst() else { throw empty("removeFirst") }
                    return first
                }
            },
            change("ArraySlice", "removeLast() -> T", "Takes the last element out.") { base, _ in
                try edit(&base) {
                    guard let last = $0.popLast() else { throw empty("removeLast") }
                    return last
                }
            },
            change("ArraySlice", "popFirst() -> T?", "Takes the first element out, or gives nil.") {
                base, _ in
                try edit(&base) { optional($0.popFirst()) }
            },
            change("ArraySlice", "popLast() -> T?", "Takes the last element out, or gives nil.") {
                base, _ in
                try edit(&base) { optional($0.popLast()) }
            },
            change("ArraySlice", "removeFirst(_ count: Int)", "Takes elements off the start.") {
                base, a in
                try edit(&base) {
                    let count = try removedCount(a[0], of: $0.count)
                    $0.removeFirst(count)
                    return .void
                }
            },
            change("ArraySlice", "swapAt(_ i: Int, _ j: Int)", "Exchanges two elements.") {
                base, a in
                try edit(&base) {
                    let (i, j) = (try int(a[0]), try int(a[1]))
                    for index in [i, j] where !$0.indices.contains(index) {
                        throw Machine.sliceFault(index, $0)
                    }
                    $0.swapAt(i, j)
                    return .void
                }
            },
            change("ArraySlice", "reverse()", "Turns the order around.") { base, _ in
                try edit(&base) {
                    $0.reverse()
                    return .void
                }
            },
            change("ArraySlice", "sort()", "Puts the elements in ascending order.") { base, _ in
                try sort(&base, by: nil)
            },
            change(
                "ArraySlice", "sort(by less: (T, T) -> Bool)",
                "Puts the elements in an order of your own."
            ) { base, a in
                try sort(&base, by: try comparison(a[0]))
            },
        ]
    }

    /// Gives a slice in a variable to a change, unshared.
    private static func edit(
        _ base: inout Value, _ body: (inout ArraySlice<Value>) throws -> Value
    ) throws -> Value {
        guard case .slice(var elements) = base else { throw wrong("a slice", base) }
        base = .void
        defer { base = .slice(elements) }
        return try body(&elements)
    }

    private static func sort(_ base: inout Value, by less: ((Value, Value) throws -> Bool)?) throws
        -> Value
    {
        guard case .slice(var elements) = base else { throw wrong("a slice", base) }
        let ordered = try sorted(Array(elements), by: less)
        elements.replaceSubrange(elements.indices, with: ordered)
        base = .slice(elements)
        return .void
    }
}
