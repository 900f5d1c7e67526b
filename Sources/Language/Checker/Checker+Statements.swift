import SwiftSyntax

extension Checker {
    /// Checks the statements of a block: functions and types first, so that order does not matter.
    func statements(_ items: CodeBlockItemListSyntax) throws(ScriptError) -> [Stmt] {
        try hoist(items)
        var result: [Stmt] = []
        var isReached = true
        let last = items.last?.id
        for item in items {
            if isReached, leaves(result), !item.item.is(DeclSyntax.self) {
                warn("this is never reached", span(item))
                isReached = false
            }
            var checked: [Stmt] = []
            let count = mistakes.count
            try recovering { () throws(ScriptError) in checked = try statement(item) }
            if mistakes.count > count { presume(item) }
            // The value of a cell's last expression is shown, or is silenced by a ';'.
            if !(isTopLevel && item.id == last) { checked.forEach(warnIfUnused) }
            result += checked
        }
        return result
    }

    /// A block of its own scope.
    func block(_ items: CodeBlockItemListSyntax) throws(ScriptError) -> [Stmt] {
        try inScope { () throws(ScriptError) in try statements(items) }
    }

    func statement(_ item: CodeBlockItemSyntax) throws(ScriptError) -> [Stmt] {
        try guardDepth(item)
        switch item.item {
        case .decl(let declaration): return try self.declaration(declaration)
        case .stmt(let statement): return [try self.statement(statement)]
        case .expr(let expression): return [try expressionStatement(expression)]
        }
    }

    private func expressionStatement(_ syntax: ExprSyntax) throws(ScriptError) -> Stmt {
        if let ifExpression = syntax.as(IfExprSyntax.self) { return try ifStatement(ifExpression) }
        if let switchExpression = syntax.as(SwitchExprSyntax.self) {
            return try switchStatement(switchExpression, label: nil)
        }
        let expression = try expression(syntax, expecting: isCollecting ? builderElement : nil)
        if isCollecting, expression.type != .void, expression.type != .never {
            let element = builderElement ?? .any
            if isImpossible(expression.type, as: element),
                case .array(let inner) = expression.type, !isImpossible(inner, as: element)
            {
                return Stmt(.collect(expression), span(syntax))
            }
            return Stmt(
                .collect(try coerce(expression, to: element, as: "this block")), span(syntax))
        }
        return Stmt(.expression(expression), span(syntax))
    }

    private func statement(_ syntax: StmtSyntax) throws(ScriptError) -> Stmt {
        let place = span(syntax)
        switch syntax.as(StmtSyntaxEnum.self) {
        case .expressionStmt(let statement):
            return try expressionStatement(statement.expression)
        case .forStmt(let loop): return try forStatement(loop, label: nil)
        case .whileStmt(let loop): return try whileStatement(loop, label: nil)
        case .repeatStmt(let loop): return try repeatStatement(loop, label: nil)
        case .labeledStmt(let labeled): return try labeledStatement(labeled)
        case .guardStmt(let guardStatement): return try self.guardStatement(guardStatement)
        case .returnStmt(let statement): return try returnStatement(statement)
        case .breakStmt(let statement):
            return Stmt(.break(try loop(named: statement.label, for: "break", statement)), place)
        case .continueStmt(let statement):
            return Stmt(
                .continue(try loop(named: statement.label, for: "continue", statement)), place)
        case .fallThroughStmt: return Stmt(.fallthrough, place)
        case .throwStmt(let statement):
            let thrown = try expression(statement.expression)
            if isImpossible(thrown.type, as: .named("Error")) {
                throw error(
                    .type, "throw needs a value of a type that is an Error, got \(thrown.type)",
                    statement.expression,
                    suggestion: "declare struct Failure: Error { let message: String }")
            }
            return Stmt(.throw(boxed(thrown)), place)
        case .doStmt(let statement): return try doStatement(statement)
        case .deferStmt(let statement):
            let outer = loops
            loops = []
            defer { loops = outer }
            return Stmt(.defer(try block(statement.body.statements)), place)
        case .yieldStmt, .discardStmt:
            throw unsupported("this statement", syntax)
        default: throw error(.syntax, "this is not a statement", syntax)
        }
    }

    private func labeledStatement(_ labeled: LabeledStmtSyntax) throws(ScriptError) -> Stmt {
        let label = labeled.label.text
        switch labeled.statement.as(StmtSyntaxEnum.self) {
        case .forStmt(let loop): return try forStatement(loop, label: label)
        case .whileStmt(let loop): return try whileStatement(loop, label: label)
        case .repeatStmt(let loop): return try repeatStatement(loop, label: label)
        case .expressionStmt(let statement):
            if let switchExpression = statement.expression.as(SwitchExprSyntax.self) {
                return try switchStatement(switchExpression, label: label)
            }
            if let choice = statement.expression.as(IfExprSyntax.self) {
                return try left(by: label, labeled) { () throws(ScriptError) in
                    try ifStatement(choice)
                }
            }
        case .doStmt(let statement):
            return try left(by: label, labeled) { () throws(ScriptError) in
                try doStatement(statement)
            }
        default: break
        }
        throw error(.syntax, "a label belongs before a loop, switch, if or do", labeled)
    }

    /// A statement that a `break` with its label leaves: the only case of a switch.
    private func left(
        by label: String, _ node: some SyntaxProtocol, _ body: () throws(ScriptError) -> Stmt
    ) throws(ScriptError) -> Stmt {
        let target = LoopLabel(name: label, isLoop: false, needsName: true)
        loops.append(target)
        defer { loops.removeLast() }
        let only = SwitchCase(patterns: [], body: [try body()])
        let place = span(node)
        return Stmt(.switch(Expr(.constant(.void), .void, place), [only], label: target), place)
    }

    private func loop(named label: TokenSyntax?, for word: String, _ node: some SyntaxProtocol)
        throws(ScriptError) -> LoopLabel
    {
        if let label {
            guard let found = loops.last(where: { $0.name == label.text }) else {
                throw error(.name, "there is no loop labelled '\(label.text)' here", label)
            }
            if word == "continue", !found.isLoop {
                throw error(.syntax, "'continue' needs the label of a loop", label)
            }
            return found
        }
        guard let found = loops.last(where: { word == "break" && !$0.needsName || $0.isLoop })
        else {
            throw error(
                .syntax,
                word == "break"
                    ? "'break' belongs inside a loop or switch"
                    : "'continue' belongs inside a loop",
                node)
        }
        return found
    }

    private func looped(_ label: LoopLabel, _ items: CodeBlockItemListSyntax) throws(ScriptError)
        -> [Stmt]
    {
        loops.append(label)
        defer { loops.removeLast() }
        return try block(items)
    }

    private func forStatement(_ loop: ForStmtSyntax, label: String?) throws(ScriptError) -> Stmt {
        if loop.awaitKeyword != nil { throw unsupported("for await", loop) }
        var sequence = try expression(loop.sequence)
        guard let element = elementType(of: sequence.type) else {
            var suggestion: String?
            if sequence.type == .int {
                suggestion = "count with a range: 0..<\(loop.sequence.trimmedDescription)"
            }
            throw error(
                .type, "for-in needs a sequence, got \(sequence.type)", loop.sequence,
                suggestion: suggestion)
        }
        if case .optional = sequence.type {
            throw error(
                .type, "for-in needs a sequence, got \(sequence.type)", loop.sequence,
                suggestion: "unwrap it with ?? [] first")
        }
        sequence = boxed(sequence)
        let loopLabel = LoopLabel(name: label, isLoop: true)
        return try inScope { () throws(ScriptError) in
            let pattern: Pattern
            if loop.caseKeyword != nil {
                pattern = try self.pattern(loop.pattern, for: element)
            } else {
                var type = element
                if let annotation = loop.typeAnnotation { type = try self.type(annotation.type) }
                pattern = try binding(loop.pattern, type, isConstant: true)
            }
            var filter: Expr?
            if let clause = loop.whereClause { filter = try condition(clause.condition) }
            let body = try looped(loopLabel, loop.body.statements)
            return Stmt(
                .forIn(pattern, sequence, filter: filter, body, label: loopLabel), span(loop))
        }
    }

    /// What going through a value of a type yields; `nil` where that is certainly impossible.
    func elementType(of type: ScriptType) -> ScriptType? {
        switch type {
        case .any, .variable: .any
        case .array(let element), .set(let element): element
        case .dictionary(let key, let value): .tuple([key, value], labels: ["key", "value"])
        case .string, .named("Substring"): .character
        case .range(let bound): bound
        case .generic(_, let arguments): arguments[0]
        case .optional: .any
        case .named(let name): library.types[name].map { $0.element } ?? .any
        case .oneOf: .any
        default: nil
        }
    }

    private func whileStatement(_ loop: WhileStmtSyntax, label: String?) throws(ScriptError) -> Stmt
    {
        let loopLabel = LoopLabel(name: label, isLoop: true)
        return try inScope { () throws(ScriptError) in
            let conditions = try self.conditions(loop.conditions)
            let body = try looped(loopLabel, loop.body.statements)
            return Stmt(.while(conditions, body, label: loopLabel), span(loop))
        }
    }

    private func repeatStatement(_ loop: RepeatStmtSyntax, label: String?) throws(ScriptError)
        -> Stmt
    {
        let loopLabel = LoopLabel(name: label, isLoop: true)
        let body = try looped(loopLabel, loop.body.statements)
        return Stmt(
            .repeat(body, try condition(loop.condition), label: loopLabel), span(loop))
    }

    /// A Bool expression.
    func condition(_ syntax: ExprSyntax) throws(ScriptError) -> Expr {
        if let sequence = syntax.as(SequenceExprSyntax.self),
            sequence.elements.contains(where: { $0.is(AssignmentExprSyntax.self) })
        {
            throw error(
                .syntax, "'=' assigns and gives no Bool", syntax, suggestion: "compare with ==")
        }
        return try coerce(try expression(syntax, expecting: .bool), to: .bool, as: "condition")
    }

    func conditions(_ list: ConditionElementListSyntax) throws(ScriptError) -> [Condition] {
        var result: [Condition] = []
        for element in list {
            switch element.condition {
            case .expression(let syntax): result.append(.expression(try condition(syntax)))
            case .optionalBinding(let binding): result.append(try optionalBinding(binding))
            case .matchingPattern(let match):
                let value = try expression(match.initializer.value)
                let pattern = try pattern(match.pattern, for: value.type)
                result.append(.match(pattern, boxed(value)))
            case .availability: throw unsupported("an availability condition", element)
            }
        }
        return result
    }

    private func optionalBinding(_ binding: OptionalBindingConditionSyntax) throws(ScriptError)
        -> Condition
    {
        guard let name = binding.pattern.as(IdentifierPatternSyntax.self)?.identifier else {
            if binding.pattern.is(WildcardPatternSyntax.self), let initializer = binding.initializer
            {
                return .bind(.wildcard, boxed(try expression(initializer.value)))
            }
            if let initializer = binding.initializer {
                let value = try expression(initializer.value)
                guard case .optional(let inner) = value.type else {
                    throw error(
                        .type, "if let needs an optional, got \(value.type)", initializer.value)
                }
                let isConstant = binding.bindingSpecifier.text == "let"
                return .bind(
                    try casePattern(binding.pattern, inner, isConstant: isConstant), boxed(value))
            }
            throw error(.syntax, "if let binds one name", binding.pattern)
        }
        let value: Expr
        if let initializer = binding.initializer {
            value = try expression(initializer.value)
        } else {
            value = try self.name(name.text, name)
        }
        let inner: ScriptType
        switch value.type {
        case .optional(let wrapped): inner = wrapped
        case .any, .oneOf, .variable: inner = .any
        default:
            throw error(
                .type, "if let needs an optional, got \(value.type), which always has a value",
                binding.initializer.map { Syntax($0.value) } ?? Syntax(binding),
                suggestion: "use it as it is, or declare it with let before")
        }
        let storage = try declare(
            name.text, inner, isConstant: binding.bindingSpecifier.text == "let", name)
        return .bind(.bind(storage), boxed(value))
    }

    func ifStatement(_ syntax: IfExprSyntax) throws(ScriptError) -> Stmt {
        let (conditions, body) = try inScope { () throws(ScriptError) -> ([Condition], [Stmt]) in
            let conditions = try self.conditions(syntax.conditions)
            return (conditions, try block(syntax.body.statements))
        }
        var otherwise: [Stmt] = []
        switch syntax.elseBody {
        case .ifExpr(let nested): otherwise = [try ifStatement(nested)]
        case .codeBlock(let codeBlock): otherwise = try block(codeBlock.statements)
        case nil: break
        }
        return Stmt(.if(conditions, body, otherwise), span(syntax))
    }

    private func guardStatement(_ syntax: GuardStmtSyntax) throws(ScriptError) -> Stmt {
        // What the conditions bind belongs to the scope around.
        let count = mistakes.count
        let otherwise = try block(syntax.body.statements)
        guard leaves(otherwise) || mistakes.count > count else {
            throw error(
                .syntax, "the body of guard must leave with return, throw, break or continue",
                syntax.body)
        }
        let conditions = try self.conditions(syntax.conditions)
        return Stmt(.if(conditions, [], otherwise), span(syntax))
    }

    /// Whether a block never reaches its end.
    func leaves(_ statements: [Stmt]) -> Bool { statements.contains(where: leaves) }

    private func leaves(_ statement: Stmt) -> Bool {
        switch statement.kind {
        case .return, .throw, .break, .continue: return true
        case .expression(let expression), .result(let expression): return expression.type == .never
        case .if(_, let body, let otherwise): return leaves(body) && leaves(otherwise)
        case .block(let body): return leaves(body)
        case .switch(_, let cases, _):
            return cases.allSatisfy { leaves($0.body) || $0.body.last.map(isFallthrough) == true }
        case .doCatch(let body, _, let clauses):
            return leaves(body) && clauses.allSatisfy { leaves($0.body) }
        case .while(let conditions, let body, let label):
            if conditions.count == 1, case .expression(let test) = conditions[0],
                case .bool(true) = test.kind
            {
                return !Self.breaks(body, label)
            }
            return false
        default: return false
        }
    }

    private func isFallthrough(_ statement: Stmt) -> Bool {
        if case .fallthrough = statement.kind { true } else { false }
    }

    /// Whether a body leaves its loop with `break`.
    static func breaks(_ statements: [Stmt], _ label: LoopLabel) -> Bool {
        statements.contains { statement in
            switch statement.kind {
            case .break(let target): target === label
            case .block(let body), .defer(let body): breaks(body, label)
            case .if(_, let body, let otherwise): breaks(body, label) || breaks(otherwise, label)
            case .while(_, let body, _), .repeat(let body, _, _), .forIn(_, _, _, let body, _):
                breaks(body, label)
            case .switch(_, let cases, _): cases.contains { breaks($0.body, label) }
            case .doCatch(let body, _, let clauses):
                breaks(body, label) || clauses.contains { breaks($0.body, label) }
            default: false
            }
        }
    }

    private func returnStatement(_ syntax: ReturnStmtSyntax) throws(ScriptError) -> Stmt {
        if context.isTopLevel {
            throw error(.syntax, "'return' belongs inside a function", syntax)
        }
        if isCollecting { throw error(.syntax, "a builder block cannot return", syntax) }
        guard let value = syntax.expression else {
            if context.result != .void, !context.infersResult, !context.isInitializer {
                throw error(
                    .type, "return: expected a value of type \(context.result)", syntax)
            }
            return Stmt(.return(nil), span(syntax))
        }
        return Stmt(.return(try returned(value)), span(syntax))
    }

    /// The value of a `return` or of a body that is one expression.
    func returned(_ syntax: ExprSyntax) throws(ScriptError) -> Expr {
        if context.infersResult {
            let value = try expression(
                syntax, expecting: context.result.isUncertain ? nil : context.result)
            context.returned.append(value)
            return value
        }
        if context.isInitializer {
            return try expression(syntax, expecting: context.result)
        }
        let value = try expression(syntax, expecting: context.result)
        if context.result == .void, value.type != .void, value.type != .never {
            throw error(
                .type, "return: this function returns nothing, got \(value.type)", syntax,
                suggestion: "declare its result with -> \(value.type)")
        }
        return try coerce(value, to: context.result, as: "return")
    }

    private func doStatement(_ syntax: DoStmtSyntax) throws(ScriptError) -> Stmt {
        let body = try block(syntax.body.statements)
        guard !syntax.catchClauses.isEmpty else { return Stmt(.block(body), span(syntax)) }
        let error = Variable(
            "error", .any, isConstant: true, in: context, span: span(syntax))
        var clauses: [CatchClause] = []
        for clause in syntax.catchClauses {
            let checked = try inScope { () throws(ScriptError) -> [CatchClause] in
                scope.names["error"] = .variable(error)
                scope = Scope(parent: scope, context: context)
                if clause.catchItems.isEmpty {
                    return [
                        CatchClause(
                            pattern: nil, filter: nil, body: try block(clause.body.statements))
                    ]
                }
                var result: [CatchClause] = []
                for item in clause.catchItems {
                    let pattern: Pattern? =
                        if let syntax = item.pattern {
                            try self.pattern(syntax, for: .any)
                        } else { nil }
                    let filter: Expr? =
                        if let clause = item.whereClause { try condition(clause.condition) } else {
                            nil
                        }
                    result.append(
                        CatchClause(
                            pattern: pattern, filter: filter,
                            body: try block(clause.body.statements)))
                }
                return result
            }
            clauses += checked
        }
        return Stmt(.doCatch(body, error: error, clauses), span(syntax))
    }
}
