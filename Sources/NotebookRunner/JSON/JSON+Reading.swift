/// A text that is not JSON, with the place where it stops being it.
public struct JSONError: Error, Sendable, CustomStringConvertible {
    public var problem: String
    public var line: Int
    public var column: Int

    public var description: String { "JSON, line \(line), column \(column): \(problem)" }
}

extension JSON {
    /// Reads one JSON text in UTF-8, strictly but for `NaN`, `Infinity` and `-Infinity`, which
    /// Python writes.
    ///
    /// - Throws: `JSONError` with the place.
    public init(parsing bytes: [UInt8]) throws(JSONError) {
        var reader = JSONReader(bytes: bytes)
        self = try reader.document()
    }

    /// Reads one JSON text.
    public init(parsing text: String) throws(JSONError) {
        try self.init(parsing: Array(text.utf8))
    }
}

private struct JSONReader {
    let bytes: [UInt8]
    var position = 0
    var depth = 0

    /// Deep enough for every real file, and far from the end of the smallest thread's stack.
    static let deepest = 500

    init(bytes: [UInt8]) {
        self.bytes = bytes
        if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { position = 3 }
    }

    mutating func document() throws(JSONError) -> JSON {
        let value = try value()
        skipSpace()
        guard position == bytes.count else { throw error("something follows the value") }
        return value
    }

    private mutating func value() throws(JSONError) -> JSON {
        skipSpace()
        guard position < bytes.count else { throw error("the text ends where a value is expected") }
        switch bytes[position] {
        case UInt8(ascii: "{"):
            return try nested { reader throws(JSONError) in try reader.object() }
        case UInt8(ascii: "["): return try nested { reader throws(JSONError) in try reader.array() }
        case UInt8(ascii: "\""): return .string(try string())
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "N"): return try word("NaN", .double(.nan))
        case UInt8(ascii: "I"): return try word("Infinity", .double(.infinity))
        default: return try number()
        }
    }

    private mutating func nested(
        _ read: (inout JSONReader) throws(JSONError) -> JSON
    ) throws(JSONError) -> JSON {
        guard depth < Self.deepest else { throw error("nested deeper than \(Self.deepest) levels") }
        depth += 1
        defer { depth -= 1 }
        position += 1
        return try read(&self)
    }

    private mutating func object() throws(JSONError) -> JSON {
        var object = JSONObject()
        skipSpace()
        if take("}") { return .object(object) }
        while true {
            skipSpace()
            guard position < bytes.count, bytes[position] == UInt8(ascii: "\"") else {
                throw error("expected a member's name in quotes")
            }
            let name = try string()
            skipSpace()
            guard take(":") else { throw error("expected ':' after the name '\(name)'") }
            object[name] = try value()
            skipSpace()
            if take("}") { return .object(object) }
            guard take(",") else { throw error("expected ',' or '}' after a member") }
        }
    }

    private mutating func array() throws(JSONError) -> JSON {
        var elements: [JSON] = []
        skipSpace()
        if take("]") { return .array(elements) }
        while true {
            elements.append(try value())
            skipSpace()
            if take("]") { return .array(elements) }
            guard take(",") else { throw error("expected ',' or ']' after an element") }
        }
    }

    private mutating func number() throws(JSONError) -> JSON {
        let start = position
        let isNegative = take("-")
        if isNegative, position < bytes.count, bytes[position] == UInt8(ascii: "I") {
            return try word("Infinity", .double(-.infinity))
        }
        let first = position
        guard skipDigits() else {
            position = start
            throw error("expected a value")
        }
        guard bytes[first] != UInt8(ascii: "0") || position == first + 1 else {
            throw error("a number cannot begin with 0")
        }
        var isInteger = true
        if take(".") {
            isInteger = false
            guard skipDigits() else { throw error("expected digits after '.'") }
        }
        if take("e") || take("E") {
            isInteger = false
            if !take("-") { _ = take("+") }
            guard skipDigits() else { throw error("expected digits of an exponent") }
        }
        let text = String(decoding: bytes[start..<position], as: UTF8.self)
        if isInteger { return .integer(text == "-0" ? "0" : text) }
        guard let value = Double(text) else { throw error("'\(text)' is not a number") }
        return .double(value)
    }

    private mutating func skipDigits() -> Bool {
        let start = position
        while position < bytes.count, (0x30...0x39).contains(bytes[position]) { position += 1 }
        return position > start
    }

    private mutating func word(_ word: String, _ value: JSON) throws(JSONError) -> JSON {
        guard bytes[position...].starts(with: word.utf8) else { throw error("expected a value") }
        position += word.utf8.count
        return value
    }

    private mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard position < bytes.count, bytes[position] == UInt8(ascii: character) else {
            return false
        }
        position += 1
        return true
    }

    private mutating func skipSpace() {
        while position < bytes.count, [0x20, 0x0A, 0x0D, 0x09].contains(bytes[position]) {
            position += 1
        }
    }

    fileprivate func error(_ problem: String) -> JSONError {
        let before = bytes[..<min(position, bytes.count)]
        let line = before.count { $0 == 0x0A } + 1
        let start = before.lastIndex(of: 0x0A).map { $0 + 1 } ?? 0
        let column = String(decoding: before[start...], as: UTF8.self).unicodeScalars.count + 1
        return JSONError(problem: problem, line: line, column: column)
    }
}

// MARK: - Strings

extension JSONReader {
    fileprivate mutating func string() throws(JSONError) -> String {
        position += 1
        var text: [UInt8] = []
        while true {
            let start = position
            while position < bytes.count, bytes[position] >= 0x20,
                bytes[position] != UInt8(ascii: "\""), bytes[position] != UInt8(ascii: "\\")
            {
                position += 1
            }
            text += bytes[start..<position]
            guard position < bytes.count else { throw error("the text ends inside a string") }
            switch bytes[position] {
            case UInt8(ascii: "\""):
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw error("the string is not UTF-8")
                }
                position += 1
                return string
            case UInt8(ascii: "\\"): text += try escape()
            default: throw error("a control character inside a string")
            }
        }
    }

    private mutating func escape() throws(JSONError) -> [UInt8] {
        guard position + 1 < bytes.count else { throw error("the text ends inside a string") }
        let letter = Unicode.Scalar(bytes[position + 1])
        position += 2
        switch letter {
        case "\"", "\\", "/": return [UInt8(ascii: letter)]
        case "n": return [0x0A]
        case "r": return [0x0D]
        case "t": return [0x09]
        case "b": return [0x08]
        case "f": return [0x0C]
        case "u": return Array(String(try codePoint()).utf8)
        default: throw error("'\\\(letter)' is not an escape")
        }
    }

    private mutating func codePoint() throws(JSONError) -> Unicode.Scalar {
        let first = try hexadecimal()
        if let scalar = Unicode.Scalar(first) { return scalar }
        if first < 0xDC00, bytes[position...].starts(with: [0x5C, 0x75]) {
            position += 2
            let second = try hexadecimal()
            if (0xDC00...0xDFFF).contains(second),
                let scalar = Unicode.Scalar(0x10000 + (first - 0xD800) << 10 + (second - 0xDC00))
            {
                return scalar
            }
        }
        throw error("half of a surrogate pair")
    }

    private mutating func hexadecimal() throws(JSONError) -> UInt32 {
        guard position + 4 <= bytes.count,
            bytes[position..<position + 4].allSatisfy({ Character(Unicode.Scalar($0)).isHexDigit }),
            let value = UInt32(
                String(decoding: bytes[position..<position + 4], as: UTF8.self), radix: 16)
        else { throw error("expected four hexadecimal digits after '\\u'") }
        position += 4
        return value
    }
}
