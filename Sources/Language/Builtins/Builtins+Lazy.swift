extension Builtins {
    private static func steps(_ value: Value) throws -> LazyElements {
        guard case .object(let object) = value, let steps = object.base as? LazyElements else {
            throw wrong("a lazy sequence", value)
        }
        return steps
    }

    /// A sequence that makes a new one from each pass over its base.
    private static func derived(
        _ base: Value, _ pass: @escaping (@escaping () throws -> Value?) -> () throws -> Value?
    ) throws -> Value {
        let source = try steps(base)
        return LazyElements { pass(try source.makeIterator()) }.value()
    }

    /// Sequences that compute an element when it is asked for.
    static var lazySequences: [Binding] {
        ["Array", "ArraySlice", "Set", "Range", "String", "Substring"].map { owner in
            member(owner, "lazy: LazySequence<T>", "The elements, computed only when asked for.") {
                LazyElements($0[0]).value()
            }
        } + lazyTransforms + lazyParts + unfolding
    }

    private static var lazyTransforms: [Binding] {
        let owner = "LazySequence"
        return [
            member(
                owner, "map(_ transform: (T) -> U) -> LazySequence<U>",
                "What the function gives, computed when asked for."
            ) {
                let function = try callable($0[1])
                return try derived($0[0]) { next in
                    { try next().map { try function.call([$0]) } }
                }
            },
            member(
                owner, "filter(_ test: (T) -> Bool) -> LazySequence<T>",
                "The elements that pass, found when asked for."
            ) {
                let test = try predicate($0[1])
                return try derived($0[0]) { next in
                    {
                        while let value = try next() { if try test(value) { return value } }
                        return nil
                    }
                }
            },
            member(
                owner, "compactMap(_ transform: (T) -> U?) -> LazySequence<U>",
                "The results that are not nil, computed when asked for."
            ) {
                let function = try callable($0[1])
                return try derived($0[0]) { next in
                    {
                        while let value = try next() {
                            switch try function.call([value]) {
                            case .none: continue
                            case .some(let inner): return inner
                            case let other: return other
                            }
                        }
                        return nil
                    }
                }
            },
            member(
                owner, "flatMap(_ transform: (T) -> [U]) -> LazySequence<U>",
                "The results in a row, computed when asked for."
            ) {
                let function = try callable($0[1])
                return try derived($0[0]) { next in
                    var current: ScriptIterator?
                    return {
                        while true {
                            if let value = try current?.next() { return value }
                            guard let outer = try next() else { return nil }
                            current = try ScriptIterator.make(function.call([outer]), machine: nil)
                        }
                    }
                }
            },
            member(
                owner, "enumerated() -> LazySequence<(offset: Int, element: T)>",
                "Each element with its number, when asked for."
            ) {
                try derived($0[0]) { next in
                    var offset = -1
                    return {
                        guard let value = try next() else { return nil }
                        offset += 1
                        return numbered(offset, value)
                    }
                }
            },
        ]
    }

    private static var lazyParts: [Binding] {
        let owner = "LazySequence"
        return [
            member(
                owner, "prefix(_ count: Int) -> LazySequence<T>", "At most so many elements."
            ) {
                let count = try int($0[1])
                return try derived($0[0]) { next in
                    var left = count
                    return {
                        guard left > 0 else { return nil }
                        left -= 1
                        return try next()
                    }
                }
            },
            member(
                owner, "prefix(while test: (T) -> Bool) -> LazySequence<T>",
                "The elements before the first that fails."
            ) {
                let test = try predicate($0[1])
                return try derived($0[0]) { next in
                    var isOver = false
                    return {
                        guard !isOver, let value = try next(), try test(value) else {
                            isOver = true
                            return nil
                        }
                        return value
                    }
                }
            },
            member(
                owner, "dropFirst(_ count: Int = 1) -> LazySequence<T>", "All but the first."
            ) {
                let count = try int($0[1])
                return try derived($0[0]) { next in
                    var left = count
                    return {
                        while left > 0 {
                            left -= 1
                            guard try next() != nil else { return nil }
                        }
                        return try next()
                    }
                }
            },
            member(
                owner, "drop(while test: (T) -> Bool) -> LazySequence<T>",
                "The elements from the first that fails."
            ) {
                let test = try predicate($0[1])
                return try derived($0[0]) { next in
                    var hasBegun = false
                    return {
                        while let value = try next() {
                            if hasBegun { return value }
                            if try !test(value) {
                                hasBegun = true
                                return value
                            }
                        }
                        return nil
                    }
                }
            },
        ]
    }

    private static var unfolding: [Binding] {
        [
            function(
                "sequence(first: T, next: (T) -> T?) -> UnfoldSequence<T>",
                "A first element, and each further one from the one before, until nil."
            ) {
                let first = $0[0]
                let function = try callable($0[1])
                return LazyElements {
                    var upcoming: Value? = first
                    var isFirst = true
                    return {
                        if isFirst {
                            isFirst = false
                            return upcoming
                        }
                        guard let last = upcoming else { return nil }
                        upcoming = content(try function.call([last]))
                        return upcoming
                    }
                }.value("UnfoldSequence")
            }
        ]
    }

    /// What an optional holds; `nil` for `nil`.
    static func content(_ value: Value) -> Value? {
        switch value {
        case .none: nil
        case .some(let inner): inner
        default: value
        }
    }

    /// An element with its number, as `enumerated()` gives it.
    static func numbered(_ offset: Int, _ value: Value) -> Value {
        .tuple(ScriptTuple([.int(offset), value], labels: ["offset", "element"]))
    }
}
