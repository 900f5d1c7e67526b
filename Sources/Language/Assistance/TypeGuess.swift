import SwiftSyntax

/// Guesses the type of an expression that need not be right yet, from the names of earlier cells and
/// from what the cell itself declares. Touches nothing that a running cell changes.
struct TypeGuess {
    let index: LibraryIndex
    let snapshot: Snapshot
    /// The types that the cell itself declares, by name.
    let local: [String: TypeFacts]
    private let memo = Memo()
    private var depth = 0

    /// What has been guessed. Each link of a chain of closures asks for the ones before it several
    /// times, so that without it a guess would take twice as long a link.
    private final class Memo {
        var types: [SyntaxIdentifier: ScriptType?] = [:]
    }

    init(index: LibraryIndex, snapshot: Snapshot, tree: some SyntaxProtocol) {
        self.index = index
        self.snapshot = snapshot
        var local: [String: TypeFacts] = [:]
        var pending = [Syntax(tree)]
        while let next = pending.popLast() {
            if let facts = TypeFacts(declaredBy: next) {
                local[facts.name, default: TypeFacts(name: facts.name)].add(facts)
            }
            pending.append(contentsOf: next.children(viewMode: .sourceAccurate))
        }
        self.local = local
    }

    /// One step further in, of which there are only so many.
    private var deeper: TypeGuess {
        var next = self
        next.depth += 1
        return next
    }

    /// The type of an expression; `nil` where nothing tells.
    func type(of syntax: ExprSyntax) -> ScriptType? {
        if let known = memo.types[syntax.id] { return known }
        guard depth < 40 else { return nil }
        // What asks for itself goes round in a circle: nothing tells.
        memo.types[syntax.id] = .some(nil)
        let type = deeper.guess(syntax)
        memo.types[syntax.id] = .some(type)
        return type
    }

    private func guess(_ syntax: ExprSyntax) -> ScriptType? {
        switch syntax.as(ExprSyntaxEnum.self) {
        case .integerLiteralExpr: return .int
        case .floatLiteralExpr: return .double
        case .booleanLiteralExpr: return .bool
        case .stringLiteralExpr, .simpleStringLiteralExpr: return .string
        case .arrayExpr(let array):
            guard let first = array.elements.first?.expression else { return .array(.any) }
            return type(of: first).map(Self.collected)
        case .dictionaryExpr(let dictionary):
            guard case .elements(let list) = dictionary.content, let first = list.first else {
                return nil
            }
            return .dictionary(type(of: first.key) ?? .any, type(of: first.value) ?? .any)
        case .tupleExpr(let tuple):
            if tuple.elements.count == 1, let only = tuple.elements.first {
                return type(of: only.expression)
            }
            return .tuple(
                tuple.elements.map { type(of: $0.expression) ?? .any },
                labels: tuple.elements.map { $0.label?.text ?? "" })
        case .declReferenceExpr(let name): return self.name(name.baseName.text, at: Syntax(name))
        case .discardAssignmentExpr(let blank): return self.name("_", at: Syntax(blank))
        case .memberAccessExpr(let member):
            guard let base = member.base, let type = type(of: base) else { return nil }
            return self.member(member.declName.baseName.text, of: type)
        case .functionCallExpr(let call): return result(of: call)
        case .subscriptCallExpr(let access): return element(of: access)
        case .forceUnwrapExpr(let unwrap): return type(of: unwrap.expression).map(Self.unwrapped)
        case .optionalChainingExpr(let chain): return type(of: chain.expression).map(Self.unwrapped)
        case .tryExpr(let attempt): return type(of: attempt.expression)
        case .prefixOperatorExpr(let prefixed):
            return prefixed.operator.text == "!" ? .bool : type(of: prefixed.expression)
        case .sequenceExpr(let sequence): return combined(Array(sequence.elements))
        case .closureExpr(let closure):
            let value = closure.statements.count == 1 ? closure.statements.first?.item : nil
            guard case .expr(let only)? = value else { return nil }
            return .function([], type(of: only) ?? .any)
        default: return nil
        }
    }

    /// A list of values; a list of one type's name is the name of the list's type.
    private static func collected(_ element: ScriptType) -> ScriptType {
        if case .metatype(let type) = element { .metatype(.array(type)) } else { .array(element) }
    }

    static func unwrapped(_ type: ScriptType) -> ScriptType {
        if case .optional(let inner) = type { inner } else { type }
    }

    /// Operands and operators, whose precedences the result's type seldom asks for.
    private func combined(_ parts: [ExprSyntax]) -> ScriptType? {
        var operands: [ScriptType] = []
        for (position, part) in parts.enumerated() {
            switch part.as(ExprSyntaxEnum.self) {
            case .assignmentExpr: return nil
            case .unresolvedIsExpr: return .bool
            case .unresolvedAsExpr(let cast):
                guard position + 1 < parts.count,
                    let target = parts[position + 1].as(TypeExprSyntax.self)
                else { return nil }
                let type = self.type(named: target.type)
                return cast.questionOrExclamationMark?.text == "?" ? .optional(type) : type
            case .unresolvedTernaryExpr(let choice):
                return type(of: choice.thenExpression)
            case .binaryOperatorExpr(let operation):
                let name = operation.operator.text
                if ["==", "!=", "<", ">", "<=", ">=", "&&", "||"].contains(name) { return .bool }
                if name == "..<" || name == "..." {
                    return .range(operands.first ?? .int)
                }
                if name == "??", let first = operands.first { return Self.unwrapped(first) }
            default: if let type = type(of: part) { operands.append(type) }
            }
        }
        let foreign = operands.first { if case .named = $0 { true } else { false } }
        if let foreign { return foreign }
        if operands.contains(.double) { return .double }
        return operands.first
    }

    /// The type that an annotation names.
    func type(named syntax: TypeSyntax) -> ScriptType {
        var reader = SignatureReader(syntax.trimmedDescription)
        return resolved(reader.type())
    }

    /// A name as the type that a cell declared under it.
    func resolved(_ type: ScriptType) -> ScriptType {
        switch type {
        case .named(let name), .variable(let name):
            if local[name] != nil { return .named(name) }
            if let known = snapshot.entries[name], known.kind == "type" { return known.scriptType }
            return type
        case .optional(let inner): return .optional(resolved(inner))
        case .array(let inner): return .array(resolved(inner))
        case .dictionary(let key, let value): return .dictionary(resolved(key), resolved(value))
        default: return type
        }
    }

    // MARK: Members

    /// What a declared type of this or an earlier cell has.
    func facts(_ type: ScriptType) -> TypeFacts? {
        switch type {
        case .named(let name): local[name]
        case .declared(let name, let id): snapshot.types[id] ?? local[name]
        default: nil
        }
    }

    func member(_ name: String, of type: ScriptType) -> ScriptType? {
        if case .metatype(let instance) = type {
            if name == "init" { return instance }
            if let found = facts(instance)?.statics[name] { return found.type ?? instance }
            return index.statics[instance.memberTable]?[name]?.first.map(valueType)
        }
        if case .tuple(let types, let labels) = type {
            guard let position = Int(name) ?? labels.firstIndex(of: name),
                types.indices.contains(position)
            else { return nil }
            return types[position]
        }
        if let found = facts(type)?.members[name] { return found.type }
        return rows(name, of: type)?.first.map { valueType($0).substituting(type.placeholders) }
    }

    /// The rows of a member, of the type itself or of what it conforms to.
    func rows(_ name: String, of type: ScriptType) -> [Binding]? {
        tables(of: type).lazy.compactMap { index.member(name, of: $0) }.first
    }

    /// The names that a type's rows are filed under.
    func tables(of type: ScriptType) -> [String] {
        [type.memberTable] + (facts(type)?.conformances ?? [])
    }

    private func valueType(_ row: Binding) -> ScriptType {
        switch row.kind {
        case .property, .staticProperty, .constant: row.result
        default: row.functionType
        }
    }

    // MARK: Calls and elements

    private func result(of call: FunctionCallExprSyntax) -> ScriptType? {
        let callee = call.calledExpression
        if let name = callee.as(DeclReferenceExprSyntax.self)?.baseName.text {
            if let type = self.name(name, at: Syntax(callee)) { return called(type) }
            if let rows = index.functions[name] { return chosen(rows, call)?.result }
            return nil
        }
        guard let member = callee.as(MemberAccessExprSyntax.self), let base = member.base,
            let type = type(of: base)
        else { return self.type(of: callee).flatMap(called) }
        let name = member.declName.baseName.text
        if case .metatype = type { return self.member(name, of: type).flatMap(called) }
        if facts(type)?.members[name] == nil,
            let row = rows(name, of: type).flatMap({ chosen($0, call) })
        {
            return resolved(row, type, call)
        }
        return self.member(name, of: type).flatMap(called)
    }

    /// What calling a value of a type gives.
    private func called(_ type: ScriptType) -> ScriptType? {
        switch type {
        case .function(_, let result): return result
        case .metatype(let instance): return instance
        case .declared, .named:
            if let own = facts(type)?.members["callAsFunction"] ?? facts(type)?.members["forward"] {
                return own.type.flatMap {
                    if case .function(_, let result) = $0 { result } else { nil }
                }
            }
            let row = rows("callAsFunction", of: type)?.first
            return row?.result ?? type
        default: return nil
        }
    }

    private func chosen(_ rows: [Binding], _ call: FunctionCallExprSyntax) -> Binding? {
        let labels = Set(call.arguments.compactMap { $0.label?.text })
        return rows.first { row in
            labels.isSubset(of: row.parameters.compactMap(\.label))
                && row.parameters.count >= call.arguments.count
        } ?? rows.first
    }

    /// The result of a built-in row, with what its arguments tell of its placeholders.
    private func resolved(_ row: Binding, _ base: ScriptType, _ call: FunctionCallExprSyntax)
        -> ScriptType
    {
        var solution = base.placeholders
        var arguments = call.arguments.map(\.expression)
        if let closure = call.trailingClosure { arguments.append(ExprSyntax(closure)) }
        for (parameter, argument) in zip(row.parameters, arguments) {
            if let type = type(of: argument) { parameter.type.unify(with: type, into: &solution) }
        }
        return row.result.substituting(solution)
    }

    private func element(of access: SubscriptCallExprSyntax) -> ScriptType? {
        guard let base = type(of: access.calledExpression), let first = access.arguments.first
        else {
            return nil
        }
        switch base {
        case .array(let element):
            if case .range? = type(of: first.expression) { return base }
            return element
        case .dictionary(_, let value): return access.arguments.count > 1 ? value : .optional(value)
        case .metatype: return nil
        default:
            if let own = facts(base)?.members["subscript"]?.type,
                case .function(_, let result) = own
            {
                return result
            }
            return index.member("subscript", of: base.memberTable)?.first?.result
        }
    }
}
