import SwiftSyntax

extension Checker {
    /// Checks an expression. `expected` guides literals, closures and implicit members; the result
    /// may still be of another type.
    func expression(_ syntax: ExprSyntax, expecting expected: ScriptType? = nil)
        throws(ScriptError) -> Expr
    {
        try guardDepth(syntax)
        expressionDepth += 1
        defer { expressionDepth -= 1 }
        if isPostfix(syntax) {
            return try postfixChain(syntax, expected)
        }
        return try unchained(syntax, expected)
    }

    private func isPostfix(_ syntax: ExprSyntax) -> Bool {
        switch syntax.as(ExprSyntaxEnum.self) {
        case .memberAccessExpr, .functionCallExpr, .subscriptCallExpr, .forceUnwrapExpr,
            .optionalChainingExpr:
            true
        default: false
        }
    }

    /// A postfix expression as a whole: `a?.b.c` is nil as a whole where `a` is.
    private func postfixChain(_ syntax: ExprSyntax, _ expected: ScriptType?) throws(ScriptError)
        -> Expr
    {
        let outer = (sawChain, insidePostfix, chainExpectation)
        (sawChain, insidePostfix, chainExpectation) = (false, true, expected)
        defer { (sawChain, insidePostfix, chainExpectation) = outer }
        let inner = try unchained(syntax, expected)
        guard sawChain else { return inner }
        if case .assign = inner.kind { return inner }
        if inner.type == .void || inner.type == .never {
            return Expr(.chain(inner), .void, inner.span)
        }
        if case .optional = inner.type {
            return Expr(.chain(inner), inner.type, inner.span)
        }
        return Expr(
            .chain(Expr(.wrap(boxed(inner)), .optional(inner.type), inner.span)),
            .optional(inner.type), inner.span)
    }

    /// Checks the base of a postfix expression, still inside its chain.
    func base(_ syntax: ExprSyntax, expecting expected: ScriptType? = nil) throws(ScriptError)
        -> Expr
    {
        try guardDepth(syntax)
        return try unchained(syntax, expected)
    }

    /// Checks something inside a postfix expression that is no part of its chain.
    func argument(_ syntax: ExprSyntax, expecting expected: ScriptType? = nil)
        throws(ScriptError) -> Expr
    {
        let outer = (sawChain, insidePostfix)
        (sawChain, insidePostfix) = (false, false)
        defer { (sawChain, insidePostfix) = outer }
        return try expression(syntax, expecting: expected)
    }

    private func unchained(_ syntax: ExprSyntax, _ expected: ScriptType?) throws(ScriptError)
        -> Expr
    {
        let place = span(syntax)
        switch syntax.as(ExprSyntaxEnum.self) {
        case .integerLiteralExpr(let literal): return try integer(literal, expected)
        case .floatLiteralExpr(let literal): return try floating(literal, expected)
        case .booleanLiteralExpr(let literal):
            return Expr(.bool(literal.literal.text == "true"), .bool, place)
        case .stringLiteralExpr(let literal): return try string(literal, expected)
        case .nilLiteralExpr:
            if case .optional = expected ?? .any {
                return Expr(.constant(.none), expected ?? .optional(.any), place)
            }
            return Expr(.constant(.none), .optional(.any), place)
        case .arrayExpr(let array): return try arrayLiteral(array, expected)
        case .dictionaryExpr(let dictionary): return try dictionaryLiteral(dictionary, expected)
        case .tupleExpr(let tuple): return try tupleLiteral(tuple, expected)
        case .declReferenceExpr(let name):
            if let names = name.argumentNames {
                return try labelledReference(name, names)
            }
            return try self.name(name.baseName.plainText, name, expected)
        case .discardAssignmentExpr(let blank): return try self.name("_", blank, expected)
        case .sequenceExpr(let sequence): return try fold(sequence, expected)
        case .prefixOperatorExpr(let prefixed): return try prefixOperator(prefixed, expected)
        case .postfixOperatorExpr(let postfixed):
            guard postfixed.operator.text == "..." else {
                let sign = postfixed.operator.text
                let text = postfixed.expression.trimmedDescription
                throw error(
                    .name, "there is no operator '\(sign)'", postfixed.operator,
                    suggestion: sign == "++" || sign == "--"
                        ? "write \(text) \(sign.prefix(1))= 1"
                        : Habits.operators[sign].map { "use \($0)" })
            }
            let lower = try argument(
                postfixed.expression, expecting: boundExpectation(expected))
            return Expr(.range(boxed(lower), nil, isClosed: false), .range(lower.type), place)
        case .memberAccessExpr(let member): return try self.member(member, expected)
        case .functionCallExpr(let call): return try self.call(call, expected)
        case .subscriptCallExpr(let access): return try self.subscript(access)
        case .forceUnwrapExpr(let unwrap): return try forceUnwrap(unwrap)
        case .optionalChainingExpr(let chaining):
            let inner = try base(chaining.expression)
            sawChain = true
            switch inner.type {
            case .optional(let wrapped): return Expr(.chainLink(inner), wrapped, place)
            case .any, .oneOf, .variable: return Expr(.chainLink(inner), .any, place)
            default:
                throw error(
                    .type, "'?' needs an optional, got \(inner.type), which always has a value",
                    chaining, suggestion: "leave the ? out")
            }
        case .closureExpr(let closure): return try self.closure(closure, expected)
        case .tryExpr(let attempt):
            guard attempt.isOptional else {
                return try expression(attempt.expression, expecting: expected)
            }
            return try self.attempt(try expression(attempt.expression), place)
        case .ifExpr(let choice): return try ifValue(choice, expected)
        case .switchExpr(let choice): return try switchValue(choice, expected)
        case .typeExpr(let named):
            return Expr(.type(try type(named.type)), .metatype(try type(named.type)), place)
        case .genericSpecializationExpr(let generic):
            if let type = try typeExpression(generic) {
                return Expr(.type(type), .metatype(type), place)
            }
            throw unsupported("a generic argument here", syntax)
        case .inOutExpr(let reference):
            throw error(
                .syntax, "'&' belongs before an argument of an inout parameter", reference)
        case .awaitExpr: throw unsupported("await", syntax, instead: "leave await out")
        case .macroExpansionExpr(let macro):
            throw unsupported(
                "the macro #\(macro.macroName.text)", syntax,
                instead: "write out what it stands for")
        case .keyPathExpr:
            throw unsupported("a key path", syntax, instead: "use a closure: { $0.name }")
        case .superExpr: throw unsupported("super", syntax)
        case .regexLiteralExpr: throw unsupported("a regular expression", syntax)
        case .missingExpr: throw error(.syntax, "an expression is missing here", syntax)
        default: throw unsupported("'\(syntax.trimmedDescription.prefix(30))'", syntax)
        }
    }

    /// The value of what `try?` covers, or nil where it throws.
    func attempt(_ covered: Expr, _ place: Span) throws(ScriptError) -> Expr {
        var inner = covered
        if case .optional = inner.type {
        } else {
            inner = try coerce(inner, to: .optional(inner.type))
        }
        let result = Variable(
            "try?", inner.type, isConstant: false, in: context, span: place)
        let error = Variable("error", .any, isConstant: true, in: context, span: place)
        let store = Stmt(.declare(.local(result), inner), place)
        let reset = Stmt(
            .declare(.local(result), Expr(.constant(.none), inner.type, place)), place)
        let attempt = Stmt(
            .doCatch(
                [store], error: error, [CatchClause(pattern: nil, filter: nil, body: [reset])]),
            place)
        return Expr(.block([attempt], result: result), inner.type, place)
    }

    private func forceUnwrap(_ syntax: ForceUnwrapExprSyntax) throws(ScriptError) -> Expr {
        let inner = try base(syntax.expression)
        switch inner.type {
        case .optional(let wrapped): return unboxing(.unwrap(inner), wrapped, span(syntax))
        case .any, .oneOf, .variable: return Expr(.unwrap(inner), .any, span(syntax))
        default:
            throw error(
                .type, "'!' needs an optional, got \(inner.type), which always has a value", syntax,
                suggestion: "leave the ! out")
        }
    }

    /// A boxed result that the checker knows the type of; raw types are unboxed when used.
    func unboxing(_ kind: Expr.Kind, _ type: ScriptType, _ span: Span) -> Expr {
        guard type.isRaw else { return Expr(kind, type, span) }
        return Expr(.convert(Expr(kind, .any, span)), type, span)
    }

    // MARK: Names

    func name(_ name: String, _ node: some SyntaxProtocol, _ expected: ScriptType? = nil)
        throws(ScriptError) -> Expr
    {
        let place = span(node)
        if let symbol = try scopedSymbol(name, node) { return symbol }
        if let symbol = interpreter.symbols[name] {
            return reference(symbol, name, place, expected)
        }
        if name == "..." {
            return Expr(
                .constant(.range(ScriptRange(lower: nil, upper: nil, isClosed: false))),
                .range(.any),
                place)
        }
        if let type = simpleType(name) { return Expr(.type(type), .metatype(type), place) }
        if let rows = library.functions[name] {
            return functionReference(name, rows, expected, place)
        }
        if let constant = library.constants[name], case .call(let value) = constant.implementation,
            let value = try? value([])
        {
            return Expr(.constant(value), constant.result, place)
        }
        if let operation = BinaryOperator(name) {
            return try operatorFunction(operation, place, expected)
        }
        throw unknownName(name, node)
    }

    /// Searches the scopes from the inside out, a type's members where its methods begin.
    private func scopedSymbol(_ name: String, _ node: some SyntaxProtocol) throws(ScriptError)
        -> Expr?
    {
        var current: Scope? = scope
        while let scope = current {
            if let symbol = scope.names[name] {
                try requireReach(symbol, name, node)
                try requireValue(symbol, node)
                return reference(symbol, name, span(node))
            }
            if let info = scope.owner, let found = try implicitMember(name, info, node) {
                return found
            }
            current = scope.parent
        }
        return nil
    }

    /// Refuses to read what has been declared without a value and not been given one yet.
    private func requireValue(_ symbol: Symbol, _ node: some SyntaxProtocol) throws(ScriptError) {
        let name: String
        switch symbol {
        case .variable(let variable) where variable.isDeferred && !variable.isAssigned:
            name = variable.name
        case .global(let global) where global.isDeferred && !global.isAssigned: name = global.name
        default: return
        }
        guard name != "self", !isAssigning else { return }
        throw error(
            .name, "'\(name)' is used before it has a value", node,
            suggestion: "give it one first: \(name) = ...")
    }

    /// `name` inside a method, standing for `self.name` or, in static ones, for a static member.
    private func implicitMember(
        _ name: String, _ info: DeclaredTypeInfo, _ node: some SyntaxProtocol
    )
        throws(ScriptError) -> Expr?
    {
        let isRawValue = name == "rawValue" && info.rawType != nil
        if let own = ownSelf,
            info.hasMember(name) || isRawValue || library.member(name, of: info.type) != nil
        {
            return try memberOf(reference(.variable(own), "self", span(node)), name, node)
        }
        if let type = try typeOfStatic(name, from: info, node) {
            return try staticMember(type.scriptType, name, node, nil)
        }
        return nil
    }

    /// The type, this one or one around it, that has a static member or a type of a name.
    func typeOfStatic(
        _ name: String, from info: DeclaredTypeInfo, _ node: some SyntaxProtocol
    ) throws(ScriptError) -> DeclaredTypeInfo? {
        for type in info.lineage {
            if type.nested[name] != nil { return type }
            guard type.hasStatic(name) || name == "allCases" && type.hasAllCases else { continue }
            if type === info, ownSelf != nil {
                throw error(
                    .name, "'\(name)' belongs to \(info.type.name) itself, not to its values", node,
                    suggestion: "write Self.\(name)")
            }
            return type
        }
        return nil
    }

    /// Refuses a local variable in a type that is declared beside it, which outlives it.
    private func requireReach(_ symbol: Symbol, _ name: String, _ node: some SyntaxProtocol)
        throws(ScriptError)
    {
        let home: FunctionContext?
        switch symbol {
        case .variable(let variable): home = variable.context
        case .functions(let overloads):
            guard let variable = overloads.first?.variable else { return }
            if overloads.allSatisfy({ $0.context.captures.isEmpty }) { return }
            home = variable.context
        default: return
        }
        var current: FunctionContext? = context
        while let inner = current {
            if inner === home { return }
            current = inner.parent
        }
        throw error(
            .name, "'\(name)' is a variable of the function around, which a type cannot use", node,
            suggestion: "give the type a property for it")
    }

    /// The `self` of the method around, captured through closures.
    var ownSelf: Variable? {
        var current: FunctionContext? = context
        while let inner = current {
            if let own = inner.selfVariable { return own }
            current = inner.parent
        }
        return nil
    }

    func reference(
        _ symbol: Symbol, _ name: String, _ place: Span, _ expected: ScriptType? = nil
    ) -> Expr {
        switch symbol {
        case .variable(let variable):
            if variable.context !== context {
                variable.isCaptured = true
                context.capture(variable)
            }
            variable.isUsed = true
            return Expr(.local(variable), variable.type, place)
        case .global(let global):
            depend(on: name, symbol)
            return Expr(.global(global), global.type, place)
        case .functions(let overloads):
            depend(on: name, symbol)
            var chosen = overloads[0]
            if case .function(let parameters, _)? = expected,
                let fitting = overloads.first(where: {
                    $0.parameters.map(\.declaredType) == parameters
                })
            {
                chosen = fitting
            }
            note(use: chosen)
            return Expr(.function(chosen), chosen.functionType, place)
        case .type(let info):
            depend(on: name, symbol)
            return Expr(.type(info.scriptType), .metatype(info.scriptType), place)
        case .computed(let getter):
            depend(on: name, symbol)
            return Expr(.call(getter, []), getter.result, place)
        }
    }

    /// A function of the library as a value: the overload that takes what it will be called with.
    func functionReference(
        _ name: String, _ rows: [Binding], _ expected: ScriptType?, _ place: Span
    ) -> Expr {
        if case .function(let wanted, _)? = expected, !wanted.contains(where: \.isUncertain) {
            let fitting = rows.filter { row in
                let needed = row.parameters.filter { !$0.isOptional && $0.style == .single }
                return needed.count == wanted.count
                    && zip(wanted, needed).allSatisfy { !isImpossible($0, as: $1.type) }
            }
            let exact = fitting.first { zip(wanted, $0.parameters).allSatisfy { $0 == $1.type } }
            if let row = exact ?? fitting.first {
                var solution: [String: ScriptType] = [:]
                for (type, parameter) in zip(wanted, row.parameters) {
                    unify(parameter.type, type, &solution)
                }
                let result = settled(substitute(row.result, solution))
                return Expr(
                    .constant(interpreter.functionValue(name, [row])), .function(wanted, result),
                    place)
            }
        }
        return Expr(
            .constant(interpreter.functionValue(name, rows)),
            rows.count == 1 ? settled(rows[0].functionType) : .any, place)
    }

    /// Remembers that a local function is used here, which may have to be captured.
    func note(use function: FunctionDeclaration) {
        if function.variable != nil { uses.append((context, function)) }
    }

    private func labelledReference(
        _ syntax: DeclReferenceExprSyntax, _ names: DeclNameArgumentsSyntax
    )
        throws(ScriptError) -> Expr
    {
        let labels = names.arguments.map { $0.name.text == "_" ? nil : $0.name.text }
        if case .functions(let overloads)? = lookup(syntax.baseName.text),
            let chosen = overloads.first(where: { $0.parameters.map(\.label) == labels })
        {
            note(use: chosen)
            return Expr(.function(chosen), chosen.functionType, span(syntax))
        }
        throw unknownName(syntax.trimmedDescription, syntax)
    }

    /// `+` and its like as a function value, as in `reduce(0, +)`.
    private func operatorFunction(
        _ operation: BinaryOperator, _ place: Span, _ expected: ScriptType?
    ) throws(ScriptError) -> Expr {
        let machine = interpreter.machine
        var type = ScriptType.function([.any, .any], operation.isComparison ? .bool : .any)
        if case .function(let parameters, _)? = expected {
            // One pair may arrive where two values are taken, as in `zip(a, b).map(*)`.
            var operands = parameters
            if parameters.count == 1, case .tuple(let pair, _) = parameters[0] { operands = pair }
            if operands.count == 2, !operands[0].isUncertain {
                if !operation.isComparison, operands[0].isNumber, operands[1].isNumber,
                    operands[0] != operands[1], operands != [.double, .int]
                {
                    throw error(
                        .type,
                        "'\(operation.symbol)' of \(operands[0]) and \(operands[1]) gives no "
                            + "\(operands[0])", place)
                }
                type = .function(parameters, operation.isComparison ? .bool : operands[0])
            }
        }
        let function = ScriptFunction(
            name: operation.symbol, type: type,
            body: .native { values in
                var operands = values
                if values.count == 1, case .tuple(let pair) = values[0] { operands = pair.elements }
                guard operands.count == 2 else {
                    throw RuntimeFault(.argument, "\(operation.symbol) takes two values")
                }
                return try machine.binary(operation, operands[0], operands[1])
            }, machine: machine, operation: operation)
        return Expr(.constant(.function(function)), type, place)
    }

    // MARK: if and switch as values

    private func ifValue(_ syntax: IfExprSyntax, _ expected: ScriptType?) throws(ScriptError)
        -> Expr
    {
        let result = Variable(
            "if", expected ?? .any, isConstant: false, in: context, span: span(syntax))
        var isFirst = expected == nil
        let statement = try ifBranch(syntax, result, &isFirst)
        return Expr(.block([statement], result: result), result.type, span(syntax))
    }

    private func ifBranch(_ syntax: IfExprSyntax, _ result: Variable, _ isFirst: inout Bool)
        throws(ScriptError) -> Stmt
    {
        guard let elseBody = syntax.elseBody else {
            throw error(.syntax, "an if that gives a value needs an else", syntax)
        }
        let outer = scope
        scope = Scope(parent: outer, context: context)
        let conditions = try self.conditions(syntax.conditions)
        let body = try valueBranch(syntax.body.statements, result, &isFirst)
        scope = outer
        var otherwise: [Stmt]
        switch elseBody {
        case .ifExpr(let nested): otherwise = [try ifBranch(nested, result, &isFirst)]
        case .codeBlock(let block): otherwise = try valueBranch(block.statements, result, &isFirst)
        }
        return Stmt(.if(conditions, body, otherwise), span(syntax))
    }

    /// The statements of a branch, the last of which gives the value.
    private func valueBranch(
        _ items: CodeBlockItemListSyntax, _ result: Variable, _ isFirst: inout Bool
    ) throws(ScriptError) -> [Stmt] {
        let outer = scope
        scope = Scope(parent: outer, context: context)
        defer { scope = outer }
        guard let last = items.last else {
            throw error(.syntax, "this branch gives no value", items)
        }
        guard case .expr(let syntax) = last.item else {
            let body = try statements(items)
            if leaves(body) { return body }
            throw error(.syntax, "this branch ends without a value", last)
        }
        try hoist(items)
        var body: [Stmt] = []
        for item in items.dropLast() { body += try statement(item) }
        let value = try expression(syntax, expecting: isFirst ? nil : result.type)
        if value.type == .never {
            return body + [Stmt(.expression(value), value.span)]
        }
        if isFirst {
            result.type = settled(value.type)
            isFirst = false
        }
        let coerced = try coerce(value, to: result.type, as: "this branch")
        return body + [Stmt(.declare(.local(result), coerced), value.span)]
    }

    private func switchValue(_ syntax: SwitchExprSyntax, _ expected: ScriptType?)
        throws(ScriptError)
        -> Expr
    {
        let result = Variable(
            "switch", expected ?? .any, isConstant: false, in: context, span: span(syntax))
        var isFirst = expected == nil
        let outer = valueOfBranch
        valueOfBranch = { [self] (items: CodeBlockItemListSyntax) throws(ScriptError) in
            try valueBranch(items, result, &isFirst)
        }
        defer { valueOfBranch = outer }
        let statement = try switchStatement(syntax, label: nil)
        return Expr(.block([statement], result: result), result.type, span(syntax))
    }
}

extension TryExprSyntax {
    /// Whether it is a `try?`.
    var isOptional: Bool { questionOrExclamationMark?.text == "?" }
}
