extension Value: CustomStringConvertible {
    /// The text `print` writes.
    public var description: String {
        switch self {
        case .string(let value): return value
        case .character(let value): return String(value)
        case .structure, .enumeration:
            var text = ""
            write(to: &text, isInside: false)
            return text
        case .substring(let value): return String(value)
        case .range(let range): return range.description
        default: return debugText
        }
    }

    /// The text of a cell's result: strings are quoted.
    public var debugText: String {
        var text = ""
        write(to: &text)
        return text
    }

    /// The text inside a collection, and what `debugPrint` writes: some types name themselves.
    var nestedText: String {
        var text = ""
        writeNested(to: &text, limit: .max)
        return text
    }

    private func writeNested(to text: inout String, limit: Int) {
        let name: String
        switch self {
        case .set: name = "Set"
        case .slice: name = "ArraySlice"
        case .range(let range):
            switch (range.lower, range.upper) {
            case (.some, .some): name = range.isClosed ? "ClosedRange" : "Range"
            default: return write(to: &text, limit: limit)
            }
        default: return write(to: &text, limit: limit)
        }
        text += name + "("
        write(to: &text, limit: limit)
        text += ")"
    }

    /// At most 60 characters of `debugText`, for messages.
    public var shortText: String {
        var text = ""
        write(to: &text, limit: 80)
        return text.count > 60 ? text.prefix(57) + "..." : text
    }

    /// The text of a cell's result; `nil` where it has more than `limit` bytes.
    func debugText(within limit: Int) -> String? {
        var text = ""
        write(to: &text, limit: limit)
        return text.utf8.count > limit ? nil : text
    }

    /// Types of a script are written with the names of those around them inside other values.
    private func write(to text: inout String, limit: Int = .max, isInside: Bool = true) {
        if text.utf8.count > limit { return }
        switch self {
        case .void: text += "()"
        case .none: text += "nil"
        case .bool(let value): text += value ? "true" : "false"
        case .int(let value): text += String(value)
        case .double(let value): text += value.description
        case .float(let value): text += value.description
        case .string(let value):
            // Of a long text only what will be shown is gone through.
            let isLong = value.utf8.count > limit
            text += (isLong ? String(value.prefix(limit)) : value).debugDescription
        case .character(let value): text += value.debugDescription
        case .some(let value):
            text += "Optional("
            value.writeNested(to: &text, limit: limit)
            text += ")"
        case .array(let values): Value.write(values, "[", "]", to: &text, limit)
        case .slice(let values): Value.write(Array(values), "[", "]", to: &text, limit)
        case .substring(let value): text += value.debugDescription
        case .index(let value): text += String(describing: value)
        case .set(let values): Value.write(Array(values), "[", "]", to: &text, limit)
        case .dictionary(let values): Value.write(values, to: &text, limit)
        case .tuple(let tuple):
            Value.write(tuple.elements, "(", ")", labels: tuple.labels, to: &text, limit)
        case .range(let range): Value.write(range, to: &text)
        case .function: text += "(Function)"
        case .structure(let instance):
            if let custom = Value.customText(instance.type, self) {
                text += custom
            } else {
                Value.write(
                    instance.fields,
                    "\(isInside ? instance.type.qualifiedName : instance.type.name)(", ")",
                    labels: instance.type.fields.map(\.name), to: &text, limit)
            }
        case .enumeration(let value):
            if let custom = Value.customText(value.type, self) {
                text += custom
                break
            }
            if isInside { text += "\(value.type.qualifiedName)." }
            text += value.caseName
            if !value.payload.isEmpty {
                Value.write(
                    value.payload, "(", ")",
                    labels: value.type.cases[value.index].payload.map { $0.label ?? "" },
                    to: &text, limit)
            }
        case .type(let type): text += type.fullName
        case .object(let object): text += object.text
        case .cell(let cell): cell.value.write(to: &text, limit: limit)
        case .iterator: text += "(Iterator)"
        }
    }

    private static func write(
        _ values: [Value], _ open: String, _ close: String, labels: [String] = [],
        to text: inout String, _ limit: Int
    ) {
        text += open
        for (index, value) in values.enumerated() {
            if index > 0 { text += ", " }
            if index < labels.count, !labels[index].isEmpty { text += labels[index] + ": " }
            value.writeNested(to: &text, limit: limit)
            if text.utf8.count > limit { break }
        }
        text += close
    }

    private static func write(_ values: [Value: Value], to text: inout String, _ limit: Int) {
        if values.isEmpty {
            text += "[:]"
            return
        }
        text += "["
        var isFirst = true
        for (key, value) in values {
            if !isFirst { text += ", " }
            isFirst = false
            key.writeNested(to: &text, limit: limit)
            text += ": "
            value.writeNested(to: &text, limit: limit)
            if text.utf8.count > limit { break }
        }
        text += "]"
    }

    private static func write(_ range: ScriptRange, to text: inout String) {
        switch (range.lower, range.upper) {
        case (let lower?, let upper?):
            text += "\(lower.debugText)\(range.isClosed ? "..." : "..<")\(upper.debugText)"
        case (let lower?, nil): text += "\(lower.debugText)..."
        case (nil, let upper?): text += "\(range.isClosed ? "..." : "..<")\(upper.debugText)"
        case (nil, nil): text += "..."
        }
    }

    private static func customText(_ type: DeclaredType, _ value: Value) -> String? {
        guard let function = type.textDescription else { return nil }
        do {
            if case .string(let text) = try function.call([value]) { return text }
        } catch {
            function.machine?.deferredError = error
        }
        return type.name
    }
}

extension ScriptRange: CustomStringConvertible {
    /// The text `print` writes.
    public var description: String {
        func name(_ bound: Value) -> String { bound.dynamicType.fullName }
        switch (lower, upper) {
        case (let lower?, let upper?): return "\(lower)\(isClosed ? "..." : "..<")\(upper)"
        case (let lower?, nil): return "PartialRangeFrom<\(name(lower))>(lowerBound: \(lower))"
        case (nil, let upper?):
            return "PartialRange\(isClosed ? "Through" : "UpTo")<\(name(upper))>"
                + "(upperBound: \(upper))"
        case (nil, nil): return "..."
        }
    }
}

extension ScriptType {
    /// The name that Swift prints: `Array<Int>` for `[Int]`.
    var fullName: String {
        func list(_ types: [ScriptType]) -> String {
            types.map(\.fullName).joined(separator: ", ")
        }
        switch self {
        case .optional(let wrapped): return "Optional<\(wrapped.fullName)>"
        case .array(let element): return "Array<\(element.fullName)>"
        case .dictionary(let key, let value): return "Dictionary<\(list([key, value]))>"
        case .set(let element): return "Set<\(element.fullName)>"
        case .range(let bound): return "Range<\(bound.fullName)>"
        case .generic(let name, let arguments): return "\(name)<\(list(arguments))>"
        case .void: return "()"
        case .tuple(let elements, let labels):
            let parts = elements.indices.map { index in
                let label = index < labels.count ? labels[index] : ""
                return (label.isEmpty ? "" : label + ": ") + elements[index].fullName
            }
            return "(\(parts.joined(separator: ", ")))"
        case .function(let parameters, let result):
            return "(\(list(parameters))) -> \(result.fullName)"
        case .metatype(let instance): return instance.fullName + ".Type"
        default: return description
        }
    }
}

extension ForeignObject {
    /// What the value prints as.
    public var text: String {
        if let describe { return describe(base) }
        return String(describing: base)
    }
}

extension Value {
    /// The type this value is of at run time; collections say what their elements are where all agree.
    public var dynamicType: ScriptType {
        switch self {
        case .void: .void
        case .none: .optional(.any)
        case .bool: .bool
        case .int: .int
        case .double: .double
        case .float: .float
        case .string: .string
        case .character: .character
        case .some(let value): .optional(value.dynamicType)
        case .array(let values): .array(Value.common(values.lazy.prefix(100).map(\.dynamicType)))
        case .slice(let values):
            .slice(Value.common(values.lazy.prefix(100).map(\.dynamicType)))
        case .substring: .substring
        case .index: .stringIndex
        case .set(let values): .set(Value.common(values.lazy.prefix(100).map(\.dynamicType)))
        case .dictionary(let values):
            .dictionary(
                Value.common(values.keys.lazy.prefix(100).map(\.dynamicType)),
                Value.common(values.values.lazy.prefix(100).map(\.dynamicType)))
        case .tuple(let tuple): .tuple(tuple.elements.map(\.dynamicType), labels: tuple.labels)
        case .range(let range): .range((range.lower ?? range.upper)?.dynamicType ?? .int)
        case .function(let function): function.type
        case .structure(let instance): instance.type.scriptType
        case .enumeration(let value): value.type.scriptType
        case .type(let type): .metatype(type)
        case .object(let object): .named(object.typeName)
        case .cell(let cell): cell.value.dynamicType
        case .iterator: .any
        }
    }

    private static func common(_ types: some Sequence<ScriptType>) -> ScriptType {
        var result: ScriptType?
        for type in types {
            if let known = result, known != type { return .any }
            result = type
        }
        return result ?? .any
    }
}
