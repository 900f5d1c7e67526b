import SwiftSyntax

extension Checker {
    // MARK: base.name

    func member(_ syntax: MemberAccessExprSyntax, _ expected: ScriptType?) throws(ScriptError)
        -> Expr
    {
        let name = syntax.declName.baseName.text
        guard let baseSyntax = syntax.base else {
            return try implicitMember(name, syntax.declName, expected, nil)
        }
        if let type = try typeExpression(baseSyntax) {
            if name == "self" { return Expr(.type(type), .metatype(type), span(syntax)) }
            return try staticMember(type, name, syntax.declName, nil)
        }
        return try memberOf(try base(baseSyntax), name, syntax.declName)
    }

    /// A property, tuple element or method of a value.
    func memberOf(_ base: Expr, _ name: String, _ node: some SyntaxProtocol) throws(ScriptError)
        -> Expr
    {
        let place = Span(
            offset: base.span.offset,
            length: span(node).offset + span(node).length - base.span.offset)
        switch base.type {
        case .any, .oneOf, .variable:
            return Expr(.dynamicMember(boxed(base), name), .any, place)
        case .tuple(let types, let labels):
            if let index = Int(name) ?? labels.firstIndex(of: name), types.indices.contains(index) {
                return unboxing(.tupleElement(base, index), types[index], place)
            }
            throw error(
                .name, "this tuple has no '\(name)'", node,
                suggestion: Spelling.closest(to: name, in: labels).map { "use .\($0)" })
        case .declared:
            guard let info = info(base.type) else { break }
            if let index = info.type.fieldIndex(name) {
                return Expr(.field(base, index), info.type.fields[index].type, place)
            }
            if let getter = info.getters[name] {
                return Expr(.call(getter, [base]), getter.result, place)
            }
            if let methods = info.methods[name] { return boundMethod(methods[0], base, place) }
            if info.type.isEnumeration, name == "rawValue", let raw = info.rawType {
                return unboxing(.callNative(EnumRows.rawValue, [base]), raw, place)
            }
        default: break
        }
        if let rows = rows(name, of: base.type), let row = rows.first {
            if case .property = row.kind {
                let result = settled(substitute(row.result, receiverSolution(base.type)))
                return unboxing(.callNative(row, [boxed(base)]), result, place)
            }
            return Expr(.dynamicMember(boxed(base), name), methodType(row, base.type), place)
        }
        throw unknownMember(name, of: base, node)
    }

    private func methodType(_ row: Binding, _ base: ScriptType) -> ScriptType {
        settled(substitute(row.functionType, receiverSolution(base)))
    }

    /// A method as a value, holding its base.
    private func boundMethod(_ method: FunctionDeclaration, _ base: Expr, _ place: Span) -> Expr {
        Expr(.dynamicMember(base, method.name), method.functionType, place)
    }

    func unknownMember(_ name: String, of base: Expr, _ node: some SyntaxProtocol) -> ScriptError {
        if case .optional(let inner) = base.type {
            let text = sourceText(base.span)
            return error(
                .type, "this is \(base.type), which may be nil: '\(name)' needs the value inside",
                node,
                suggestion: memberNames(of: inner).contains(name) || inner.isUncertain
                    ? "write \(text)?.\(name), or unwrap it with if let" : nil)
        }
        let type = base.type.memberTable
        if let hint = library.hints["\(type).\(name)"] ?? Habits.members["\(type).\(name)"]
            ?? library.hints[name] ?? Habits.members[name]
        {
            return error(.name, "\(type) has no '\(name)': use \(hint)", node)
        }
        let names = memberNames(of: base.type)
        return error(
            .name, "\(base.type) has no '\(name)'", node,
            suggestion: Spelling.closest(to: name, in: names).map { "did you mean .\($0)?" })
    }

    func memberNames(of type: ScriptType) -> [String] {
        if let info = info(type) { return info.memberNames + library.memberNames(of: info.type) }
        if case .tuple(_, let labels) = type { return labels }
        return library.memberNames(of: type.memberTable)
    }

    // MARK: Type.name and .name

    /// `.name`, resolved against the type that is wanted.
    func implicitMember(
        _ name: String, _ node: some SyntaxProtocol, _ expected: ScriptType?,
        _ arguments: [WrittenArgument]?
    ) throws(ScriptError) -> Expr {
        guard let expected,
            !expected.isUncertain || { if case .optional = expected { true } else { false } }()
        else {
            throw error(
                .type, "'.\(name)' needs a type to belong to, which is not known here", node,
                suggestion: "write the type before the dot")
        }
        let wanted = unwrapped(expected)
        if case .optional = expected, name == "none" {
            return Expr(.constant(.none), expected, span(node))
        }
        if name == "init", let arguments {
            return try initialize(wanted, arguments, span(node), nil)
        }
        if info(wanted) == nil {
            guard let rows = implicitRows(name, wanted) else {
                throw unknownStatic(name, wanted, node)
            }
            if let value = try staticProperty(rows, name, arguments, span(node)) { return value }
            guard let arguments else {
                throw error(.argument, "'.\(name)' needs its arguments", node)
            }
            return try callRow(rows, nil, arguments, name, span(node))
        }
        return try staticMember(wanted, name, node, arguments)
    }

    func staticMember(
        _ type: ScriptType, _ name: String, _ node: some SyntaxProtocol,
        _ arguments: [WrittenArgument]?
    ) throws(ScriptError) -> Expr {
        let place = span(node)
        if let info = info(type) {
            if let index = info.type.cases.firstIndex(where: { $0.name == name }) {
                return try enumCase(info, index, arguments, node)
            }
            if let global = info.statics[name] { return Expr(.global(global), global.type, place) }
            if let getter = info.staticGetters[name] {
                return Expr(.call(getter, []), getter.result, place)
            }
            if let methods = info.staticMethods[name] {
                guard let arguments else {
                    return Expr(.function(methods[0]), methods[0].functionType, place)
                }
                return try callScript(methods, nil, arguments, name, place)
            }
            if name == "allCases", info.type.conformances.contains("CaseIterable") {
                let cases = info.type.cases.indices.map {
                    Value.enumeration(EnumValue(type: info.type, index: $0))
                }
                return Expr(.constant(.array(cases)), .array(type), place)
            }
            if name == "init", let arguments { return try initialize(type, arguments, place, nil) }
            throw unknownStatic(name, type, node)
        }
        if name == "init", let arguments { return try initialize(type, arguments, place, nil) }
        guard let rows = library.statics[type.memberTable]?[name], let row = rows.first else {
            throw unknownStatic(name, type, node)
        }
        if let value = try staticProperty(rows, name, arguments, place) { return value }
        guard let arguments else {
            return Expr(
                .constant(interpreter.functionValue("\(type).\(name)", rows)), row.functionType,
                place)
        }
        return try callRow(rows, nil, arguments, name, place)
    }

    /// The value of a static property, or what calling it gives; a type may have functions of the
    /// same name, which then take the arguments. `nil` where there is no such property.
    private func staticProperty(
        _ rows: [Binding], _ name: String, _ arguments: [WrittenArgument]?, _ place: Span
    ) throws(ScriptError) -> Expr? {
        func isProperty(_ row: Binding) -> Bool {
            if case .staticProperty = row.kind { true } else { false }
        }
        guard let property = rows.first(where: isProperty) else { return nil }
        guard let arguments else {
            return unboxing(.callNative(property, []), property.result, place)
        }
        let functions = rows.filter { !isProperty($0) }
        guard functions.isEmpty else {
            return try callRow(functions, nil, arguments, name, place)
        }
        let value = unboxing(.callNative(property, []), property.result, place)
        return try callValue(value, arguments, place)
    }

    private func unknownStatic(_ name: String, _ type: ScriptType, _ node: some SyntaxProtocol)
        -> ScriptError
    {
        var names = info(type)?.staticNames ?? []
        names += library.statics[type.memberTable]?.keys.sorted() ?? []
        if case .oneOf(_, let types) = type {
            for inner in types { names += library.statics[inner.memberTable]?.keys.sorted() ?? [] }
        }
        if let hint = library.hints["\(type).\(name)"] ?? Habits.members["\(type).\(name)"] {
            return error(.name, "\(type) has no '\(name)': use \(hint)", node)
        }
        return error(
            .name, "\(type) has no '\(name)'", node,
            suggestion: Spelling.closest(to: name, in: names).map { "did you mean .\($0)?" }
                ?? (names.isEmpty || names.count > 8
                    ? nil : "there are \(names.map { ".\($0)" }.joined(separator: " "))"))
    }

    private func enumCase(
        _ info: DeclaredTypeInfo, _ index: Int, _ arguments: [WrittenArgument]?,
        _ node: some SyntaxProtocol
    ) throws(ScriptError) -> Expr {
        let entry = info.type.cases[index]
        if entry.payload.isEmpty {
            if let arguments, !arguments.isEmpty {
                throw error(.argument, "the case '\(entry.name)' holds nothing", node)
            }
            return Expr(
                .constant(.enumeration(EnumValue(type: info.type, index: index))), info.scriptType,
                span(node))
        }
        guard let arguments else {
            throw error(.argument, "the case '\(entry.name)' needs its values", node)
        }
        let taken = try match(arguments, entry.payload, entry.name, span(node), signature: "")
        var values: [Expr] = []
        for (written, parameter) in zip(taken, entry.payload) {
            guard let first = written.first else { continue }
            let value = try argument(first.syntax, expecting: parameter.type)
            values.append(boxed(try coerce(value, to: parameter.type, as: entry.name)))
        }
        return Expr(.enumCase(info.type, index, values), info.scriptType, span(node))
    }

    // MARK: base.name(...)

    func memberCall(
        _ member: MemberAccessExprSyntax, _ arguments: [WrittenArgument], _ place: Span,
        _ expected: ScriptType?
    ) throws(ScriptError) -> Expr {
        let name = member.declName.baseName.text
        guard let baseSyntax = member.base else {
            return try implicitMember(name, member.declName, expected, arguments)
        }
        if let type = try typeExpression(baseSyntax) {
            return try staticMember(type, name, member.declName, arguments)
        }
        if let own = baseSyntax.as(DeclReferenceExprSyntax.self), own.baseName.text == "self",
            name == "init", let variable = ownSelf
        {
            let value = try initialize(variable.type, arguments, place, nil)
            return Expr(
                .assign(Place(.local(variable), type: variable.type, span: place), value), .void,
                place)
        }
        let receiver = try base(baseSyntax)
        switch receiver.type {
        case .any, .oneOf, .variable:
            return try dynamicCall(receiver, baseSyntax, name, arguments, place)
        case .declared:
            if let methods = info(receiver.type)?.methods[name] {
                let target =
                    methods.contains(where: \.isMutating) ? try? self.place(baseSyntax) : nil
                return try callScript(
                    methods, receiver, arguments, name, place, receiverPlace: target)
            }
            if name == "hash", arguments.count == 1 { break }
        default: break
        }
        if let rows = rows(name, of: receiver.type) {
            if rows.contains(where: { if case .property = $0.kind { false } else { true } }) {
                let target = rows.contains(where: \.isMutating) ? try? self.place(baseSyntax) : nil
                return try callRow(rows, receiver, arguments, name, place, receiverPlace: target)
            }
        }
        let callee = try memberOf(receiver, name, member.declName)
        return try callValue(callee, arguments, place)
    }

    private func dynamicCall(
        _ receiver: Expr, _ syntax: ExprSyntax, _ name: String, _ arguments: [WrittenArgument],
        _ place: Span
    ) throws(ScriptError) -> Expr {
        var values: [Expr] = []
        for argument in arguments { values.append(boxed(try self.argument(argument.syntax))) }
        let call = DynamicCall(
            name: name, labels: arguments.map(\.label),
            hasTrailingClosure: arguments.contains(where: \.isTrailing))
        if let target = try? self.place(syntax), (try? requireMutable(target, "")) != nil {
            return Expr(.callDynamicMutating(call, target, values), .any, place)
        }
        return Expr(.callDynamic(call, boxed(receiver), values), .any, place)
    }

    // MARK: Type(...)

    func initialize(
        _ type: ScriptType, _ arguments: [WrittenArgument], _ place: Span, _ node: ExprSyntax?
    ) throws(ScriptError) -> Expr {
        if let info = info(type) {
            if !info.initializers.isEmpty {
                return try callScript(info.initializers, nil, arguments, info.type.name, place)
            }
            if info.type.isEnumeration {
                guard let raw = info.rawType, arguments.first?.label == "rawValue" else {
                    throw error(.argument, "\(info.type.name) is made by naming a case", place)
                }
                let value = try coerce(
                    try argument(arguments[0].syntax, expecting: raw), to: raw, as: "rawValue")
                return Expr(
                    .callNative(EnumRows.fromRawValue(info.type, raw), [boxed(value)]),
                    .optional(type), place)
            }
            return try memberwise(info, arguments, place)
        }
        let table = type.memberTable
        guard let rows = library.initializers[table] else {
            throw error(
                .name, "a value of type \(type) cannot be made with \(type)(...)", place,
                suggestion: library.hints[table].map { "use \($0)" })
        }
        if arguments.count == 1, arguments[0].label == nil, !arguments[0].needsContext {
            // The plain conversions need no call.
            let value = try argument(arguments[0].syntax)
            switch (type, value.type) {
            case (.double, .int):
                if adapt(value, to: .double) { return value }
                return Expr(.intToDouble(value), .double, place)
            case (.int, .int), (.double, .double): return value
            default: break
            }
        }
        let result = try callRow(rows, nil, arguments, "\(type)", place)
        switch (type, result.type) {
        case (.array(let element), .array), (.set(let element), .set):
            if element != .any { return Expr(result.kind, type, place) }
        case (.dictionary(let key, _), .dictionary):
            if key != .any { return Expr(result.kind, type, place) }
        default: break
        }
        return result
    }

    private func memberwise(_ info: DeclaredTypeInfo, _ arguments: [WrittenArgument], _ place: Span)
        throws(ScriptError) -> Expr
    {
        var parameters: [Parameter] = []
        var indices: [Int] = []
        for (index, field) in info.type.fields.enumerated() {
            if field.isConstant && field.hasDefault { continue }
            var parameter = Parameter(name: field.name, label: field.name, type: field.type)
            parameter.hasDefault = field.hasDefault
            parameters.append(parameter)
            indices.append(index)
        }
        let name = info.type.name
        let signature = "\(name)(\(parameters.map(\.description).joined(separator: ", ")))"
        let taken = try match(arguments, parameters, name, place, signature: signature)
        var values = info.fieldDefaults.map { $0 ?? Expr(.constant(.void), .void, place) }
        for (position, index) in indices.enumerated() {
            guard let written = taken[position].first else { continue }
            let field = info.type.fields[index]
            let value = try argument(written.syntax, expecting: field.type)
            values[index] = boxed(
                try coerce(value, to: field.type, as: "\(name), argument \(field.name)"))
        }
        return Expr(.construct(info.type, values), info.scriptType, place)
    }
}
