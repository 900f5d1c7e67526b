import SwiftSyntax

extension Checker {
    func declaration(_ syntax: DeclSyntax) throws(ScriptError) -> [Stmt] {
        switch syntax.as(DeclSyntaxEnum.self) {
        case .variableDecl(let variables): return try variableDeclaration(variables)
        case .functionDecl(let function): return try functionBody(function)
        case .structDecl(let structure): return try typeBody(structure, structure.memberBlock)
        case .enumDecl(let enumeration): return try typeBody(enumeration, enumeration.memberBlock)
        case .extensionDecl(let extended): return try typeBody(extended, extended.memberBlock)
        case .importDecl(let imported):
            try checkImport(imported)
            return []
        default: throw refusal(of: syntax)
        }
    }

    private func checkImport(_ syntax: ImportDeclSyntax) throws(ScriptError) {
        let name = syntax.path.trimmedDescription
        if name == "VisionEngine" { return }
        let advice =
            library.hints[name]
            ?? Habits.imports[name]
            ?? "everything there is to use is already here"
        throw error(
            .unsupported, "there is no module '\(name)' to import", syntax, suggestion: advice)
    }

    private func refusal(of syntax: DeclSyntax) -> ScriptError {
        switch syntax.as(DeclSyntaxEnum.self) {
        case .classDecl: unsupported("class", syntax, instead: "declare a struct")
        case .actorDecl: unsupported("actor", syntax, instead: "declare a struct")
        case .protocolDecl:
            unsupported("protocol", syntax, instead: "write the functions for each struct")
        case .macroDecl, .macroExpansionDecl: unsupported("a macro", syntax)
        case .typeAliasDecl: unsupported("typealias", syntax, instead: "write the type itself")
        case .operatorDecl, .precedenceGroupDecl:
            unsupported(
                "declaring an operator", syntax,
                instead:
                    "give your type one of the operators there are: static func + (a: T, b: T) -> T"
            )
        case .initializerDecl, .deinitializerDecl, .subscriptDecl, .enumCaseDecl:
            error(.syntax, "this declaration belongs inside a struct", syntax)
        case .ifConfigDecl: unsupported("#if", syntax)
        default: error(.syntax, "this declaration is not understood", syntax)
        }
    }

    // MARK: Variables

    func variableDeclaration(_ syntax: VariableDeclSyntax) throws(ScriptError) -> [Stmt] {
        let isConstant = syntax.bindingSpecifier.text == "let"
        if let modifier = syntax.modifiers.first(where: {
            $0.name.text != "private" && $0.name.text != "public"
        }) {
            throw unsupported("'\(modifier.name.text)' here", modifier)
        }
        var result: [Stmt] = []
        let bindings = Array(syntax.bindings)
        for (index, binding) in bindings.enumerated() {
            if let accessors = binding.accessorBlock {
                throw unsupported(
                    "a computed or observed variable outside a type", accessors,
                    instead: "write a function")
            }
            // `var a, b: Int` gives the type of the last to all.
            let annotation =
                binding.typeAnnotation
                ?? (binding.initializer == nil
                    ? bindings[index...].first { $0.typeAnnotation != nil }?.typeAnnotation : nil)
            let declaredType: ScriptType? =
                if let annotation { try type(annotation.type) } else { nil }
            result.append(try variable(binding, declaredType, isConstant: isConstant))
        }
        return result
    }

    private func variable(
        _ binding: PatternBindingSyntax, _ declaredType: ScriptType?, isConstant: Bool
    ) throws(ScriptError) -> Stmt {
        let place = span(binding)
        guard let initializer = binding.initializer else {
            guard let declaredType, let name = binding.pattern.as(IdentifierPatternSyntax.self)
            else {
                throw error(
                    .syntax, "a declaration needs a type or a value", binding,
                    suggestion: "write \(binding.pattern.trimmedDescription): Int, or = and a value"
                )
            }
            let storage = try declare(
                name.identifier.text, declaredType, isConstant: isConstant, name)
            if case .optional = declaredType, !isConstant {
                return Stmt(.declare(storage, Expr(.constant(.none), declaredType, place)), place)
            }
            switch storage {
            case .local(let variable): variable.isDeferred = true
            case .global(let global): global.isDeferred = true
            }
            return Stmt(.declare(storage, nil), place)
        }
        var value = try expression(initializer.value, expecting: declaredType)
        let text = binding.pattern.trimmedDescription
        if let declaredType {
            value = try coerce(value, to: declaredType, as: text)
        } else {
            if case .constant(.none) = value.kind {
                throw error(
                    .type, "nil alone has no type", initializer.value,
                    suggestion: "write its type: \(text): Int? = nil")
            }
            if case .array(let elements) = value.kind, elements.isEmpty {
                throw error(
                    .type, "an empty array literal has no type", initializer.value,
                    suggestion: "write its type: \(text): [Int] = []")
            }
            if case .dictionary(let pairs) = value.kind, pairs.isEmpty {
                throw error(
                    .type, "an empty dictionary literal has no type", initializer.value,
                    suggestion: "write its type: \(text): [String: Int] = [:]")
            }
        }
        if let name = binding.pattern.as(IdentifierPatternSyntax.self) {
            let storage = try declare(
                name.identifier.text, declaredType ?? settled(value.type), isConstant: isConstant,
                name)
            return Stmt(.declare(storage, value), place)
        }
        let pattern = try self.binding(
            binding.pattern, declaredType ?? settled(value.type), isConstant: isConstant)
        return Stmt(.destructure(pattern, boxed(value)), place)
    }

    /// A type that a variable can have: an uninferred rest becomes `Any`.
    func settled(_ type: ScriptType) -> ScriptType {
        switch type {
        case .never: .any
        case .variable: .any
        case .oneOf(let name, _): library.types[name] != nil ? .named(name) : .any
        case .optional(let inner): .optional(settled(inner))
        case .array(let inner): .array(settled(inner))
        default: type
        }
    }

    // MARK: Functions

    /// Declares the functions and types of a block before its statements are checked.
    func hoist(_ items: CodeBlockItemListSyntax) throws(ScriptError) {
        var members: [(DeclSyntax, DeclaredTypeInfo)] = []
        for item in items {
            guard case .decl(let declaration) = item.item else { continue }
            if let info = try declareType(declaration) { members.append((declaration, info)) }
        }
        for (declaration, info) in members { try declareMembers(declaration, info) }
        for item in items {
            guard case .decl(let declaration) = item.item,
                let function = declaration.as(FunctionDeclSyntax.self)
            else { continue }
            try declareFunction(function)
        }
    }

    private func declareFunction(_ syntax: FunctionDeclSyntax) throws(ScriptError) {
        let name = syntax.name.text
        let declaration = try signature(
            name, syntax.signature.parameterClause, syntax.signature.returnClause?.type,
            effects: syntax.signature.effectSpecifiers, generics: syntax.genericParameterClause,
            syntax)
        declaration.documentation = documentation(of: syntax)
        headers[syntax.id] = declaration
        if Precedence.of(name) != nil || ["-", "!", "~"].contains(name) {
            addOperator(name, declaration)
            return
        }
        var overloads: [FunctionDeclaration] = []
        switch scope.names[name] {
        case .functions(let earlier)?: overloads = earlier
        case nil: break
        default: throw error(.name, "'\(name)' is declared twice in this cell", syntax.name)
        }
        let labels = declaration.parameters.map(\.label)
        if overloads.contains(where: {
            $0.parameters.map(\.label) == labels
                && $0.parameters.map(\.type) == declaration.parameters.map(\.type)
        }) {
            throw error(
                .name, "'\(name)' is declared twice with the same parameters", syntax.name,
                suggestion: "declare it again in the next cell")
        }
        scope.names[name] = .functions(overloads + [declaration])
        if isTopLevel {
            declared[name] = scope.names[name]
        } else {
            declaration.variable = Variable(
                name, declaration.functionType, isConstant: false, in: context, span: span(syntax))
        }
    }

    func addOperator(_ name: String, _ declaration: FunctionDeclaration) {
        let earlier = interpreter.operators[name]
        undo.append { [interpreter] in interpreter.operators[name] = earlier }
        let types = declaration.parameters.map(\.type)
        interpreter.operators[name, default: []].removeAll { $0.parameters.map(\.type) == types }
        interpreter.operators[name, default: []].append(declaration)
    }

    /// A function's parameters and result, in a context of its own.
    func signature(
        _ name: String, _ clause: FunctionParameterClauseSyntax, _ result: TypeSyntax?,
        effects: FunctionEffectSpecifiersSyntax? = nil,
        generics: GenericParameterClauseSyntax? = nil, hasSelf: Bool = false,
        _ node: some SyntaxProtocol
    ) throws(ScriptError) -> FunctionDeclaration {
        if let generics {
            throw unsupported(
                "a generic parameter", generics, instead: "name the types, or take Any")
        }
        if let async = effects?.asyncSpecifier { throw unsupported("async", async) }
        let resultType: ScriptType = if let result { try type(result) } else { .void }
        let inner = FunctionContext(
            name: name, parent: hasSelf ? nil : context, result: resultType)
        inner.span = span(node)
        let declaration = FunctionDeclaration(name: name, context: inner)
        declaration.result = resultType
        for parameter in clause.parameters {
            try add(parameter, to: declaration)
        }
        functions.append(declaration)
        return declaration
    }

    private func add(_ syntax: FunctionParameterSyntax, to declaration: FunctionDeclaration)
        throws(ScriptError)
    {
        var typeSyntax = syntax.type
        var isInOut = false
        if let attributed = typeSyntax.as(AttributedTypeSyntax.self) {
            for specifier in attributed.specifiers {
                if specifier.trimmedDescription == "inout" { isInOut = true }
            }
            typeSyntax = attributed.baseType
        }
        let type = try self.type(typeSyntax)
        let isVariadic = syntax.ellipsis != nil
        let name = (syntax.secondName ?? syntax.firstName).text
        let label = syntax.firstName.text == "_" ? nil : syntax.firstName.text
        var value: Expr?
        if let defaultValue = syntax.defaultValue {
            value = try coerce(
                try expression(defaultValue.value, expecting: type), to: type, as: name)
        }
        var parameter = Parameter(
            name: name, label: label, type: type, style: isVariadic ? .variadic : .single)
        parameter.isInOut = isInOut
        parameter.hasDefault = value != nil
        declaration.parameters.append(parameter)
        declaration.defaults.append(value)
        let variable = Variable(
            name, parameter.declaredType, isConstant: !isInOut, in: declaration.context,
            span: span(syntax))
        variable.isInOut = isInOut
        declaration.context.parameters.append(variable)
    }

    private func functionBody(_ syntax: FunctionDeclSyntax) throws(ScriptError) -> [Stmt] {
        guard let declaration = headers[syntax.id] else { return [] }
        guard let body = syntax.body else {
            throw error(.syntax, "the function '\(declaration.name)' has no body", syntax)
        }
        if isTopLevel || declaration.variable == nil {
            pending.append(
                PendingBody(
                    statements: body.statements, declaration: declaration, scope: scope,
                    owner: owner))
            return []
        }
        try check(body.statements, of: declaration, in: scope)
        guard let variable = declaration.variable else { return [] }
        return [Stmt(.localFunction(declaration, variable), span(syntax))]
    }

    /// Checks a function's body in its own scope.
    func check(
        _ items: CodeBlockItemListSyntax, of declaration: FunctionDeclaration, in outer: Scope
    ) throws(ScriptError) {
        try inContext(declaration.context, scope: outer) { () throws(ScriptError) in
            for parameter in declaration.context.parameters {
                scope.names[parameter.name] = .variable(parameter)
            }
            if let own = declaration.context.selfVariable {
                scope.names["self"] = .variable(own)
            }
            // Parameters belong to the scope around the body, so `guard let n` may take their names.
            scope = Scope(parent: scope, context: context)
            declaration.context.body = try body(items)
            let result = declaration.context.result
            if result != .void, result != .never, !declaration.context.isInitializer,
                !leaves(declaration.context.body)
            {
                throw error(
                    .type,
                    "'\(declaration.name)' may reach its end without returning \(result)",
                    declaration.context.span, suggestion: "end it with return and a value")
            }
        }
    }

    /// Runs a check inside another function context, with loops and builders left outside.
    func inContext(
        _ inner: FunctionContext, scope outer: Scope, _ body: () throws(ScriptError) -> Void
    ) throws(ScriptError) {
        let saved = (scope, context, loops, isCollecting, sawChain)
        scope = Scope(parent: outer, context: inner)
        context = inner
        loops = []
        isCollecting = false
        defer { (scope, context, loops, isCollecting, sawChain) = saved }
        try body()
    }

    /// The statements of a function; a single expression is its value.
    func body(_ items: CodeBlockItemListSyntax) throws(ScriptError) -> [Stmt] {
        if items.count == 1, let only = items.first, let syntax = singleExpression(only),
            context.infersResult || context.result != .void, !context.isInitializer
        {
            if let value = try implicitValue(syntax) {
                return [
                    Stmt(
                        value.type == .void || value.type == .never
                            ? .expression(value) : .return(value), span(syntax))
                ]
            }
        }
        return try statements(items)
    }

    /// The expression that an item is: a plain one, or an `if` or `switch` all of whose branches
    /// are single expressions.
    private func singleExpression(_ item: CodeBlockItemSyntax) -> ExprSyntax? {
        let found: ExprSyntax?
        switch item.item {
        case .expr(let syntax): found = syntax
        case .stmt(let statement): found = statement.as(ExpressionStmtSyntax.self)?.expression
        case .decl: found = nil
        }
        guard let found else { return nil }
        if let choice = found.as(IfExprSyntax.self) { return givesValue(choice) ? found : nil }
        if let choice = found.as(SwitchExprSyntax.self) {
            let isValue = choice.cases.allSatisfy { entry in
                if case .switchCase(let entry) = entry { isSingle(entry.statements) } else { false }
            }
            return isValue ? found : nil
        }
        return found
    }

    private func givesValue(_ choice: IfExprSyntax) -> Bool {
        guard isSingle(choice.body.statements) else { return false }
        switch choice.elseBody {
        case .ifExpr(let nested): return givesValue(nested)
        case .codeBlock(let block): return isSingle(block.statements)
        case nil: return false
        }
    }

    private func isSingle(_ items: CodeBlockItemListSyntax) -> Bool {
        guard items.count == 1, let only = items.first else { return false }
        return singleExpression(only) != nil
    }

    private func implicitValue(_ syntax: ExprSyntax) throws(ScriptError) -> Expr? {
        if syntax.is(IfExprSyntax.self) || syntax.is(SwitchExprSyntax.self) {
            if context.infersResult { return nil }
            return try coerce(
                try expression(syntax, expecting: context.result), to: context.result, as: "return")
        }
        return try returned(syntax)
    }

    func documentation(of node: some SyntaxProtocol) -> String {
        node.leadingTrivia.compactMap { piece in
            if case .docLineComment(let text) = piece {
                return String(text.dropFirst(3)).drop { $0 == " " }.description
            }
            return nil
        }.joined(separator: "\n")
    }
}
