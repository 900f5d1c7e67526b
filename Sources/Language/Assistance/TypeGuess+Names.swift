import SwiftSyntax

/// A name that is in scope at a place of the cell being written.
struct VisibleName {
    var name: String
    /// `variable`, `function` or `type`.
    var kind = "variable"
    var signature = ""
    var documentation = ""
    /// Found when asked for, as it may take other guesses.
    var type: () -> ScriptType?
}

extension TypeGuess {
    /// The type of what a name stands for at a place.
    func name(_ name: String, at place: Syntax) -> ScriptType? {
        if let found = visible(name, at: place) { return found.type() }
        if let entry = snapshot.entries[name] {
            switch entry.kind {
            case "type": return .metatype(entry.scriptType)
            default: return entry.scriptType
            }
        }
        if local[name] != nil { return .metatype(.named(name)) }
        var reader = SignatureReader(name)
        switch reader.type() {
        case .named(let known):
            return index.types[known] == nil ? builtin(known) : .metatype(.named(known))
        case .variable: return nil
        case let type: return .metatype(type)
        }
    }

    private func builtin(_ name: String) -> ScriptType? {
        switch name {
        case "Array": .metatype(.array(.any))
        case "Dictionary": .metatype(.dictionary(.any, .any))
        default: nil
        }
    }

    /// A name that the cell itself declares; the nearest declaration counts.
    func visible(_ name: String, at place: Syntax) -> VisibleName? {
        var result: VisibleName?
        visit(place) { candidate in
            if result == nil, candidate.name == name { result = candidate }
            return result == nil
        }
        return result
    }

    /// Every name that the cell itself declares around a place, the nearest first.
    func visibleNames(at place: Syntax) -> [VisibleName] {
        var result: [VisibleName] = []
        visit(place) { candidate in
            result.append(candidate)
            return true
        }
        return result
    }

    /// Goes through the scopes around a place from the inside out, until told to stop.
    private func visit(_ place: Syntax, _ body: (VisibleName) -> Bool) {
        var child = place
        while let scope = child.parent {
            for name in names(of: scope, around: child) where !body(name) { return }
            child = scope
        }
    }

    private func names(of scope: Syntax, around child: Syntax) -> [VisibleName] {
        switch scope.as(SyntaxEnum.self) {
        case .codeBlockItemList(let items): return declared(items, before: child)
        case .functionDecl(let function): return parameters(function.signature.parameterClause)
        case .initializerDecl(let function): return parameters(function.signature.parameterClause)
        case .subscriptDecl(let element): return parameters(element.parameterClause)
        case .closureExpr(let closure): return parameters(of: closure)
        case .forStmt(let loop):
            guard child.id == loop.body.id else { return [] }
            return bound(loop.pattern) { self.type(of: loop.sequence).flatMap(elementType) }
        case .ifExpr(let choice):
            return child.id == choice.elseKeyword?.id || child.id == choice.elseBody?.id
                ? [] : bound(choice.conditions, before: child)
        case .whileStmt(let loop): return bound(loop.conditions, before: child)
        case .switchCase(let entry): return bound(entry)
        case .catchClause: return [VisibleName(name: "error", type: { .named("Error") })]
        case .accessorDecl(let accessor):
            return [accessor.parameters?.name.text ?? "newValue"].map {
                VisibleName(name: $0, type: { nil })
            }
        case .structDecl, .enumDecl, .extensionDecl: return members(of: scope)
        default: return []
        }
    }

    // MARK: Declarations

    private func declared(_ items: CodeBlockItemListSyntax, before child: Syntax) -> [VisibleName] {
        var result: [VisibleName] = []
        for item in items {
            let isEarlier = item.position < child.position
            switch item.item {
            case .decl(let declaration):
                if let function = declaration.as(FunctionDeclSyntax.self) {
                    result.append(self.function(function))
                } else if let facts = TypeFacts(declaredBy: Syntax(declaration)),
                    !declaration.is(ExtensionDeclSyntax.self)
                {
                    result.append(
                        VisibleName(
                            name: facts.name, kind: "type", signature: facts.signature,
                            type: { .metatype(.named(facts.name)) }))
                } else if isEarlier, let variables = declaration.as(VariableDeclSyntax.self) {
                    for binding in variables.bindings {
                        result += bound(binding.pattern) { self.type(of: binding) }
                    }
                }
            case .stmt(let statement):
                if isEarlier, let guarded = statement.as(GuardStmtSyntax.self) {
                    result += bound(guarded.conditions, before: Syntax(guarded.body))
                }
            case .expr: break
            }
        }
        return result.reversed()
    }

    private func type(of binding: PatternBindingSyntax) -> ScriptType? {
        if let annotation = binding.typeAnnotation { return type(named: annotation.type) }
        return binding.initializer.flatMap { self.type(of: $0.value) }
    }

    private func function(_ syntax: FunctionDeclSyntax) -> VisibleName {
        VisibleName(
            name: syntax.name.text, kind: "function",
            signature: "func \(syntax.name.text)\(syntax.signature.trimmedDescription)",
            type: {
                .function(
                    syntax.signature.parameterClause.parameters.map { self.type(named: $0.type) },
                    syntax.signature.returnClause.map { self.type(named: $0.type) } ?? .void)
            })
    }

    private func parameters(_ clause: FunctionParameterClauseSyntax) -> [VisibleName] {
        clause.parameters.map { parameter in
            VisibleName(name: (parameter.secondName ?? parameter.firstName).text) {
                let type = self.type(named: parameter.type)
                return parameter.ellipsis == nil ? type : .array(type)
            }
        }
    }

    /// The names that a pattern binds, with parts of a tuple's type.
    private func bound(_ pattern: PatternSyntax, _ type: @escaping () -> ScriptType?)
        -> [VisibleName]
    {
        if let name = pattern.as(IdentifierPatternSyntax.self) {
            return [VisibleName(name: name.identifier.text, type: type)]
        }
        guard let tuple = pattern.as(TuplePatternSyntax.self) else { return [] }
        return tuple.elements.enumerated().flatMap { position, element in
            bound(element.pattern) {
                guard case .tuple(let types, _)? = type(), types.indices.contains(position) else {
                    return nil
                }
                return types[position]
            }
        }
    }

    private func bound(_ conditions: ConditionElementListSyntax, before child: Syntax)
        -> [VisibleName]
    {
        conditions.flatMap { element -> [VisibleName] in
            guard element.position < child.position,
                case .optionalBinding(let binding) = element.condition,
                let name = binding.pattern.as(IdentifierPatternSyntax.self)
            else { return [] }
            return [
                VisibleName(name: name.identifier.text) {
                    let value =
                        binding.initializer.map { self.type(of: $0.value) }
                        ?? self.name(name.identifier.text, at: Syntax(conditions))
                    return value.map(Self.unwrapped)
                }
            ]
        }
    }

    /// The names that the patterns of a case bind, whose types nothing tells.
    private func bound(_ entry: SwitchCaseSyntax) -> [VisibleName] {
        guard case .case(let label) = entry.label else { return [] }
        var names: [String] = []
        var pending = label.caseItems.map { Syntax($0) }
        while let next = pending.popLast() {
            if let name = next.as(IdentifierPatternSyntax.self) {
                names.append(name.identifier.text)
            }
            pending.append(contentsOf: next.children(viewMode: .sourceAccurate))
        }
        return names.map { VisibleName(name: $0, type: { nil }) }
    }

    // MARK: Closures and types

    private func parameters(of closure: ClosureExprSyntax) -> [VisibleName] {
        func wanted(_ position: Int) -> ScriptType? {
            let types = parameterTypes(of: closure)
            return types.indices.contains(position) ? types[position] : nil
        }
        switch closure.signature?.parameterClause {
        case .simpleInput(let names)?:
            return names.enumerated().map { position, name in
                VisibleName(name: name.name.text) {
                    // A tuple may arrive as several parameters.
                    if case .tuple(let parts, _)? = wanted(0), names.count == parts.count {
                        return parts[position]
                    }
                    return wanted(position)
                }
            }
        case .parameterClause(let clause)?:
            return clause.parameters.enumerated().map { position, parameter in
                VisibleName(name: (parameter.secondName ?? parameter.firstName).text) {
                    parameter.type.map { self.type(named: $0) } ?? wanted(position)
                }
            }
        case nil:
            let count = max(1, parameterTypes(of: closure).count)
            return (0..<count).map { position in
                VisibleName(name: "$\(position)") { wanted(position) }
            }
        }
    }

    /// What a closure is called with, as the function it is given to says.
    private func parameterTypes(of closure: ClosureExprSyntax) -> [ScriptType] {
        let call =
            closure.parent?.as(FunctionCallExprSyntax.self)
            ?? closure.parent?.parent?.parent?.as(FunctionCallExprSyntax.self)
        guard let call else { return [] }
        var rows: [Binding] = []
        var solution: [String: ScriptType] = [:]
        if let member = call.calledExpression.as(MemberAccessExprSyntax.self),
            let base = member.base,
            let type = type(of: base)
        {
            rows = index.member(member.declName.baseName.text, of: type.memberTable) ?? []
            solution = type.placeholders
        } else if let name = call.calledExpression.as(DeclReferenceExprSyntax.self) {
            rows = index.functions[name.baseName.text] ?? []
        }
        for row in rows {
            for parameter in row.parameters {
                if case .function(let types, _) = parameter.type {
                    return types.map { $0.substituting(solution) }
                }
            }
        }
        return []
    }

    /// `self` and what needs none before it, inside a type.
    private func members(of scope: Syntax) -> [VisibleName] {
        guard let own = TypeFacts(declaredBy: scope) else { return [] }
        let type = self.type(named: TypeSyntax(IdentifierTypeSyntax(name: .identifier(own.name))))
        let facts = self.facts(type) ?? own
        let list = facts.members.sorted { $0.key < $1.key }.map { name, member in
            VisibleName(
                name: name, kind: member.kind == "method" ? "function" : "variable",
                signature: member.signature, type: { member.type })
        }
        return [VisibleName(name: "self", type: { type })] + list
    }

    /// What going through a value yields.
    func elementType(_ type: ScriptType) -> ScriptType? {
        switch type {
        case .array(let element), .set(let element), .range(let element): element
        case .generic(_, let arguments): arguments.first
        case .dictionary(let key, let value): .tuple([key, value], labels: ["key", "value"])
        case .string: .character
        case .named(let name): index.types[name]?.element
        default: nil
        }
    }
}
