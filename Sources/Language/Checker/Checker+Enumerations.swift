import SwiftSyntax

extension Checker {
    func declareCases(_ syntax: EnumCaseDeclSyntax, _ info: DeclaredTypeInfo) throws(ScriptError) {
        let modifiers = try self.modifiers(
            syntax.modifiers, syntax.attributes, allowing: ["indirect"])
        for element in syntax.elements {
            let name = element.name.text
            if info.hasStatic(name) {
                throw error(
                    .name, "'\(name)' is declared twice in \(info.type.name)", element)
            }
            var payload: [Parameter] = []
            var defaults: [Expr?] = []
            for parameter in element.parameterClause?.parameters ?? [] {
                let label = parameter.firstName?.text
                let type = try type(parameter.type)
                var made = Parameter(
                    name: label ?? "", label: label == "_" ? nil : label, type: type)
                made.hasDefault = parameter.defaultValue != nil
                payload.append(made)
                guard let value = parameter.defaultValue?.value else {
                    defaults.append(nil)
                    continue
                }
                let checked = try coerce(
                    try expression(value, expecting: type), to: type, as: name)
                guard constantValue(checked) != nil else {
                    throw unsupported(
                        "a default here that is not a literal", value,
                        instead: "write a static func that gives it")
                }
                defaults.append(boxed(checked))
            }
            let raw = try rawValue(of: element, info)
            if let raw, info.type.cases.contains(where: { $0.rawValue == raw }) {
                throw error(
                    .name, "the raw value \(raw.debugText) of '\(name)' is taken already", element)
            }
            info.type.cases.append(
                DeclaredType.Case(
                    name: name, payload: payload, rawValue: raw,
                    isIndirect: info.isIndirect || modifiers.has("indirect")))
            info.payloadDefaults.append(defaults)
        }
    }

    private func rawValue(of element: EnumCaseElementSyntax, _ info: DeclaredTypeInfo)
        throws(ScriptError) -> Value?
    {
        let name = element.name.text
        guard let rawType = info.rawType else {
            if let value = element.rawValue?.value {
                throw error(
                    .type, "\(info.type.name) has no raw values", value,
                    suggestion: "declare enum \(info.type.name): Int")
            }
            return nil
        }
        if element.parameterClause != nil {
            throw error(.type, "a case with a raw value holds nothing else", element)
        }
        guard let value = element.rawValue?.value else {
            switch (rawType, info.type.cases.last?.rawValue) {
            case (.string, _): return .string(name)
            case (.int, .int(let last)?): return .int(last &+ 1)
            case (.int, _): return .int(0)
            case (.double, .double(let last)?): return .double(last + 1)
            case (.double, _): return .double(0)
            default: throw error(.syntax, "the case '\(name)' needs its raw value", element)
            }
        }
        let checked = try coerce(
            try expression(value, expecting: rawType), to: rawType, as: name)
        guard let constant = constantValue(checked) else {
            throw error(.syntax, "the case '\(name)' needs a literal raw value", value)
        }
        return constant
    }

    func constantValue(_ expression: Expr) -> Value? {
        switch expression.kind {
        case .int(let value): .int(value)
        case .double(let value): .double(value)
        case .bool(let value): .bool(value)
        case .constant(let value): value
        case .box(let inner): constantValue(inner)
        case .wrap(let inner): constantValue(inner).map { .some($0) }
        case .negate(let inner):
            switch constantValue(inner) {
            case .int(let value)?: value == .min ? nil : .int(-value)
            case .double(let value)?: .double(-value)
            case .float(let value)?: .float(-value)
            default: nil
            }
        default: nil
        }
    }

    /// A case as a value, or as the function that makes one.
    func enumCase(
        _ info: DeclaredTypeInfo, _ index: Int, _ arguments: [WrittenArgument]?,
        _ node: some SyntaxProtocol
    ) throws(ScriptError) -> Expr {
        let entry = info.type.cases[index]
        if entry.payload.isEmpty {
            if arguments != nil {
                throw error(
                    .argument, "the case '\(entry.name)' holds nothing", node,
                    suggestion: "leave the ( ) out")
            }
            return Expr(
                .constant(.enumeration(EnumValue(type: info.type, index: index))), info.scriptType,
                span(node))
        }
        guard let arguments else { return constructor(info, index, node) }
        let signature =
            "case \(entry.name)(\(entry.payload.map(\.description).joined(separator: ", ")))"
        let taken = try match(
            arguments, entry.payload, entry.name, span(node), signature: signature)
        var values: [Expr] = []
        for (position, parameter) in entry.payload.enumerated() {
            guard let first = taken[position].first else {
                if let value = info.payloadDefaults[index][position] { values.append(value) }
                continue
            }
            let value = try argument(first.syntax, expecting: parameter.type)
            values.append(boxed(try coerce(value, to: parameter.type, as: entry.name)))
        }
        return Expr(.enumCase(info.type, index, values), info.scriptType, span(node))
    }

    /// A case that holds values, named without them: a function that takes them.
    private func constructor(_ info: DeclaredTypeInfo, _ index: Int, _ node: some SyntaxProtocol)
        -> Expr
    {
        let entry = info.type.cases[index]
        let declared = info.type
        let type = ScriptType.function(entry.payload.map(\.type), info.scriptType)
        let machine = interpreter.machine
        let function = ScriptFunction(
            name: entry.name, type: type,
            body: .native { values in
                guard values.count == entry.payload.count else {
                    throw RuntimeFault(
                        .argument,
                        "\(entry.name): expected \(entry.payload.count) arguments, got \(values.count)"
                    )
                }
                let payload = try zip(values, entry.payload).map {
                    try machine.convert($0, to: $1.type)
                }
                return .enumeration(EnumValue(type: declared, index: index, payload: payload))
            }, machine: machine)
        return Expr(.constant(.function(function)), type, span(node))
    }
}
