import Glibc

/// What `for`-`in` goes through, one element a call.
public class ScriptIterator {
    /// Where a text in which each byte is a character goes on, and where it ends. Nowhere for
    /// everything else.
    fileprivate final var plain: UnsafePointer<UInt8>?
    fileprivate final var plainEnd: UnsafePointer<UInt8>?
    private final let characters = Characters.values
    /// The character that came last.
    private final var last = Characters.values

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
            return PlainCharacterIterator(text) ?? CharacterIterator(text[...])
        case .substring(let text): return CharacterIterator(text)
        case .range(let range): return try IntegerIterator(range)
        case .object(let object):
            if let steps = object.base as? LazyElements {
                return ForeignIterator(try steps.makeIterator())
            }
            if var cursor = object.base as? ElementCursor {
                return ForeignIterator { cursor.next() }
            }
            guard let next = try machine?.interpreter.elements(of: object) else { fallthrough }
            return ForeignIterator(next)
        default:
            throw RuntimeFault(
                .type, "for-in needs a sequence, got \(value.dynamicType) \(value.shortText)")
        }
    }

    func next() throws -> Value? { nil }

    /// Puts the next character of a plain text into a register. Returns whether there is one:
    /// anything else, and the end, is for `next`.
    @inline(__always)
    final func putPlain(into target: UnsafeMutablePointer<Value>) -> Bool {
        guard plain != plainEnd, let place = plain else { return false }
        let value = characters + Int(place.pointee)
        plain = place + 1
        // Texts of one byte hold no reference, so that bytes may take the place of bytes.
        if memcmp(target, last, MemoryLayout<Value>.size) == 0 {
            memcpy(target, value, MemoryLayout<Value>.stride)
        } else {
            target.pointee = value.pointee
        }
        last = value
        return true
    }

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
    private let bytes: UnsafeMutableBufferPointer<UInt8>

    /// `nil` where bytes of the text are no characters.
    init?(_ text: String) {
        guard Characters.isPlain(text) else { return nil }
        bytes = .allocate(capacity: text.utf8.count)
        _ = bytes.initialize(from: text.utf8)
        super.init()
        plain = bytes.baseAddress.map { UnsafePointer($0) }
        plainEnd = plain.map { $0 + bytes.count }
    }

    deinit { bytes.deallocate() }

    override func next() -> Value? {
        guard plain != plainEnd, let place = plain else { return nil }
        plain = place + 1
        return Characters.values[Int(place.pointee)]
    }
}

/// The characters of texts in which each byte is one.
enum Characters {
    /// The characters of ASCII, in order. They never change.
    nonisolated(unsafe) static let values: UnsafePointer<Value> = {
        let values = UnsafeMutablePointer<Value>.allocate(capacity: 128)
        for code in 0..<128 {
            (values + code).initialize(to: .character(Character(Unicode.Scalar(UInt8(code)))))
        }
        return UnsafePointer(values)
    }()

    /// `a == b`, without a call where both are of one byte: these are alike but for that byte, which
    /// is in their first word.
    @inline(__always)
    static func areSame(_ a: Character, _ b: Character) -> Bool {
        typealias Words = (UInt64, UInt64)
        let mark = unsafeBitCast("a" as Character, to: Words.self).1
        let (x, y) = (unsafeBitCast(a, to: Words.self), unsafeBitCast(b, to: Words.self))
        return x.1 == mark && y.1 == mark ? x.0 == y.0 : a == b
    }

    /// Whether a text has but ASCII, and no line end of two bytes, which is one character.
    static func isPlain(_ text: String) -> Bool {
        text.utf8.withContiguousStorageIfAvailable(arePlain) ?? false
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
