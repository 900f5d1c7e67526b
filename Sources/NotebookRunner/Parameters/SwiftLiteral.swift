/// JSON values as the language writes them.
enum SwiftLiteral {
    /// The type a value has by itself, such as `[Int]`; `Any?` for null.
    static func type(of value: JSON) -> String {
        switch value {
        case .null: "Any?"
        case .bool: "Bool"
        case .integer: "Int"
        case .double: "Double"
        case .string: "String"
        case .array(let elements): "[\(sharedType(elements))]"
        case .object(let object): "[String: \(sharedType(object.members.map(\.value)))]"
        }
    }

    /// The type that holds each of the values; whole numbers become Double beside others.
    private static func sharedType(_ values: [JSON]) -> String {
        let arrays = values.compactMap(\.elements)
        let objects = values.compactMap(\.members)
        if !values.isEmpty, arrays.count == values.count {
            return "[\(sharedType(Array(arrays.joined())))]"
        }
        if !values.isEmpty, objects.count == values.count {
            return "[String: \(sharedType(objects.flatMap { $0.members.map(\.value) }))]"
        }
        let types = Set(values.map(type))
        if types.count == 1, let type = types.first { return type }
        if types == ["Int", "Double"] { return "Double" }
        return types.contains("Any?") ? "Any?" : "Any"
    }

    /// Whether a value says its type wherever it stands.
    static func isPlain(_ value: JSON) -> Bool {
        switch value {
        case .null, .array, .object: false
        case .bool, .integer, .double, .string: true
        }
    }

    /// The literal of a value where a type is expected. Where that says nothing about a collection's
    /// elements, such as `Any`, the literal says its own.
    ///
    /// - Throws: `ParameterError` for a whole number beyond 64 bits.
    static func text(_ value: JSON, as type: String) throws(ParameterError) -> String {
        switch value {
        case .null: return "nil"
        case .bool(let flag): return flag ? "true" : "false"
        case .integer(let digits):
            guard Int(digits) != nil else {
                throw ParameterError("\(digits) does not fit into Int, which has 64 bits")
            }
            return digits
        case .double(let number):
            if number.isNaN { return "Double.nan" }
            if number.isInfinite { return number < 0 ? "-Double.infinity" : "Double.infinity" }
            return number.description
        case .string(let text): return quoted(text)
        case .array, .object: return try collection(value, as: type)
        }
    }

    private static func collection(
        _ value: JSON, as type: String
    ) throws(ParameterError) -> String {
        guard let element = elementType(type) else {
            let own = Self.type(of: value)
            return "\(try collection(value, as: own)) as \(own)"
        }
        var parts: [String] = []
        for value in value.elements ?? [] { parts.append(try text(value, as: element)) }
        for member in value.members?.members ?? [] {
            parts.append("\(quoted(member.name)): \(try text(member.value, as: element))")
        }
        let isEmptyObject = value.members != nil && parts.isEmpty
        return isEmptyObject ? "[:]" : "[\(parts.joined(separator: ", "))]"
    }

    /// What `[T]`, `[String: T]` and optionals of them hold.
    private static func elementType(_ type: String) -> String? {
        let bare = type.hasSuffix("?") ? type.dropLast() : type[...]
        guard bare.hasPrefix("["), bare.hasSuffix("]") else { return nil }
        let content = bare.dropFirst().dropLast()
        let isDictionary = content.hasPrefix("String:")
        return String(isDictionary ? content.dropFirst(7).drop { $0 == " " } : content)
    }

    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case "\0": quoted += "\\0"
            case "\u{1}"..<" ", "\u{7F}"..<"\u{A0}", "\u{2028}", "\u{2029}":
                quoted += "\\u{\(String(scalar.value, radix: 16, uppercase: true))}"
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }

    // MARK: - Names

    static func isName(_ name: String) -> Bool {
        guard let first = name.unicodeScalars.first, first == "_" || first.properties.isXIDStart,
            name != "_"
        else { return false }
        return name.unicodeScalars.allSatisfy { $0.properties.isXIDContinue }
    }

    /// A name as a declaration writes it.
    static func name(_ name: String) -> String { keywords.contains(name) ? "`\(name)`" : name }

    private static let keywords: Set<String> = [
        "associatedtype", "class", "deinit", "enum", "extension", "fileprivate", "func", "import",
        "init", "inout", "internal", "let", "open", "operator", "private", "precedencegroup",
        "protocol", "public", "rethrows", "static", "struct", "subscript", "typealias", "var",
        "break", "case", "catch", "continue", "default", "defer", "do", "else", "fallthrough",
        "for", "guard", "if", "in", "repeat", "return", "throw", "switch", "where", "while", "Any",
        "as", "await", "false", "is", "nil", "self", "Self", "super", "throws", "true", "try",
    ]
}
