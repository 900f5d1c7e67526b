/// Reads the signatures of built-in rows: `map(_ transform: (T) -> U) -> [U]`.
///
/// One capital letter, or one with a digit, is a placeholder: `T` elements, `K` and `V` keys and
/// values, others found from the arguments.
struct SignatureReader {
    /// In UTF-8: hundreds of rows are read when an interpreter starts.
    private let text: [UInt8]
    private var position = 0

    init(_ text: String) { self.text = Array(text.utf8) }

    struct Signature {
        var name: String
        var parameters: [Parameter] = []
        var result: ScriptType = .void
        var isProperty = false
    }

    mutating func signature() -> Signature {
        var signature = Signature(name: word { $0 != UInt8(ascii: "(") && $0 != UInt8(ascii: ":") })
        if take(":") {
            signature.result = type()
            signature.isProperty = true
            return signature
        }
        _ = take("(")
        repeatUntilClosed { reader in signature.parameters.append(reader.parameter()) }
        if take("->") { signature.result = type() }
        return signature
    }

    /// Reads entries up to the closing parenthesis; a text that people are still writing may end
    /// before it, or hold what is no entry.
    private mutating func repeatUntilClosed(_ entry: (inout SignatureReader) -> Void) {
        while !take(")"), position < text.count {
            let start = position
            entry(&self)
            _ = take(",")
            if position == start { return }
        }
    }

    private mutating func parameter() -> Parameter {
        let first = word { Self.isLetter($0) || $0 == UInt8(ascii: "_") }
        skip()
        let second = word { Self.isLetter($0) || $0 == UInt8(ascii: "_") }
        _ = take(":")
        let type = type()
        let isVariadic = take("...")
        var value: Value?
        if take("=") { value = literal() }
        return Parameter(
            name: second.isEmpty ? first : second, label: first == "_" ? nil : first, type: type,
            style: isVariadic ? .variadic : .single, defaultValue: value)
    }

    private mutating func literal() -> Value {
        skip()
        if take("\"") {
            let start = position
            while position < text.count, text[position] != UInt8(ascii: "\"") { position += 1 }
            let value = String(decoding: text[start..<position], as: UTF8.self)
            _ = take("\"")
            return .string(value == "\\n" ? "\n" : value)
        }
        let value = word { $0 != UInt8(ascii: ",") && $0 != UInt8(ascii: ")") }
        switch value {
        case "nil": return .none
        case "true": return .bool(true)
        case "false": return .bool(false)
        default: return Int(value).map { .int($0) } ?? .void
        }
    }

    mutating func type() -> ScriptType {
        var result = simpleType()
        while take("?") { result = .optional(result) }
        return result
    }

    private mutating func simpleType() -> ScriptType {
        if take("[") {
            let first = type()
            if take(":") {
                let value = type()
                _ = take("]")
                return .dictionary(first, value)
            }
            _ = take("]")
            return .array(first)
        }
        if take("(") {
            var types: [ScriptType] = []
            var labels: [String] = []
            repeatUntilClosed { reader in
                labels.append(reader.label())
                types.append(reader.type())
            }
            if take("->") { return .function(types, type()) }
            return types.isEmpty
                ? .void : types.count == 1 ? types[0] : .tuple(types, labels: labels)
        }
        let name = word(Self.isLetter)
        switch name {
        case "String" where take(".Index"): return .stringIndex
        case "Int": return .int
        case "Double": return .double
        case "Float": return .float
        case "Bool": return .bool
        case "String": return .string
        case "Character": return .character
        case "Void": return .void
        case "Never": return .never
        case "Any": return .any
        case "inout": return .oneOf("inout", [type()])
        case "Set", "Range":
            _ = take("<")
            let element = type()
            _ = take(">")
            return name == "Set" ? .set(element) : .range(element)
        case "ArraySlice", "LazySequence", "UnfoldSequence", "IndexingIterator":
            _ = take("<")
            let element = type()
            _ = take(">")
            return .generic(name, [element])
        default:
            let isPlaceholder = name.count == 1 || (name.count == 2 && name.last?.isNumber == true)
            return isPlaceholder ? .variable(name) : .named(name)
        }
    }

    /// A tuple element's label, where one stands here.
    private mutating func label() -> String {
        let start = position
        skip()
        let name = word(Self.isLetter)
        if !name.isEmpty, position < text.count, text[position] == UInt8(ascii: ":") {
            position += 1
            return name
        }
        position = start
        return ""
    }

    private mutating func skip() {
        while position < text.count, text[position] == UInt8(ascii: " ") { position += 1 }
    }

    private mutating func take(_ wanted: String) -> Bool {
        skip()
        var end = position
        for byte in wanted.utf8 {
            guard end < text.count, text[end] == byte else { return false }
            end += 1
        }
        position = end
        return true
    }

    private mutating func word(_ belongs: (UInt8) -> Bool) -> String {
        skip()
        let start = position
        while position < text.count, belongs(text[position]) { position += 1 }
        return String(decoding: text[start..<position], as: UTF8.self)
    }

    /// Whether a byte is of a letter or a digit.
    private static func isLetter(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "a")...UInt8(ascii: "z"), 128...:
            true
        default: false
        }
    }
}
