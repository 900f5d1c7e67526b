import SwiftSyntax

extension Checker {
    // MARK: base.name

    func member(_ syntax: MemberAccessExprSyntax, _ expected: ScriptType?) throws(ScriptError)
        -> Expr
    {
        let name = syntax.declName.baseName.text
        guard let baseSyntax = syntax.base else {
            return try implicitMember(name, syntax.declName, expected ?? chainExpectation, nil)
        }
        if let type = try typeExpression(baseSyntax) {
            if name == "self" { return Expr(.type(type), .metatype(type), span(syntax)) }
            if name == "init", let rows = library.initializers[type.memberTable] {
                return functionReference(type.memberTable, rows, expected, span(syntax))
            }
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
        case .metatype(let type): return try staticMember(type, name, node, nil)
        case .tuple(let types, let labels):
            if let index = Int(name) ?? labels.firstIndex(of: name), types.indices.contains(index) {
                return unboxing(.tupleElement(base, index), types[index], place)
            }
            let names = types.indices.map { index in
                index < labels.count && !labels[index].isEmpty ? labels[index] : String(index)
            }
            throw error(
                .name, "this tuple has no '\(name)'", node,
                suggestion: Spelling.closest(to: name, in: labels).map { "use .\($0)" }
                    ?? "it has \(names.map { ".\($0)" }.joined(separator: " "))")
        case .declared:
            guard let info = info(base.type) else { break }
            try settle(name, of: info)
            try requireAccess(name, info, node)
            if let index = info.type.fieldIndex(name) {
                return Expr(.field(base, index), info.type.fields[index].type, place)
            }
            if let getter = info.getters[name] {
                guard getter.isMutating else {
                    return Expr(.call(getter, [base]), getter.result, place)
                }
                let target = self.place(of: base)
                try requireMutable(target, "reading '\(name)' changes it")
                return Expr(.callInOut(getter, [.place(target)]), getter.result, place)
            }
            if let methods = info.methods[name] { return boundMethod(methods[0], base, place) }
            if info.type.isEnumeration, name == "rawValue", let raw = info.rawType {
                return unboxing(.callNative(EnumRows.rawValue, [base]), raw, place)
            }
            if name == "hashValue", conforms(base.type, to: "Hashable") {
                return unboxing(.callNative(EnumRows.hashValue, [base]), .int, place)
            }
            if info.hasStatic(name) {
                throw error(
                    .name, "'\(name)' belongs to \(info.type.name) itself, not to its values", node,
                    suggestion: "write \(info.type.qualifiedName).\(name)")
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

    /// Refuses a private member outside its type.
    func requireAccess(_ name: String, _ info: DeclaredTypeInfo, _ node: some SyntaxProtocol)
        throws(ScriptError)
    {
        guard info.privateNames.contains(name), !isInside(info) else { return }
        throw error(.name, "'\(name)' is private to \(info.type.name)", node)
    }

    /// Whether what is checked stands between a type's braces, or those of an extension of it.
    func isInside(_ info: DeclaredTypeInfo) -> Bool {
        owner?.lineage.contains { $0 === info } ?? false
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
            return error(
                .name, "\(type) has no '\(name)': use \(filled(hint, for: Syntax(node)))", node)
        }
        if let call = callHint(base) {
            return error(
                .name, "this is a function, which has no '\(name)'", base.span, suggestion: call)
        }
        let names = memberNames(of: base.type)
        return error(
            .name, "\(base.type) has no '\(name)'", node,
            suggestion: Spelling.closest(to: name, in: names).map { "did you mean .\($0)?" }
                ?? otherPlace(name, of: base))
    }

    /// Where a name is that a value does not have.
    private func otherPlace(_ name: String, of base: Expr) -> String? {
        let text = sourceText(base.span)
        guard text.count <= 40, !text.contains("\n") else { return nil }
        if info(base.type)?.staticNames.contains(name) == true
            || library.statics[base.type.memberTable]?[name] != nil
        {
            return "it belongs to the type: \(base.type).\(name)"
        }
        if let info = info(base.type), info.type.isEnumeration, name == "rawValue" {
            return "declare enum \(info.type.name): Int, or String"
        }
        if case .dictionary(.string, _) = base.type { return "write \(text)[\"\(name)\"]" }
        let takesOne = library.functions[name]?.contains { row in
            row.parameters.first.map {
                !isImpossible(base.type, as: $0.type) || fitsRow(base, $0.type)
            }
                ?? false
        }
        return takesOne == true ? "write \(name)(\(text))" : nil
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
        if case .optional(let inner) = expected {
            if let made = try optionalCase(name, inner, arguments, span(node)) { return made }
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

    /// `.none` and `.some(value)` of an optional; `nil` for any other name.
    private func optionalCase(
        _ name: String, _ wrapped: ScriptType, _ arguments: [WrittenArgument]?, _ place: Span
    ) throws(ScriptError) -> Expr? {
        switch (name, arguments?.first) {
        case ("none", nil): return Expr(.constant(.none), .optional(wrapped), place)
        case ("some", let only?):
            let value = try argument(only.syntax, expecting: wrapped)
            let type = wrapped == .any ? value.type : wrapped
            return Expr(.wrap(boxed(try coerce(value, to: type))), .optional(type), place)
        default: return nil
        }
    }

    func staticMember(
        _ type: ScriptType, _ name: String, _ node: some SyntaxProtocol,
        _ arguments: [WrittenArgument]?
    ) throws(ScriptError) -> Expr {
        let place = span(node)
        if case .optional(let inner) = type,
            let made = try optionalCase(name, inner, arguments, place)
        {
            return made
        }
        if let info = info(type) {
            if let nested = info.nested[name] {
                guard let arguments else {
                    return Expr(.type(nested.scriptType), .metatype(nested.scriptType), place)
                }
                return try initialize(nested.scriptType, arguments, place, nil)
            }
            if let index = info.type.cases.firstIndex(where: { $0.name == name }) {
                return try enumCase(info, index, arguments, node)
            }
            try settle(name, of: info, isStatic: true)
            try requireAccess(name, info, node)
            if let value = staticProperty(info, name, place) {
                guard let arguments else { return value }
                return try callValue(value, arguments, place)
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
            if name == "init" {
                guard let arguments else { return try initializer(info, labels(node), node) }
                return try initialize(type, arguments, place, nil)
            }
            if info.hasMember(name) {
                throw error(
                    .name, "'\(name)' belongs to the values of \(info.type.name), not to the type",
                    node, suggestion: "make one first: \(info.type.name)(...).\(name)")
            }
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
        if memberNames(of: type).contains(name) {
            return error(
                .name, "'\(name)' belongs to a value of \(type), not to the type itself", node,
                suggestion: "make a value first: \(type)(...).\(name)")
        }
        return error(
            .name, "\(type) has no '\(name)'", node,
            suggestion: Spelling.closest(to: name, in: names).map { "did you mean .\($0)?" }
                ?? (names.isEmpty || names.count > 12
                    ? nil : "there are \(names.map { ".\($0)" }.joined(separator: " "))"))
    }

    /// A static property of a script's type, stored or computed.
    private func staticProperty(_ info: DeclaredTypeInfo, _ name: String, _ place: Span) -> Expr? {
        let isQuiet = context.quietProperties.contains(name) && isInside(info)
        if let getter = info.staticGetters[name], !isQuiet || info.statics[name] == nil {
            return Expr(.call(getter, []), getter.result, place)
        }
        return info.statics[name].map { Expr(.global($0), $0.type, place) }
    }

    /// The labels in `Type.init(x:y:)`; `nil` where none are written.
    private func labels(_ node: some SyntaxProtocol) -> [String?]? {
        Syntax(node).as(DeclReferenceExprSyntax.self)?.argumentNames?.arguments.map {
            $0.name.text == "_" ? nil : $0.name.text
        }
    }

    /// `Type.init` as a function.
    private func initializer(
        _ info: DeclaredTypeInfo, _ labels: [String?]?, _ node: some SyntaxProtocol
    ) throws(ScriptError) -> Expr {
        if let chosen = info.initializers.first(where: {
            labels == nil || $0.parameters.map(\.label) == labels
        }) {
            return Expr(.function(chosen), chosen.functionType, span(node))
        }
        for field in info.type.fields { try settle(field.label, of: info) }
        let fields = info.type.fields.filter { !$0.isConstant || !$0.hasDefault }
        guard !info.type.isEnumeration, !info.hasOwnInitializer,
            labels == nil || labels == fields.map(\.label),
            fields.count == info.type.fields.count
        else {
            throw error(
                .name, "\(info.type.name) has no such init", node,
                suggestion: "write a closure: { \(info.type.name)(...) }")
        }
        let inner = FunctionContext(name: "init", parent: nil, result: info.scriptType)
        inner.span = span(node)
        let function = FunctionDeclaration(name: "init", context: inner)
        function.result = info.scriptType
        for field in fields {
            function.parameters.append(
                Parameter(name: field.label, label: field.label, type: field.type))
            inner.parameters.append(
                Variable(field.label, field.type, isConstant: true, in: inner, span: span(node)))
        }
        let values = inner.parameters.map { boxed(Expr(.local($0), $0.type, span(node))) }
        let made = Expr(.construct(info.type, values), info.scriptType, span(node))
        inner.body = [Stmt(.return(made), span(node))]
        functions.append(function)
        return Expr(.function(function), function.functionType, span(node))
    }

    // MARK: base.name(...)

    func memberCall(
        _ member: MemberAccessExprSyntax, _ arguments: [WrittenArgument], _ place: Span,
        _ expected: ScriptType?
    ) throws(ScriptError) -> Expr {
        let name = member.declName.baseName.text
        guard let baseSyntax = member.base else {
            return try implicitMember(
                name, member.declName, expected ?? chainExpectation, arguments)
        }
        if let type = try typeExpression(baseSyntax) {
            return try staticMember(type, name, member.declName, arguments)
        }
        if baseSyntax.as(DeclReferenceExprSyntax.self)?.baseName.text == "self", name == "init",
            context.isInitializer, let own = ownSelf
        {
            return try delegation(to: own, arguments, place)
        }
        var receiver = try base(baseSyntax)
        if name == "contains" || name == "firstIndex", let only = arguments.first,
            isLiteral(receiver), isSimple(only.syntax)
        {
            // A literal before the dot is of the type that is looked for in it.
            switch (try argument(only.syntax)).type {
            case .character: receiver = asCharacters(receiver)
            case .double:
                if case .array = receiver.type { _ = adapt(receiver, to: .array(.double)) }
                if case .range = receiver.type { _ = adapt(receiver, to: .range(.double)) }
            default: break
            }
        }
        switch receiver.type {
        case .metatype(let type): return try staticMember(type, name, member.declName, arguments)
        case .any, .oneOf, .variable:
            return try dynamicCall(receiver, baseSyntax, name, arguments, place)
        case .declared:
            if let info = info(receiver.type), let methods = info.methods[name] {
                try requireAccess(name, info, member.declName)
                let target =
                    methods.contains(where: \.isMutating) ? try? self.place(baseSyntax) : nil
                return try callScript(
                    methods, receiver, arguments, name, place, receiverPlace: target)
            }
            if name == "hash", arguments.count == 1 { break }
        default: break
        }
        let nested = receiver.type.isNested ? library.member(name, of: "NestedArray") : nil
        if let rows = nested ?? rows(name, of: receiver.type) {
            if rows.contains(where: { if case .property = $0.kind { false } else { true } }) {
                let target = rows.contains(where: \.isMutating) ? try? self.place(baseSyntax) : nil
                return try callRow(rows, receiver, arguments, name, place, receiverPlace: target)
            }
        }
        let callee = try memberOf(receiver, name, member.declName)
        return try callValue(callee, arguments, place)
    }

    /// `self.init(...)`: the value another initializer makes becomes that of this one.
    private func delegation(
        to own: Variable, _ arguments: [WrittenArgument], _ place: Span
    ) throws(ScriptError) -> Expr {
        let value = try initialize(own.type, arguments, place, nil)
        func assignment(_ value: Expr) -> Expr {
            Expr(
                .assign(Place(.local(own), type: own.type, span: place), value), .void, place)
        }
        guard case .optional = value.type else { return assignment(value) }
        guard case .optional = context.result else {
            throw error(
                .type, "the other init may give nil, this one may not", place,
                suggestion: "write init?")
        }
        let made = Variable("made", own.type, isConstant: true, in: context, span: place)
        let keep = Stmt(.expression(assignment(Expr(.local(made), own.type, place))), place)
        let fail = Stmt(.return(Expr(.constant(.none), context.result, place)), place)
        return Expr(
            .block(
                [Stmt(.if([.bind(.bind(.local(made)), value)], [keep], [fail]), place)],
                result: nil), .void, place)
    }

    private func isLiteral(_ expression: Expr) -> Bool {
        switch expression.kind {
        case .array, .range: true
        default: false
        }
    }

    /// Whether it is a name, or a member or element of one: cheap to check twice.
    private func isSimple(_ syntax: ExprSyntax) -> Bool {
        switch syntax.as(ExprSyntaxEnum.self) {
        case .declReferenceExpr(let name): Precedence.of(name.baseName.text) == nil
        case .memberAccessExpr(let member): member.base.map(isSimple) ?? false
        case .subscriptCallExpr(let access): isSimple(access.calledExpression)
        default: false
        }
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
            return try make(info, arguments, place)
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
        // `[Double](...)` says what its elements are, `Array(...)` leaves it to its arguments.
        let known = type.placeholders.filter { !$0.value.isUncertain }
        let result = try callRow(rows, nil, arguments, "\(type)", place, knowing: known)
        switch (type, result.type) {
        case (.array(let part), .array), (.set(let part), .set),
            (.dictionary(let part, _), .dictionary):
            if part != .any { return Expr(result.kind, type, place) }
        default: break
        }
        return result
    }

    /// A value of a script's type: through its initializers, or property by property.
    private func make(_ info: DeclaredTypeInfo, _ arguments: [WrittenArgument], _ place: Span)
        throws(ScriptError) -> Expr
    {
        let name = info.type.name
        let initializers = info.initializers.filter { !$0.isPrivate || isInside(info) }
        if info.type.isEnumeration, let raw = info.rawType, arguments.count == 1,
            arguments[0].label == "rawValue",
            !initializers.contains(where: { $0.parameters.map(\.label) == ["rawValue"] })
        {
            let value = try coerce(
                try argument(arguments[0].syntax, expecting: raw), to: raw, as: "rawValue")
            return Expr(
                .callNative(EnumRows.fromRawValue(info.type, raw), [boxed(value)]),
                .optional(info.scriptType), place)
        }
        if initializers.isEmpty, info.hasOwnInitializer {
            throw error(
                .argument, "\(name) can only be made inside itself: its init is private", place)
        }
        if initializers.isEmpty, info.type.isEnumeration {
            throw error(
                .argument, "\(name) is made by naming a case", place,
                suggestion: info.type.cases.first.map { "write \(name).\($0.name)" })
        }
        if info.hasOwnInitializer || info.type.isEnumeration {
            return try callScript(initializers, nil, arguments, name, place)
        }
        for field in info.type.fields { try settle(field.label, of: info) }
        guard !initializers.isEmpty else { return try memberwise(info, arguments, place) }
        // Those of extensions go beside the memberwise one.
        let signature = memberwiseParameters(info).map(\.parameter)
        let fitsMemberwise = (try? match(arguments, signature, name, place, signature: "")) != nil
        let fitsOwn = initializers.contains {
            (try? match(arguments, $0.parameters, name, place, signature: "")) != nil
        }
        return fitsMemberwise && !fitsOwn
            ? try memberwise(info, arguments, place)
            : try callScript(initializers, nil, arguments, name, place)
    }

    /// The parameters that making a struct property by property takes.
    private func memberwiseParameters(_ info: DeclaredTypeInfo) -> [(
        index: Int, parameter: Parameter
    )] {
        info.type.fields.enumerated().compactMap { index, field in
            if field.isConstant && field.hasDefault { return nil }
            var parameter = Parameter(name: field.label, label: field.label, type: field.type)
            parameter.hasDefault = field.hasDefault
            return (index, parameter)
        }
    }

    private func memberwise(_ info: DeclaredTypeInfo, _ arguments: [WrittenArgument], _ place: Span)
        throws(ScriptError) -> Expr
    {
        let parameters = memberwiseParameters(info)
        let name = info.type.name
        let list = parameters.map(\.parameter.description).joined(separator: ", ")
        let taken = try match(
            arguments, parameters.map(\.parameter), name, place, signature: "\(name)(\(list))")
        // One private property makes the memberwise initializer private.
        if let hidden = info.type.fields.first(where: { info.privateNames.contains($0.label) }),
            !isInside(info), !arguments.isEmpty || !hidden.hasDefault
        {
            throw error(
                .argument,
                "\(name) cannot be made with its properties here: "
                    + "'\(hidden.label)' is private", place, suggestion: "give \(name) an init")
        }
        var values = info.fieldDefaults.map {
            $0.map(boxed) ?? Expr(.constant(.void), .void, place)
        }
        for (position, (index, parameter)) in parameters.enumerated() {
            guard let written = taken[position].first else { continue }
            let value = try argument(written.syntax, expecting: parameter.type)
            values[index] = boxed(
                try coerce(
                    value, to: parameter.type, as: "\(name), argument \(parameter.name)"))
        }
        return Expr(.construct(info.type, values), info.scriptType, place)
    }
}
