import SwiftSyntax

extension TypeGuess {
    /// What each declaration of a call's function takes.
    func parameters(of call: FunctionCallExprSyntax) -> [[Parameter]] {
        let callee = call.calledExpression
        if let name = callee.as(DeclReferenceExprSyntax.self)?.baseName.text {
            if let visible = visible(name, at: Syntax(callee)), visible.kind == "function" {
                return Self.read([visible.signature])
            }
            if let entry = snapshot.entries[name], entry.kind == "function" {
                return Self.read(entry.signatures)
            }
            let rows = index.functions[name] ?? []
            if !rows.isEmpty { return rows.map(\.parameters) }
        }
        if let member = callee.as(MemberAccessExprSyntax.self) {
            let name = member.declName.baseName.text
            let owner =
                member.base.map { type(of: $0) }
                ?? expected(at: Syntax(member)).first.map { .metatype($0) }
            guard let owner else { return [] }
            if case .metatype(let instance) = owner {
                if name == "init" { return initializers(of: instance) }
                if let own = facts(instance)?.statics[name] { return Self.read([own.signature]) }
                return (index.statics[instance.memberTable]?[name] ?? []).map(\.parameters)
            }
            if let own = facts(owner)?.members[name] { return Self.read([own.signature]) }
            return (rows(name, of: Self.unwrapped(owner)) ?? []).map(
                \.parameters)
        }
        guard let type = type(of: callee) else { return [] }
        if case .metatype(let instance) = type { return initializers(of: instance) }
        if let own = facts(type)?.members["callAsFunction"] { return Self.read([own.signature]) }
        return (rows("callAsFunction", of: type) ?? []).map(\.parameters)
    }

    private func initializers(of type: ScriptType) -> [[Parameter]] {
        facts(type)?.initializers ?? (index.initializers[type.memberTable] ?? []).map(\.parameters)
    }

    private static func read(_ signatures: [String]) -> [[Parameter]] {
        signatures.map { text in
            let plain =
                text.hasPrefix("func ") || text.hasPrefix("case ") ? text.dropFirst(5) : text[...]
            var reader = SignatureReader(String(plain))
            return reader.signature().parameters
        }
    }

    /// The types that the place of an expression asks for, the likeliest first.
    func expected(at node: Syntax) -> [ScriptType] {
        guard let parent = node.parent else { return [] }
        switch parent.as(SyntaxEnum.self) {
        case .labeledExpr(let argument): return expected(of: argument)
        case .functionCallExpr(let call) where call.calledExpression.id == node.id:
            return expected(at: Syntax(call))
        case .arrayElement:
            return (parent.parent?.parent).map(expected)?.compactMap(Self.element) ?? []
        case .initializerClause(let clause):
            let annotation = clause.parent?.as(PatternBindingSyntax.self)?.typeAnnotation
            return annotation.map { [type(named: $0.type)] } ?? []
        case .exprList(let list):
            return list.filter { $0.id != node.id }.compactMap { other in
                other.is(BinaryOperatorExprSyntax.self) ? nil : type(of: other)
            }
        case .expressionPattern: return subject(around: parent)
        case .returnStmt, .codeBlockItem: return result(around: parent)
        default: return []
        }
    }

    private static func element(_ type: ScriptType) -> ScriptType? {
        switch type {
        case .array(let element), .set(let element): element
        case .optional(let inner): element(inner)
        default: nil
        }
    }

    private func expected(of argument: LabeledExprSyntax) -> [ScriptType] {
        guard let list = argument.parent?.as(LabeledExprListSyntax.self),
            let call = list.parent?.as(FunctionCallExprSyntax.self)
        else { return [] }
        let position = list.prefix { $0.id != argument.id }.count
        return parameters(of: call).compactMap { parameters in
            if let label = argument.label?.text {
                return (parameters.first { $0.label == label }?.type).map(resolved)
            }
            return parameters.indices.contains(position)
                ? resolved(parameters[position].type) : nil
        }
    }

    /// The type of what the `switch` around a pattern asks.
    private func subject(around node: Syntax) -> [ScriptType] {
        var current: Syntax? = node
        while let next = current {
            if let choice = next.as(SwitchExprSyntax.self) {
                return type(of: choice.subject).map { [$0] } ?? []
            }
            if let match = next.as(MatchingPatternConditionSyntax.self) {
                return type(of: match.initializer.value).map { [$0] } ?? []
            }
            current = next.parent
        }
        return []
    }

    private func result(around node: Syntax) -> [ScriptType] {
        var current: Syntax? = node
        while let next = current {
            if let function = next.as(FunctionDeclSyntax.self) {
                return function.signature.returnClause.map { [type(named: $0.type)] } ?? []
            }
            if next.is(ClosureExprSyntax.self) { return [] }
            current = next.parent
        }
        return []
    }

    /// What the cell itself gives a name at first.
    func initialValue(of name: String, at node: Syntax) -> ExprSyntax? {
        var pending = [node.root]
        var found: ExprSyntax?
        while let next = pending.popLast() {
            if let binding = next.as(PatternBindingSyntax.self), binding.position < node.position,
                binding.pattern.as(IdentifierPatternSyntax.self)?.identifier.text == name
            {
                found = binding.initializer?.value ?? found
            }
            pending.append(contentsOf: next.children(viewMode: .sourceAccurate))
        }
        return found
    }
}
