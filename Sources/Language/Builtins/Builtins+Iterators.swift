/// What `makeIterator()` gives: a value, so that a copy goes on by itself.
struct ElementCursor {
    private let elements: [Value]
    private var position = 0

    init(_ elements: [Value]) { self.elements = elements }

    mutating func next() -> Value? {
        guard position < elements.count else { return nil }
        defer { position += 1 }
        return elements[position]
    }
}

extension ElementCursor: ForeignConvertible {
    static var foreignName: String { "IndexingIterator" }
}

extension ElementCursor: CustomStringConvertible {
    var description: String { "IndexingIterator" }
}

extension Builtins {
    /// Going through a sequence by hand.
    static var iterators: [Binding] {
        let sequences = [
            "Array", "ArraySlice", "Set", "Range", "String", "Substring", "LazySequence",
            "UnfoldSequence",
        ]
        return sequences.map { iterator($0, "T") }
            + [
                iterator("Dictionary", "(key: K, value: V)"),
                change("IndexingIterator", "next() -> T?", "The next element, or nil at the end.") {
                    base, _ in
                    guard var cursor = ElementCursor.fromScript(base) else {
                        throw wrong("an iterator", base)
                    }
                    let value = cursor.next()
                    base = cursor.scriptValue
                    return optional(value)
                },
            ]
    }

    private static func iterator(_ owner: String, _ element: String) -> Binding {
        member(
            owner, "makeIterator() -> IndexingIterator<\(element)>",
            "Gives the elements one after another, as its next() is called."
        ) { ElementCursor(try elements($0[0])).scriptValue }
    }
}
