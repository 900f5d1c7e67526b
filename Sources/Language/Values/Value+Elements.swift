extension Value {
    /// Begins a pass over a sequence of the language: a function that gives one element a call and
    /// `nil` at the end.
    ///
    /// - Throws: a fault where the value is no sequence.
    public func makeIterator() throws -> () throws -> Value? {
        try ScriptIterator.make(self, machine: nil).next
    }

    /// How many elements a pass gives; `nil` where that is known only afterwards.
    public var elementCount: Int? {
        switch self {
        case .array(let values): values.count
        case .slice(let values): values.count
        case .set(let values): values.count
        case .dictionary(let pairs): pairs.count
        case .string(let text): text.count
        case .substring(let text): text.count
        case .range(let range): range.count
        default: nil
        }
    }
}

extension ScriptRange {
    /// How many whole numbers it holds; `nil` for any other range.
    fileprivate var count: Int? {
        guard case .int(let lower)? = lower, case .int(let upper)? = upper else { return nil }
        return max(0, upper &- lower &+ (isClosed ? 1 : 0))
    }
}
