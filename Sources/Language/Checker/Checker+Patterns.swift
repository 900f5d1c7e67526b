import SwiftSyntax

extension Checker {
    /// The pattern of a `let`, `var` or `for`: names and tuples of names.
    func binding(_ syntax: PatternSyntax, _ type: ScriptType, isConstant: Bool)
        throws(ScriptError) -> Pattern
    {
        switch syntax.as(PatternSyntaxEnum.self) {
        case .identifierPattern(let name):
            return .bind(try declare(name.identifier.plainText, type, isConstant: isConstant, name))
        case .wildcardPattern: return .wildcard
        case .tuplePattern(let tuple):
            if tuple.elements.count == 1, let only = tuple.elements.first {
                return try binding(only.pattern, type, isConstant: isConstant)
            }
            let types = try elementTypes(type, count: tuple.elements.count, syntax)
            var patterns: [Pattern] = []
            for (element, type) in zip(tuple.elements, types) {
                patterns.append(try binding(element.pattern, type, isConstant: isConstant))
            }
            return .tuple(patterns)
        case .valueBindingPattern(let inner):
            return try binding(
                inner.pattern, type, isConstant: inner.bindingSpecifier.text == "let")
        default: return try pattern(syntax, for: type)
        }
    }

    private func elementTypes(_ type: ScriptType, count: Int, _ node: some SyntaxProtocol)
        throws(ScriptError) -> [ScriptType]
    {
        switch type {
        case .tuple(let types, _):
            guard types.count == count else {
                throw error(
                    .type, "this pattern has \(count) names, but the tuple has \(types.count)", node
                )
            }
            return types
        case .any, .variable, .oneOf: return Array(repeating: .any, count: count)
        default:
            throw error(.type, "only a tuple can be taken apart, got \(type)", node)
        }
    }

    /// The pattern of a `case`.
    func pattern(_ syntax: PatternSyntax, for type: ScriptType) throws(ScriptError) -> Pattern {
        switch syntax.as(PatternSyntaxEnum.self) {
        case .valueBindingPattern(let binding):
            return try casePattern(
                binding.pattern, type, isConstant: binding.bindingSpecifier.text == "let")
        default: return try casePattern(syntax, type, isConstant: nil)
        }
    }

    /// `isConstant` is set inside `let` or `var`, where names bind instead of standing for values.
    func casePattern(_ syntax: PatternSyntax, _ type: ScriptType, isConstant: Bool?)
        throws(ScriptError) -> Pattern
    {
        switch syntax.as(PatternSyntaxEnum.self) {
        case .wildcardPattern: return .wildcard
        case .identifierPattern(let name):
            return .bind(
                try declare(name.identifier.plainText, type, isConstant: isConstant ?? true, name))
        case .valueBindingPattern(let binding):
            return try casePattern(
                binding.pattern, type, isConstant: binding.bindingSpecifier.text == "let")
        case .tuplePattern(let tuple):
            let types = try elementTypes(type, count: tuple.elements.count, syntax)
            var patterns: [Pattern] = []
            for (element, type) in zip(tuple.elements, types) {
                patterns.append(try casePattern(element.pattern, type, isConstant: isConstant))
            }
            return .tuple(patterns)
        case .isTypePattern(let test): return .isType(try self.type(test.type))
        case .expressionPattern(let inner):
            return try valuePattern(inner.expression, type, isConstant: isConstant)
        default: throw unsupported("this pattern", syntax)
        }
    }

    private func valuePattern(_ syntax: ExprSyntax, _ type: ScriptType, isConstant: Bool?)
        throws(ScriptError) -> Pattern
    {
        switch syntax.as(ExprSyntaxEnum.self) {
        case .discardAssignmentExpr: return .wildcard
        case .patternExpr(let inner):
            return try casePattern(inner.pattern, type, isConstant: isConstant)
        case .declReferenceExpr(let name) where name.baseName.text == "_": return .wildcard
        case .declReferenceExpr(let name) where isConstant != nil:
            return .bind(
                try declare(name.baseName.plainText, type, isConstant: isConstant ?? true, name))
        case .tupleExpr(let tuple):
            if tuple.elements.count == 1, let only = tuple.elements.first {
                return try valuePattern(only.expression, type, isConstant: isConstant)
            }
            let types = try elementTypes(type, count: tuple.elements.count, syntax)
            var patterns: [Pattern] = []
            for (element, type) in zip(tuple.elements, types) {
                patterns.append(
                    try valuePattern(element.expression, type, isConstant: isConstant))
            }
            return .tuple(patterns)
        case .optionalChainingExpr(let optional):
            let inner: ScriptType = if case .optional(let wrapped) = type { wrapped } else { .any }
            return .optional(
                try valuePattern(optional.expression, inner, isConstant: isConstant))
        case .nilLiteralExpr: return .value(try expression(syntax))
        case .sequenceExpr(let sequence):
            let parts = Array(sequence.elements)
            if parts.count == 3, let cast = parts[1].as(UnresolvedAsExprSyntax.self),
                cast.questionOrExclamationMark == nil,
                let target = parts[2].as(TypeExprSyntax.self)
            {
                let wanted = try self.type(target.type)
                return .cast(
                    wanted, try valuePattern(parts[0], wanted, isConstant: isConstant))
            }
            return try plainValue(syntax, type)
        case .functionCallExpr(let call):
            if call.calledExpression.trimmedDescription == ".some", call.arguments.count == 1,
                let only = call.arguments.first
            {
                let inner: ScriptType =
                    if case .optional(let wrapped) = type { wrapped } else { .any }
                return .optional(try valuePattern(only.expression, inner, isConstant: isConstant))
            }
            if let (declared, index) = try enumCase(call.calledExpression, type) {
                return try payloadPattern(
                    declared, index, call.arguments, call, isConstant: isConstant)
            }
            return try plainValue(syntax, type)
        case .memberAccessExpr
        where syntax.trimmedDescription == ".none" && info(type)?.type.isEnumeration != true:
            return .value(Expr(.constant(.none), .optional(.any), span(syntax)))
        case .memberAccessExpr:
            if let (declared, index) = try enumCase(syntax, type) {
                return .enumCase(declared, index, [])
            }
            return try plainValue(syntax, type)
        default: return try plainValue(syntax, type)
        }
    }

    private func plainValue(_ syntax: ExprSyntax, _ type: ScriptType) throws(ScriptError) -> Pattern
    {
        var wanted = type
        if case .optional(let inner) = type { wanted = inner }
        var value = try expression(syntax, expecting: wanted)
        value = textLiteral(value, as: wanted) ?? value
        if case .range(let bound) = value.type {
            if case .range = wanted {
            } else if isImpossible(bound, as: wanted), isImpossible(wanted, as: bound) {
                throw error(
                    .type, "a range of \(bound) cannot match a value of type \(type)", syntax)
            }
            return .value(boxed(value))
        }
        if isImpossible(value.type, as: type), isImpossible(type, as: value.type) {
            // A script's own ~= says when they match.
            let subject = Expr(.constant(.void), type, value.span)
            if !ownOperators("~=", [value, subject]).isEmpty { return .value(boxed(value)) }
            throw error(
                .type, "this case is \(value.type), but the value is \(type)", syntax)
        }
        return .value(boxed(value))
    }

    /// The case that `.name` or `Type.name` means; `nil` where it names no enumeration's case.
    private func enumCase(_ syntax: ExprSyntax, _ type: ScriptType) throws(ScriptError)
        -> (DeclaredType, Int)?
    {
        guard let member = syntax.as(MemberAccessExprSyntax.self) else { return nil }
        var wanted = type
        if case .optional(let inner) = type { wanted = inner }
        if let base = member.base {
            guard let named = base.as(DeclReferenceExprSyntax.self),
                let found = simpleType(named.baseName.text)
            else { return nil }
            wanted = found
        }
        guard let info = info(wanted), info.type.isEnumeration else { return nil }
        let name = member.declName.baseName.text
        guard let index = info.type.cases.firstIndex(where: { $0.name == name }) else {
            throw error(
                .name, "\(info.type.name) has no case '\(name)'", member.declName,
                suggestion: Spelling.closest(to: name, in: info.type.cases.map(\.name)).map {
                    "use .\($0)"
                })
        }
        return (info.type, index)
    }

    private func payloadPattern(
        _ declared: DeclaredType, _ index: Int, _ arguments: LabeledExprListSyntax,
        _ node: some SyntaxProtocol, isConstant: Bool?
    ) throws(ScriptError) -> Pattern {
        let payload = declared.cases[index].payload
        if payload.count > 1, arguments.count == 1, let only = arguments.first {
            let type = ScriptType.tuple(
                payload.map(\.type), labels: payload.map { $0.label ?? "" })
            switch try valuePattern(only.expression, type, isConstant: isConstant) {
            case .tuple(let patterns): return .enumCase(declared, index, patterns)
            case .wildcard: return .enumCase(declared, index, [])
            case let whole: return .payload(declared, index, type, whole)
            }
        }
        guard payload.count == arguments.count else {
            throw error(
                .argument,
                "\(declared.cases[index].name) has \(payload.count) values, this pattern \(arguments.count)",
                node)
        }
        var patterns: [Pattern] = []
        for (argument, parameter) in zip(arguments, payload) {
            patterns.append(
                try valuePattern(argument.expression, parameter.type, isConstant: isConstant))
        }
        return .enumCase(declared, index, patterns)
    }

    /// A pattern that fills variables which another one declares by the same names.
    private func bound(
        _ pattern: Pattern, as shared: [String: Symbol], _ node: some SyntaxProtocol
    ) throws(ScriptError) -> Pattern {
        if Set(scope.names.keys) != Set(shared.keys) {
            throw error(
                .syntax, "every pattern of a case must bind the same names", node,
                suggestion: "use _ for a value that is not used")
        }
        return try renamed(pattern, shared, node)
    }

    private func renamed(
        _ pattern: Pattern, _ shared: [String: Symbol], _ node: some SyntaxProtocol
    ) throws(ScriptError) -> Pattern {
        func all(_ patterns: [Pattern]) throws(ScriptError) -> [Pattern] {
            var result: [Pattern] = []
            for pattern in patterns { result.append(try renamed(pattern, shared, node)) }
            return result
        }
        switch pattern {
        case .bind(.local(let own)):
            guard case .variable(let variable)? = shared[own.name] else { return pattern }
            if own.type != variable.type {
                throw error(
                    .type,
                    "'\(own.name)' is \(variable.type) in one pattern of this case and "
                        + "\(own.type) in another", node)
            }
            return .bind(.local(variable))
        case .tuple(let patterns): return .tuple(try all(patterns))
        case .optional(let inner): return .optional(try renamed(inner, shared, node))
        case .cast(let type, let inner): return .cast(type, try renamed(inner, shared, node))
        case .enumCase(let type, let index, let payload):
            return .enumCase(type, index, try all(payload))
        case .payload(let type, let index, let tuple, let inner):
            return .payload(type, index, tuple, try renamed(inner, shared, node))
        default: return pattern
        }
    }

    func switchStatement(_ syntax: SwitchExprSyntax, label: String?) throws(ScriptError) -> Stmt {
        let branches = valueOfBranch
        valueOfBranch = nil
        let subject = try expression(syntax.subject)
        valueOfBranch = branches
        defer { valueOfBranch = branches }
        let loopLabel = LoopLabel(name: label, isLoop: false)
        loops.append(loopLabel)
        defer { loops.removeLast() }
        var cases: [SwitchCase] = []
        for entry in syntax.cases {
            guard case .switchCase(let entry) = entry else {
                throw unsupported("#if", entry)
            }
            cases.append(try switchCase(entry, subject.type))
        }
        try checkExhaustive(cases, subject.type, syntax)
        return Stmt(.switch(boxed(subject), cases, label: loopLabel), span(syntax))
    }

    private func switchCase(_ entry: SwitchCaseSyntax, _ type: ScriptType) throws(ScriptError)
        -> SwitchCase
    {
        try inScope { () throws(ScriptError) in
            var patterns: [(Pattern, Expr?)] = []
            if case .case(let list) = entry.label {
                var shared: [String: Symbol]?
                for item in list.caseItems {
                    scope.names = [:]
                    var pattern = try self.pattern(item.pattern, for: type)
                    if let shared {
                        // Every alternative fills the variables of the first one.
                        pattern = try bound(pattern, as: shared, item)
                        scope.names = shared
                    }
                    shared = scope.names
                    var filter: Expr?
                    if let clause = item.whereClause { filter = try condition(clause.condition) }
                    patterns.append((pattern, filter))
                }
            }
            if entry.statements.isEmpty {
                throw error(
                    .syntax, "a case needs at least one statement", entry.label,
                    suggestion: "write break where nothing is to be done")
            }
            if let valueOfBranch {
                self.valueOfBranch = nil
                defer { self.valueOfBranch = valueOfBranch }
                return SwitchCase(patterns: patterns, body: try valueOfBranch(entry.statements))
            }
            return SwitchCase(patterns: patterns, body: try block(entry.statements))
        }
    }
}
