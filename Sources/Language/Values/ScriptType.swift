/// A type of the language.
public indirect enum ScriptType: Hashable, Sendable {
    /// Not known before the program runs, or declared `Any`.
    case any
    case int, double, float, bool, string, character, void
    /// The type of expressions that never finish, such as a call of `fatalError`.
    case never
    case optional(ScriptType)
    case array(ScriptType)
    case dictionary(ScriptType, ScriptType)
    case set(ScriptType)
    case tuple([ScriptType], labels: [String])
    /// Ranges of every form with bounds of one type.
    case range(ScriptType)
    case function([ScriptType], ScriptType)
    /// A built-in type with arguments that has no case of its own, such as `ArraySlice<Int>`.
    case generic(String, [ScriptType])
    /// A foreign type or one declared by a script.
    case named(String)
    /// A structure or enumeration of a script; two of one name from different cells differ.
    case declared(String, id: Int)
    /// The type of a type as a value.
    case metatype(ScriptType)
    /// A parameter that takes any of several types; the name owns implicit members such as `.same`.
    case oneOf(String, [ScriptType])
    /// A placeholder in the signature of a built-in row, such as `Element`.
    case variable(String)
}

extension ScriptType: CustomStringConvertible {
    public var description: String {
        switch self {
        case .any: "Any"
        case .int: "Int"
        case .double: "Double"
        case .float: "Float"
        case .bool: "Bool"
        case .string: "String"
        case .character: "Character"
        case .void: "Void"
        case .never: "Never"
        case .optional(.function(let parameters, let result)):
            "(\(ScriptType.function(parameters, result)))?"
        case .optional(let wrapped): "\(wrapped)?"
        case .array(let element): "[\(element)]"
        case .dictionary(let key, let value): "[\(key): \(value)]"
        case .set(let element): "Set<\(element)>"
        case .tuple(let elements, let labels):
            "("
                + elements.indices.map { index in
                    let label = index < labels.count ? labels[index] : ""
                    return label.isEmpty ? "\(elements[index])" : "\(label): \(elements[index])"
                }.joined(separator: ", ") + ")"
        case .range(let bound): "Range<\(bound)>"
        case .function(let parameters, let result):
            "(\(parameters.map(\.description).joined(separator: ", "))) -> \(result)"
        case .oneOf("inout", let types): "inout \(types.first ?? .any)"
        case .generic(let name, let arguments):
            "\(name)<\(arguments.map(\.description).joined(separator: ", "))>"
        case .named(let name), .declared(let name, _), .oneOf(let name, _): name
        case .metatype(let instance): "\(instance).Type"
        case .variable(let name): name
        }
    }
}

extension ScriptType {
    static func slice(_ element: ScriptType) -> ScriptType { .generic("ArraySlice", [element]) }
    static func lazy(_ element: ScriptType) -> ScriptType { .generic("LazySequence", [element]) }
    static let substring = ScriptType.named("Substring")
    static let stringIndex = ScriptType.named("String.Index")

    /// The name that rows and implicit members are filed under: `Array` for `[Int]`.
    public var memberTable: String {
        switch self {
        case .any, .variable: "Any"
        case .optional: "Optional"
        case .array: "Array"
        case .dictionary: "Dictionary"
        case .set: "Set"
        case .tuple: "tuple"
        case .range: "Range"
        case .function: "function"
        case .generic(let name, _): name
        case .metatype(let instance): instance.memberTable
        default: description
        }
    }

    /// Whether it is a parameter, in a function's type, that the function changes.
    var isInOut: Bool {
        if case .oneOf("inout", _) = self { true } else { false }
    }

    var isNumber: Bool { self == .int || self == .double || self == .float }

    /// Whether it is an array of arrays.
    var isNested: Bool {
        switch self {
        case .array(.array), .array(.generic), .array(.set), .array(.range): true
        default: false
        }
    }

    /// Whether values of this type live unboxed in machine registers.
    var isRaw: Bool { self == .int || self == .double || self == .bool }

    /// Whether it says nothing, or nothing certain, about its values.
    var isUncertain: Bool {
        switch self {
        case .any, .variable: true
        case .optional(let inner), .array(let inner), .set(let inner), .range(let inner):
            inner.isUncertain
        case .dictionary(let key, let value): key.isUncertain || value.isUncertain
        case .tuple(let elements, _), .generic(_, let elements):
            elements.contains(where: \.isUncertain)
        default: false
        }
    }
}
