/// `hash(into:)` of a script's type gets Swift's own hasher.
extension Hasher: ForeignConvertible {
    public static var foreignName: String { "Hasher" }
}

extension Builtins {
    static let hasher = ForeignType(
        "Hasher", Hasher.self, summary: "What hash(into:) gives the values to that tell one apart."
    ) { _ in "Hasher" }

    static var hashing: [Binding] {
        [
            initializer("Hasher", "init() -> Hasher", "An empty hasher.") { _ in
                Hasher().scriptValue
            },
            change("Hasher", "combine(_ value: Any)", "Adds a value.") { base, values in
                guard var hasher = Hasher.fromScript(base) else { throw wrong("Hasher", base) }
                hasher.combine(values[0])
                base = hasher.scriptValue
                return .void
            },
            change("Hasher", "finalize() -> Int", "The hash of all values added.") { base, _ in
                guard let hasher = Hasher.fromScript(base) else { throw wrong("Hasher", base) }
                return .int(hasher.finalize())
            },
        ]
    }
}

extension DeclaredType {
    /// Hashes a value with the script's own `hash(into:)`; `false` where it has none.
    func hash(_ value: Value, into hasher: inout Hasher) -> Bool {
        guard let hashing, case .compiled(let prototype, _) = hashing.body,
            let machine = hashing.machine
        else { return false }
        var arguments = [value, Hasher().scriptValue]
        do {
            _ = try machine.reenter(prototype, captures: [], changing: &arguments, at: [1])
        } catch {
            machine.deferredError = error
        }
        if let own = Hasher.fromScript(arguments[1]) { hasher.combine(own.finalize()) }
        return true
    }
}
