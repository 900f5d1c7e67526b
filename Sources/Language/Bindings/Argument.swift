/// One parameter of a row, with the Swift type it arrives as.
public struct Argument<Element: ScriptConvertible> {
    let parameter: Parameter

    init(_ name: String, label: String?, default value: Element?, note: String) {
        parameter = Parameter(
            name: name, label: label, type: Element.scriptType, style: Element.parameterStyle,
            defaultValue: value?.scriptValue, note: note)
    }
}

/// A parameter as the checker, signatures and documentation see it.
public struct Parameter: @unchecked Sendable {
    // Invariant: `defaultValue` is a constant nobody mutates.
    public let name: String
    /// What a call writes before the colon; `nil` where it writes nothing.
    public let label: String?
    public let type: ScriptType
    public let style: ParameterStyle
    public let defaultValue: Value?
    public let note: String
    var isInOut = false
    /// Whether the declaration has a default the callee computes itself.
    var hasDefault = false

    public init(
        name: String, label: String?, type: ScriptType, style: ParameterStyle = .single,
        defaultValue: Value? = nil, note: String = ""
    ) {
        self.name = name
        self.label = label
        self.type = type
        self.style = style
        self.defaultValue = defaultValue
        self.note = note
    }

    /// Whether a call may leave it out.
    public var isOptional: Bool { defaultValue != nil || hasDefault || style == .variadic }
}

extension Parameter: CustomStringConvertible {
    /// A default as a call would write it: a case of a foreign enumeration begins with its dot.
    private static func written(_ value: Value) -> String {
        let text = value.debugText
        switch value {
        case .some(let inner): return written(inner)
        case .object(let object)
        where Mirror(reflecting: object.base).displayStyle == .enum && !text.hasPrefix("."):
            return "." + text
        default: return text
        }
    }

    public var description: String {
        let spelled =
            label == name
            ? name : label.map { "\($0) \(name)" } ?? (name.isEmpty ? "_" : "_ \(name)")
        var text = "\(spelled): \(isInOut ? "inout " : "")\(type)"
        switch style {
        case .single: break
        case .variadic: text += "..."
        case .builder: text = "\(spelled): { \(type) ... }"
        }
        if let defaultValue {
            text += " = \(Self.written(defaultValue))"
        } else if hasDefault {
            text += " = ..."
        }
        return text
    }
}

/// A parameter labelled with its own name: `arg("axis", Int.self)`.
public func arg<T: ScriptConvertible>(_ name: String, _ type: T.Type, _ note: String = "")
    -> Argument<T>
{ Argument(name, label: name, default: nil, note: note) }

/// A parameter that a call may leave out: `arg("stride", IntOrPair.self, default: 1)`.
public func arg<T: ScriptConvertible>(
    _ name: String, _ type: T.Type, default value: T, _ note: String = ""
) -> Argument<T> { Argument(name, label: name, default: value, note: note) }

/// A parameter with another label, or with none: `arg("input", Tensor.self, label: nil)`.
public func arg<T: ScriptConvertible>(
    _ name: String, _ type: T.Type, label: String?, _ note: String = ""
) -> Argument<T> { Argument(name, label: label, default: nil, note: note) }

/// A parameter with another label or none that a call may leave out.
public func arg<T: ScriptConvertible>(
    _ name: String, _ type: T.Type, label: String?, default value: T, _ note: String = ""
) -> Argument<T> { Argument(name, label: label, default: value, note: note) }
