import Hosting

/// Equality as Swift's `==` on values of one type; values of different types are unequal.
extension Value: Hashable {
    public static func == (left: Value, right: Value) -> Bool {
        var patience = Patience()
        return equal(left, right, &patience)
    }

    private static func equal(_ left: Value, _ right: Value, _ patience: inout Patience) -> Bool {
        switch (left, right) {
        case (.int(let a), .int(let b)): return a == b
        case (.string(let a), .string(let b)): return a == b
        case (.double(let a), .double(let b)): return a == b
        case (.float(let a), .float(let b)): return a == b
        case (.bool(let a), .bool(let b)): return a == b
        case (.character(let a), .character(let b)): return a == b
        case (.void, .void), (.none, .none): return true
        case (.some(let a), .some(let b)): return equal(a, b, &patience)
        case (.some, .none), (.none, .some): return false
        case (.some(let a), let b): return equal(a, b, &patience)
        case (let a, .some(let b)): return equal(a, b, &patience)
        case (.array(let a), .array(let b)): return equal(a, b, &patience)
        case (.slice(let a), .slice(let b)): return equal(Array(a), Array(b), &patience)
        case (.slice(let a), .array(let b)), (.array(let b), .slice(let a)):
            return equal(Array(a), b, &patience)
        case (.substring(let a), .substring(let b)): return a == b
        case (.substring(let a), .string(let b)), (.string(let b), .substring(let a)):
            return a == b
        case (.index(let a), .index(let b)): return a == b
        case (.dictionary(let a), .dictionary(let b)): return equal(a, b, &patience)
        case (.set(let a), .set(let b)): return a == b
        case (.tuple(let a), .tuple(let b)): return equal(a.elements, b.elements, &patience)
        case (.range(let a), .range(let b)): return a == b
        case (.type(let a), .type(let b)): return a == b
        case (.structure(let a), .structure(let b)):
            guard a.type === b.type else { return false }
            if a === b && a.type.equals == nil { return true }
            return a.type.isEqual(left, right) ?? equal(a.fields, b.fields, &patience)
        case (.enumeration(let a), .enumeration(let b)):
            guard a.type === b.type else { return false }
            return a.type.isEqual(left, right)
                ?? (a.index == b.index && equal(a.payload, b.payload, &patience))
        case (.object(let a), .object(let b)): return ForeignObject.equal(a, b)
        case (.function(let a), .function(let b)): return a === b
        default: return false
        }
    }

    private static func equal(_ a: [Value], _ b: [Value], _ patience: inout Patience) -> Bool {
        guard a.count == b.count else { return false }
        let isSame = a.withUnsafeBufferPointer { first in
            b.withUnsafeBufferPointer { first.baseAddress == $0.baseAddress }
        }
        if isSame { return true }
        for index in a.indices {
            if patience.isOver || !equal(a[index], b[index], &patience) { return false }
        }
        return true
    }

    private static func equal(
        _ a: [Value: Value], _ b: [Value: Value], _ patience: inout Patience
    ) -> Bool {
        guard a.count == b.count else { return false }
        for (key, value) in a {
            if patience.isOver { return false }
            guard let other = b[key], equal(value, other, &patience) else { return false }
        }
        return true
    }

    public func hash(into hasher: inout Hasher) {
        var budget = 1_000
        hash(into: &hasher, &budget)
    }

    /// Feeds a hasher with what a budget allows, so that values which share their parts many times
    /// over are hashed in bounded time; what is left out is still compared by `==`.
    private func hash(into hasher: inout Hasher, _ budget: inout Int) {
        guard budget > 0 else { return }
        budget -= 1
        switch self {
        case .int(let value): hasher.combine(value)
        case .string(let value): hasher.combine(value)
        case .double(let value): hasher.combine(value)
        case .float(let value): hasher.combine(value)
        case .bool(let value): hasher.combine(value)
        case .character(let value): hasher.combine(value)
        case .some(let value): value.hash(into: &hasher, &budget)
        case .array(let values): Value.hash(values, into: &hasher, &budget)
        case .slice(let values): Value.hash(Array(values), into: &hasher, &budget)
        case .substring(let value): hasher.combine(value)
        case .index(let value): hasher.combine(value)
        // The order of their elements is no part of these, so each counts for itself.
        case .dictionary(let values):
            hasher.combine(values.count)
            if budget > 100 { hasher.combine(values.keys.reduce(0) { $0 ^ $1.hashValue }) }
        case .set(let values):
            hasher.combine(values.count)
            if budget > 100 { hasher.combine(values.reduce(0) { $0 ^ $1.hashValue }) }
        case .tuple(let tuple): Value.hash(tuple.elements, into: &hasher, &budget)
        case .range(let range): hasher.combine(range)
        case .type(let type): hasher.combine(type)
        // A type with its own == may call different fields equal, so only its name is certain.
        case .structure(let instance):
            hasher.combine(instance.type.id)
            if instance.type.hash(self, into: &hasher) { return }
            if instance.type.equals == nil {
                Value.hash(instance.fields, into: &hasher, &budget)
            }
        case .enumeration(let value):
            hasher.combine(value.type.id)
            if value.type.hash(self, into: &hasher) { return }
            if value.type.equals == nil {
                hasher.combine(value.index)
                Value.hash(value.payload, into: &hasher, &budget)
            }
        case .object(let object):
            if let hashable = object.base as? AnyHashable { hasher.combine(hashable) }
        case .void, .none, .function, .cell, .iterator: break
        }
    }

    private static func hash(
        _ values: [Value], into hasher: inout Hasher, _ budget: inout Int
    ) {
        hasher.combine(values.count)
        for value in values {
            if budget <= 0 { return }
            value.hash(into: &hasher, &budget)
        }
    }

    /// What dictionaries and sets hash their keys with: numbers and plain texts, which most keys
    /// are, take a few multiplications instead of Swift's keyed hash.
    public func _rawHashValue(seed: Int) -> Int {
        switch self {
        case .int(let value): return Value.mixed(UInt(bitPattern: value), seed)
        case .string(let text):
            if let hash = Value.hash(of: text, seed) { return hash }
            let plain = String(String.UnicodeScalarView(text.unicodeScalars.map(Value.canonical)))
            if let hash = Value.hash(of: plain, seed) { return hash }
        case .character(let character):
            return Value.string(String(character))._rawHashValue(seed: seed)
        case .some(let inner): return inner._rawHashValue(seed: seed)
        default: break
        }
        return Plain(value: self)._rawHashValue(seed: seed)
    }

    private struct Plain: Hashable {
        let value: Value
        func hash(into hasher: inout Hasher) { value.hash(into: &hasher) }
    }

    @inline(__always)
    private static func mixed(_ bits: UInt, _ seed: Int) -> Int {
        let (high, low) = (bits ^ UInt(bitPattern: seed)).multipliedFullWidth(
            by: 0x9E37_79B9_7F4A_7C15)
        return Int(bitPattern: high ^ low)
    }

    /// The three scalars beyond ASCII that are equal to one inside, as that one.
    private static func canonical(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
        switch scalar {
        case "\u{212A}": "K"
        case "\u{37E}": ";"
        case "\u{1FEF}": "`"
        default: scalar
        }
    }

    /// `nil` for a text beyond ASCII, where different bytes may spell equal texts.
    private static func hash(of text: String, _ seed: Int) -> Int? {
        text.utf8.withContiguousStorageIfAvailable { bytes -> Int? in
            var hash = bytes.count
            var position = 0
            var all: UInt = 0
            while position < bytes.count {
                var word: UInt = 0
                let count = min(8, bytes.count - position)
                for index in 0..<count { word |= UInt(bytes[position + index]) << (8 * index) }
                all |= word
                hash = mixed(word, hash ^ seed)
                position += 8
            }
            return all & 0x8080_8080_8080_8080 == 0 ? mixed(UInt(bitPattern: hash), seed) : nil
        } ?? nil
    }
}

/// How long a comparison of deep values may go on before it looks whether it was interrupted. One
/// that was ends as unequal; the machine throws at its next poll, before anybody sees the answer.
private struct Patience {
    private var left = 10_000
    private var wasInterrupted = false

    var isOver: Bool {
        mutating get {
            left -= 1
            if left == 0 {
                left = 10_000
                wasInterrupted = Host.current.cancellation.isRequested
            }
            return wasInterrupted
        }
    }
}

extension DeclaredType {
    /// What the script's own `==` says; an error in it counts as unequal and is kept for the machine.
    fileprivate func isEqual(_ a: Value, _ b: Value) -> Bool? {
        guard let equals else { return nil }
        do {
            if case .bool(let answer) = try equals.call([a, b]) { return answer }
        } catch {
            equals.machine?.deferredError = error
        }
        return false
    }
}

extension ForeignObject {
    static func equal(_ a: ForeignObject, _ b: ForeignObject) -> Bool {
        if a === b { return true }
        guard let a = a.base as? AnyHashable, let b = b.base as? AnyHashable else { return false }
        return a == b
    }
}
