/// A Swift type that crosses between the language and the host program.
///
/// Foreign types conform to `ForeignConvertible`, which needs only a name.
public protocol ScriptConvertible {
    /// What the checker, signatures and error texts call this type.
    static var scriptType: ScriptType { get }
    /// The Swift value, or `nil` where `value` is of another type.
    static func fromScript(_ value: Value) -> Self?
    /// The Swift value; an error where `fromScript` has none. The given one is to be kept: as a
    /// requirement it is compiled for each type alone, so that a row reads its arguments without
    /// looking up what an optional of a type known only now is like, which costs more than a small
    /// operation.
    static func argument(_ value: Value) throws(NotConvertible) -> Self
    /// The value as the language holds it.
    var scriptValue: Value { get }
    /// How a parameter of this type takes its arguments.
    static var parameterStyle: ParameterStyle { get }
}

/// Says that a value is of another type than a parameter; who reads the arguments says of which.
public struct NotConvertible: Error {
    @inlinable public init() {}
}

/// How a parameter takes its arguments: one, any number, or a block of expressions.
public enum ParameterStyle: Sendable { case single, variadic, builder }

extension ScriptConvertible {
    public static var parameterStyle: ParameterStyle { .single }

    @inlinable
    public static func argument(_ value: Value) throws(NotConvertible) -> Self {
        guard let converted = fromScript(value) else { throw NotConvertible() }
        return converted
    }
}

/// A type of the host program that the language holds without looking inside.
///
///     extension Tensor: ForeignConvertible { public static var foreignName: String { "Tensor" } }
public protocol ForeignConvertible: ScriptConvertible {
    static var foreignName: String { get }
}

extension ForeignConvertible {
    public static var scriptType: ScriptType { .named(foreignName) }
    public static func fromScript(_ value: Value) -> Self? {
        guard case .object(let object) = value else { return nil }
        return object.base as? Self
    }
    public var scriptValue: Value { .object(ForeignObject(self, typeName: Self.foreignName)) }
}

extension Value: ScriptConvertible {
    public static var scriptType: ScriptType { .any }
    public static func fromScript(_ value: Value) -> Value? { value }
    public var scriptValue: Value { self }
}

extension Int: ScriptConvertible {
    public static var scriptType: ScriptType { .int }
    public static func fromScript(_ value: Value) -> Int? {
        if case .int(let value) = value { value } else { nil }
    }
    public var scriptValue: Value { .int(self) }
}

/// A Double parameter takes an `Int` too, as arithmetic does.
extension Double: ScriptConvertible {
    public static var scriptType: ScriptType { .double }
    public static func fromScript(_ value: Value) -> Double? {
        switch value {
        case .double(let value): value
        case .int(let value): Double(value)
        case .float(let value): Double(value)
        default: nil
        }
    }
    public var scriptValue: Value { .double(self) }
}

extension Float: ScriptConvertible {
    public static var scriptType: ScriptType { .float }
    public static func fromScript(_ value: Value) -> Float? {
        switch value {
        case .double(let value): Float(value)
        case .int(let value): Float(value)
        case .float(let value): value
        default: nil
        }
    }
    public var scriptValue: Value { .float(self) }
}

extension Bool: ScriptConvertible {
    public static var scriptType: ScriptType { .bool }
    public static func fromScript(_ value: Value) -> Bool? {
        if case .bool(let value) = value { value } else { nil }
    }
    public var scriptValue: Value { .bool(self) }
}

extension String: ScriptConvertible {
    public static var scriptType: ScriptType { .string }
    public static func fromScript(_ value: Value) -> String? {
        switch value {
        case .string(let value): value
        case .substring(let value): String(value)
        default: nil
        }
    }
    public var scriptValue: Value { .string(self) }
}

extension Character: ScriptConvertible {
    public static var scriptType: ScriptType { .character }
    public static func fromScript(_ value: Value) -> Character? {
        if case .character(let value) = value { value } else { nil }
    }
    public var scriptValue: Value { .character(self) }
}

extension Array: ScriptConvertible where Element: ScriptConvertible {
    public static var scriptType: ScriptType { .array(Element.scriptType) }
    public static func fromScript(_ value: Value) -> [Element]? {
        if case .slice(let part) = value { return fromScript(.array([Value](part))) }
        guard case .array(let values) = value else { return nil }
        var result: [Element] = []
        result.reserveCapacity(values.count)
        for value in values {
            guard let element = Element.fromScript(value) else { return nil }
            result.append(element)
        }
        return result
    }
    public var scriptValue: Value { .array(map(\.scriptValue)) }
}

extension Dictionary: ScriptConvertible where Key: ScriptConvertible, Value: ScriptConvertible {
    public static var scriptType: ScriptType { .dictionary(Key.scriptType, Value.scriptType) }
    public static func fromScript(_ value: Language.Value) -> [Key: Value]? {
        guard case .dictionary(let values) = value else { return nil }
        var result: [Key: Value] = [:]
        for (key, value) in values {
            guard let key = Key.fromScript(key), let value = Value.fromScript(value) else {
                return nil
            }
            result[key] = value
        }
        return result
    }
    public var scriptValue: Language.Value {
        var result: [Language.Value: Language.Value] = [:]
        for (key, value) in self { result[key.scriptValue] = value.scriptValue }
        return .dictionary(result)
    }
}

extension Optional: ScriptConvertible where Wrapped: ScriptConvertible {
    public static var scriptType: ScriptType { .optional(Wrapped.scriptType) }
    public static func fromScript(_ value: Value) -> Wrapped?? {
        switch value {
        case .none: return .some(nil)
        case .some(let inner): return Wrapped.fromScript(inner).map { .some($0) }
        default: return Wrapped.fromScript(value).map { .some($0) }
        }
    }
    public var scriptValue: Value {
        if let self { .some(self.scriptValue) } else { .none }
    }
}

/// What a function that returns nothing returns: `Nothing()` stands for `()`, which cannot conform.
public struct Nothing: ScriptConvertible {
    public init() {}
    public static var scriptType: ScriptType { .void }
    public static func fromScript(_ value: Value) -> Nothing? {
        if case .void = value { Nothing() } else { nil }
    }
    public var scriptValue: Value { .void }
}

/// Any number of arguments in a row: `x.reshaped(2, -1)`.
public struct Variadic<Element: ScriptConvertible>: ScriptConvertible {
    public let values: [Element]
    public init(_ values: [Element]) { self.values = values }
    public static var scriptType: ScriptType { Element.scriptType }
    public static var parameterStyle: ParameterStyle { .variadic }
    public static func fromScript(_ value: Value) -> Variadic? {
        [Element].fromScript(value).map { Variadic($0) }
    }
    public var scriptValue: Value { values.scriptValue }
}

/// A trailing block whose expressions are collected in order, with `if` and `for` inside.
public struct Builder<Element: ScriptConvertible>: ScriptConvertible {
    public let values: [Element]
    public init(_ values: [Element]) { self.values = values }
    public static var scriptType: ScriptType { Element.scriptType }
    public static var parameterStyle: ParameterStyle { .builder }
    public static func fromScript(_ value: Value) -> Builder? {
        [Element].fromScript(value).map { Builder($0) }
    }
    public var scriptValue: Value { values.scriptValue }
}
