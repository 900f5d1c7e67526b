extension Builtins {
    private static func set(_ value: Value) throws -> Set<Value> {
        guard case .set(let values) = value else { return Set(try elements(value)) }
        return values
    }

    static var dictionaries: [Binding] {
        [
            initializer("Dictionary", "init() -> [Any: Any]", "An empty dictionary.") { _ in
                .dictionary([:])
            },
            initializer(
                "Dictionary", "init(uniqueKeysWithValues pairs: [(K, V)]) -> [K: V]",
                "Pairs as a dictionary."
            ) {
                var result: [Value: Value] = [:]
                for pair in try elements($0[0]) {
                    guard case .tuple(let tuple) = pair, tuple.elements.count == 2 else {
                        throw wrong("a pair", pair)
                    }
                    if result.updateValue(tuple.elements[1], forKey: tuple.elements[0]) != nil {
                        throw RuntimeFault(
                            .key, "the key \(tuple.elements[0].shortText) comes twice")
                    }
                }
                return .dictionary(result)
            },
            initializer(
                "Dictionary",
                "init(_ pairs: [(K, V)], uniquingKeysWith combine: (V, V) -> V) -> [K: V]",
                "Pairs as a dictionary; the function decides where a key comes twice."
            ) {
                let function = try callable($0[1])
                var result: [Value: Value] = [:]
                for pair in try elements($0[0]) {
                    guard case .tuple(let tuple) = pair, tuple.elements.count == 2 else {
                        throw wrong("a pair", pair)
                    }
                    let (key, value) = (tuple.elements[0], tuple.elements[1])
                    result[key] = try result[key].map { try function.call([$0, value]) } ?? value
                }
                return .dictionary(result)
            },
            initializer(
                "Dictionary", "init(grouping values: [T], by key: (T) -> K) -> [K: [T]]",
                "The elements under what the function gives for each."
            ) {
                let function = try callable($0[1])
                var result: [Value: [Value]] = [:]
                for value in try elements($0[0]) {
                    result[try function.call(value), default: []].append(value)
                }
                return .dictionary(result.mapValues { .array($0) })
            },
            member("Dictionary", "keys: [K]", "Its keys.") {
                .array(Array(try dictionary($0[0]).keys))
            },
            member("Dictionary", "values: [V]", "Its values.") {
                .array(Array(try dictionary($0[0]).values))
            },
            member(
                "Dictionary", "mapValues(_ transform: (V) -> U) -> [K: U]",
                "The same keys with new values."
            ) {
                let function = try callable($0[1])
                return .dictionary(try dictionary($0[0]).mapValues { try function.call($0) })
            },
            member(
                "Dictionary", "compactMapValues(_ transform: (V) -> U?) -> [K: U]",
                "The same keys with new values, without those that are nil."
            ) {
                let function = try callable($0[1])
                return .dictionary(
                    try dictionary($0[0]).compactMapValues { content(try function.call([$0])) })
            },
            member(
                "Dictionary", "filter(_ test: ((key: K, value: V)) -> Bool) -> [K: V]",
                "The pairs that pass."
            ) {
                let test = try predicate($0[1])
                return .dictionary(
                    try dictionary($0[0]).filter {
                        try test(
                            .tuple(ScriptTuple([$0.key, $0.value], labels: ["key", "value"])))
                    })
            },
            member(
                "Dictionary",
                "merging(_ other: [K: V], uniquingKeysWith combine: (V, V) -> V) -> [K: V]",
                "Both; the function decides where a key is in both."
            ) {
                let function = try callable($0[2])
                return .dictionary(
                    try dictionary($0[0]).merging(try dictionary($0[1])) {
                        try function.call($0, $1)
                    })
            },
            change(
                "Dictionary", "merge(_ other: [K: V], uniquingKeysWith combine: (V, V) -> V)",
                "Takes in another dictionary."
            ) { base, a in
                let function = try callable(a[1])
                base = .dictionary(
                    try dictionary(base).merging(try dictionary(a[0])) {
                        try function.call($0, $1)
                    })
                return .void
            },
            change(
                "Dictionary", "updateValue(_ value: V, forKey key: K) -> V?",
                "Sets a value and gives the old one."
            ) { base, a in
                guard case .dictionary(var pairs) = base else { throw wrong("a dictionary", base) }
                base = .void
                defer { base = .dictionary(pairs) }
                return optional(pairs.updateValue(a[0], forKey: a[1]))
            },
            change(
                "Dictionary", "removeValue(forKey key: K) -> V?",
                "Takes a pair out and gives its value."
            ) { base, a in
                guard case .dictionary(var pairs) = base else { throw wrong("a dictionary", base) }
                base = .void
                defer { base = .dictionary(pairs) }
                return optional(pairs.removeValue(forKey: a[0]))
            },
            change(
                "Dictionary", "removeAll(keepingCapacity: Bool = false)", "Takes everything out."
            ) { base, _ in
                base = .dictionary([:])
                return .void
            },
            change("Dictionary", "popFirst() -> (key: K, value: V)?", "Takes one pair out.") {
                base, _ in
                guard case .dictionary(var pairs) = base else { throw wrong("a dictionary", base) }
                base = .void
                defer { base = .dictionary(pairs) }
                return optional(
                    pairs.popFirst().map {
                        .tuple(ScriptTuple([$0.key, $0.value], labels: ["key", "value"]))
                    })
            },
        ]
    }

    static var sets: [Binding] {
        [
            initializer("Set", "init() -> Set<Any>", "An empty set.") { _ in .set([]) },
            initializer(
                "Set", "init(_ elements: [T]) -> Set<T>", "The distinct elements of a sequence."
            ) {
                .set(try set($0[0]))
            },
            member("Set", "union(_ other: [T]) -> Set<T>", "The elements of either.") {
                .set(try set($0[0]).union(try set($0[1])))
            },
            member("Set", "intersection(_ other: [T]) -> Set<T>", "The elements of both.") {
                .set(try set($0[0]).intersection(try set($0[1])))
            },
            member(
                "Set", "subtracting(_ other: [T]) -> Set<T>",
                "The elements that are not in the other."
            ) {
                .set(try set($0[0]).subtracting(try set($0[1])))
            },
            member(
                "Set", "symmetricDifference(_ other: [T]) -> Set<T>", "The elements of one alone."
            ) {
                .set(try set($0[0]).symmetricDifference(try set($0[1])))
            },
            member(
                "Set", "isSubset(of other: [T]) -> Bool", "Whether the other has all its elements."
            ) {
                .bool(try set($0[0]).isSubset(of: try set($0[1])))
            },
            member(
                "Set", "isSuperset(of other: [T]) -> Bool",
                "Whether it has all elements of the other."
            ) {
                .bool(try set($0[0]).isSuperset(of: try set($0[1])))
            },
            member("Set", "isDisjoint(with other: [T]) -> Bool", "Whether they share no element.") {
                .bool(try set($0[0]).isDisjoint(with: try set($0[1])))
            },
            member(
                "Set", "isStrictSubset(of other: [T]) -> Bool",
                "Whether the other has all its elements and more."
            ) {
                .bool(try set($0[0]).isStrictSubset(of: try set($0[1])))
            },
            member(
                "Set", "isStrictSuperset(of other: [T]) -> Bool",
                "Whether it has all elements of the other and more."
            ) {
                .bool(try set($0[0]).isStrictSuperset(of: try set($0[1])))
            },
            change(
                "Set", "insert(_ element: T) -> (inserted: Bool, memberAfterInsert: T)",
                "Adds an element, and says whether it was new."
            ) { base, a in
                try edit(&base) {
                    let (isNew, member) = $0.insert(a[0])
                    return .tuple(
                        ScriptTuple(
                            [.bool(isNew), member], labels: ["inserted", "memberAfterInsert"]))
                }
            },
            change("Set", "update(with element: T) -> T?", "Puts an element in place of its equal.")
            { base, a in
                try edit(&base) { optional($0.update(with: a[0])) }
            },
            combining("formUnion", "Adds the elements of another.") { $0.formUnion($1) },
            combining("formIntersection", "Keeps what the other has, too.") {
                $0.formIntersection($1)
            },
            combining("subtract", "Takes out what the other has.") { $0.subtract($1) },
            combining("formSymmetricDifference", "Keeps what only one has.") {
                $0.formSymmetricDifference($1)
            },
            change("Set", "popFirst() -> T?", "Takes one element out.") { base, _ in
                try edit(&base) { optional($0.popFirst()) }
            },
            change("Set", "remove(_ element: T) -> T?", "Takes an element out.") { base, a in
                guard case .set(var values) = base else { throw wrong("a set", base) }
                base = .void
                defer { base = .set(values) }
                return optional(values.remove(a[0]))
            },
            change("Set", "removeAll(keepingCapacity: Bool = false)", "Takes everything out.") {
                base, _ in
                base = .set([])
                return .void
            },
        ]
    }

    private static func edit(
        _ base: inout Value, _ body: (inout Set<Value>) throws -> Value
    ) throws -> Value {
        guard case .set(var values) = base else { throw wrong("a set", base) }
        base = .void
        defer { base = .set(values) }
        return try body(&values)
    }

    /// A method that changes a set by another one.
    private static func combining(
        _ name: String, _ summary: String, _ body: @escaping (inout Set<Value>, Set<Value>) -> Void
    ) -> Binding {
        change("Set", "\(name)(_ other: [T])", summary) { base, a in
            let other = try set(a[0])
            return try edit(&base) {
                body(&$0, other)
                return .void
            }
        }
    }

    static var optionals: [Binding] {
        [
            initializer("Optional", "init(_ value: T) -> T?", "The value as an optional.") {
                .some($0[0])
            },
            member(
                "Optional", "map(_ transform: (T) -> U) -> U?",
                "The function's result for the value inside, or nil."
            ) {
                switch $0[0] {
                case .none: .none
                case .some(let inner): .some(try callable($0[1]).call([inner]))
                default: .some(try callable($0[1]).call([$0[0]]))
                }
            },
            member(
                "Optional", "flatMap(_ transform: (T) -> U?) -> U?",
                "As map, for a function that gives an optional."
            ) {
                switch $0[0] {
                case .none: .none
                case .some(let inner): try callable($0[1]).call([inner])
                default: try callable($0[1]).call([$0[0]])
                }
            },
        ]
    }
}
