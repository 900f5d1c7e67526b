/// What `for`-`in` goes through, one element a call.
public class ScriptIterator {
    fileprivate init() {}

    /// An iterator over a value.
    ///
    /// - Throws: a fault where the value is no sequence.
    static func make(_ value: Value, machine: Machine?) throws -> ScriptIterator {
        switch value {
        case .array(let elements): return ElementIterator(elements)
        case .dictionary(let pairs): return PairIterator(pairs)
        case .set(let elements): return SetIterator(elements)
        case .slice(let elements): return SliceIterator(elements)
        case .string(let text):
            return Characters.plain(text).map { PlainCharacterIterator($0) }
                ?? CharacterIterator(text[...])
        case .substring(let text): return CharacterIterator(text)
        case .range(let range): return try IntegerIterator(range)
        case .object(let object):
            if let steps = object.base as? LazyElements {
                return ForeignIterator(try steps.makeIterator())
            }
            guard let next = try machine?.interpreter.elements(of: object) else { fallthrough }
            return ForeignIterator(next)
        default:
            throw RuntimeFault(
                .type, "for-in needs a sequence, got \(value.dynamicType) \(value.shortText)")
        }
    }

    func next() throws -> Value? { nil }

    /// The next two values at once, for a pattern that takes a pair apart.
    func nextPair() throws -> (Value, Value)? {
        guard let value = try next() else { return nil }
        guard case .tuple(let tuple) = value, tuple.elements.count == 2 else {
            throw RuntimeFault(.type, "expected a tuple of 2 values, got \(value.dynamicType)")
        }
        return (tuple.elements[0], tuple.elements[1])
    }
}

private final class ElementIterator: ScriptIterator {
    private let elements: [Value]
    private var position = 0

    init(_ elements: [Value]) { self.elements = elements }

    override func next() -> Value? {
        guard position < elements.count else { return nil }
        defer { position += 1 }
        return elements[position]
    }
}

private final class SliceIterator: ScriptIterator {
    private var iterator: ArraySlice<Value>.Iterator

    init(_ elements: ArraySlice<Value>) { iterator = elements.makeIterator() }

    override func next() -> Value? { iterator.next() }
}

private final class IntegerIterator: ScriptIterator {
    private var low: Int
    private let high: Int

    init(_ range: ScriptRange) throws {
        guard case .int(let lower)? = range.lower else {
            throw RuntimeFault(
                .type, "for-in needs a range of Int, got \(Value.range(range))",
                suggestion: "use stride(from:to:by:) for steps of another kind")
        }
        low = lower
        guard case .int(let upper)? = range.upper else {
            high = .max
            super.init()
            return
        }
        if range.isClosed && upper == Int.max {
            throw RuntimeFault(.arithmetic, "a range that ends with Int.max cannot be gone through")
        }
        high = range.isClosed ? upper + 1 : upper
        super.init()
    }

    override func next() -> Value? {
        guard low < high else { return nil }
        defer { low += 1 }
        return .int(low)
    }
}

private final class PairIterator: ScriptIterator {
    private static let labels = ["key", "value"]
    private var iterator: Dictionary<Value, Value>.Iterator

    init(_ pairs: [Value: Value]) { iterator = pairs.makeIterator() }

    override func next() -> Value? {
        iterator.next().map { .tuple(ScriptTuple([$0.key, $0.value], labels: Self.labels)) }
    }

    override func nextPair() -> (Value, Value)? { iterator.next().map { ($0.key, $0.value) } }
}

private final class SetIterator: ScriptIterator {
    private var iterator: Set<Value>.Iterator

    init(_ elements: Set<Value>) { iterator = elements.makeIterator() }

    override func next() -> Value? { iterator.next() }
}

private final class CharacterIterator: ScriptIterator {
    private var iterator: Substring.Iterator

    init(_ text: Substring) { iterator = text.makeIterator() }

    override func next() -> Value? { iterator.next().map { .character($0) } }
}

private final class PlainCharacterIterator: ScriptIterator {
    private let bytes: [UInt8]
    private var position = 0

    init(_ bytes: [UInt8]) { self.bytes = bytes }

    override func next() -> Value? {
        guard position < bytes.count else { return nil }
        defer { position += 1 }
        return .character(Characters.all[Int(bytes[position])])
    }
}

/// The characters of texts in which each byte is one.
enum Characters {
    static let all = (0..<128).map { Character(Unicode.Scalar(UInt8($0))) }

    /// The bytes of such a text; `nil` where it has others than ASCII, or a line end of two bytes,
    /// which is one character.
    static func plain(_ text: String) -> [UInt8]? {
        let bytes = Array(text.utf8)
        return bytes.withUnsafeBufferPointer(arePlain) ? bytes : nil
    }

    /// Whether each of the bytes is a character.
    static func arePlain(_ bytes: UnsafeBufferPointer<UInt8>) -> Bool {
        var all: UInt8 = 0
        var returns: UInt8 = 0
        for byte in bytes {
            all |= byte
            returns |= byte == 13 ? 1 : 0
        }
        return all < 128 && returns == 0
    }
}

private final class ForeignIterator: ScriptIterator {
    private let source: () throws -> Value?

    init(_ source: @escaping () throws -> Value?) { self.source = source }

    override func next() throws -> Value? { try source() }
}
