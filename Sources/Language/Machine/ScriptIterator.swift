/// What `for`-`in` goes through, one element a call.
public final class ScriptIterator {
    private enum Source {
        case array([Value], Int)
        case integers(Int, Int)
        case dictionary(Dictionary<Value, Value>.Iterator)
        case set(Set<Value>.Iterator)
        case slice(ArraySlice<Value>.Iterator)
        case characters(Substring.Iterator)
        case foreign(() throws -> Value?)
    }
    private var source: Source
    private static let pairLabels = ["key", "value"]

    /// An iterator over a value.
    ///
    /// - Throws: a fault where the value is no sequence.
    init(_ value: Value, machine: Machine?) throws {
        switch value {
        case .array(let elements): source = .array(elements, 0)
        case .dictionary(let pairs): source = .dictionary(pairs.makeIterator())
        case .set(let elements): source = .set(elements.makeIterator())
        case .slice(let elements): source = .slice(elements.makeIterator())
        case .string(let text): source = .characters(text[...].makeIterator())
        case .substring(let text): source = .characters(text.makeIterator())
        case .range(let range): source = try Self.integers(range)
        case .object(let object):
            if let steps = object.base as? LazyElements {
                source = .foreign(try steps.makeIterator())
                return
            }
            guard let next = try machine?.interpreter.elements(of: object) else { fallthrough }
            source = .foreign(next)
        default:
            throw RuntimeFault(
                .type, "for-in needs a sequence, got \(value.dynamicType) \(value.shortText)")
        }
    }

    private static func integers(_ range: ScriptRange) throws -> Source {
        guard case .int(let lower)? = range.lower else {
            throw RuntimeFault(
                .type, "for-in needs a range of Int, got \(Value.range(range))",
                suggestion: "use stride(from:to:by:) for steps of another kind")
        }
        guard case .int(let upper)? = range.upper else { return .integers(lower, Int.max) }
        if range.isClosed && upper == Int.max {
            throw RuntimeFault(.arithmetic, "a range that ends with Int.max cannot be gone through")
        }
        return .integers(lower, range.isClosed ? upper + 1 : upper)
    }

    func next() throws -> Value? {
        switch source {
        case .array(let elements, let index):
            guard index < elements.count else { return nil }
            source = .array(elements, index + 1)
            return elements[index]
        case .integers(let low, let high):
            guard low < high else { return nil }
            source = .integers(low + 1, high)
            return .int(low)
        case .dictionary(var iterator):
            guard let (key, value) = iterator.next() else { return nil }
            source = .dictionary(iterator)
            return .tuple(ScriptTuple([key, value], labels: Self.pairLabels))
        case .set(var iterator):
            guard let value = iterator.next() else { return nil }
            source = .set(iterator)
            return value
        case .slice(var iterator):
            guard let value = iterator.next() else { return nil }
            source = .slice(iterator)
            return value
        case .characters(var iterator):
            guard let character = iterator.next() else { return nil }
            source = .characters(iterator)
            return .character(character)
        case .foreign(let next): return try next()
        }
    }
}
