import SwiftSyntax

extension Checker {
    func declaration(_ syntax: DeclSyntax) throws(ScriptError) -> [Stmt] {
        switch syntax.as(DeclSyntaxEnum.self) {
        case .variableDecl(let variables): return try variableDeclaration(variables)
        case .functionDecl(let function): return try functionBody(function)
        case .structDecl(let structure):
            try typeBody(syntax, structure.memberBlock)
            return []
        case .enumDecl(let enumeration):
            try typeBody(syntax, enumeration.memberBlock)
            return []
        case .extensionDecl(let extended):
            try typeBody(syntax, extended.memberBlock)
            return []
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

    func refusal(of syntax: DeclSyntax) -> ScriptError {
        switch syntax.as(DeclSyntaxEnum.self) {
        case .classDecl(let declared):
            unsupported(
                "class", declared.classKeyword,
                instead: "declare struct \(declared.name.text): a struct is a value, which its"
                    + " mutating methods change")
        case .actorDecl(let declared):
            unsupported(
                "actor", declared.actorKeyword,
                instead: "declare struct \(declared.name.text): nothing runs beside a cell")
        case .protocolDecl(let declared):
            unsupported(
                "protocol", declared.protocolKeyword,
                instead: "write the functions in each struct, or an enum with one case a kind")
        case .macroDecl(let declared): unsupported("macro", declared.macroKeyword)
        case .macroExpansionDecl(let macro):
            unsupported(
                "the macro #\(macro.macroName.text)", macro, instead: "write out what it stands for"
            )
        case .typeAliasDecl(let declared):
            unsupported(
                "typealias", declared.typealiasKeyword,
                instead: "write \(declared.initializer.value.trimmedDescription) where it is used")
        case .operatorDecl, .precedenceGroupDecl:
            unsupported(
                "declaring an operator", syntax,
                instead:
                    "give your type one of the operators there are: static func + (a: T, b: T) -> T"
            )
        case .deinitializerDecl: unsupported("deinit", syntax, instead: "leave it out")
        case .associatedTypeDecl: unsupported("associatedtype", syntax)
        case .initializerDecl, .subscriptDecl, .enumCaseDecl:
            error(.syntax, "this declaration belongs inside a struct", syntax)
        case .ifConfigDecl(let config):
            unsupported(
                "#if", config.clauses.first?.poundKeyword ?? .poundToken(),
                instead: "keep the lines that count, or write if")
        default: error(.syntax, "this declaration is not understood", syntax)
        }
    }

    // MARK: Variables

    func variableDeclaration(_ syntax: VariableDeclSyntax) throws(ScriptError) -> [Stmt] {
        let isConstant = syntax.bindingSpecifier.text == "let"
        _ = try modifiers(syntax.modifiers, syntax.attributes, allowing: [])
        var result: [Stmt] = []
        let bindings = Array(syntax.bindings)
        for (index, binding) in bindings.enumerated() {
            // `var a, b: Int` gives the type of the last to all.
            let annotation =
                binding.typeAnnotation
                ?? (binding.initializer == nil
                    ? bindings[index...].first { $0.typeAnnotation != nil }?.typeAnnotation : nil)
            let declaredType: ScriptType? =
                if let annotation { try type(annotation.type) } else { nil }
            if let block = binding.accessorBlock {
                result += try computedVariable(
                    binding, block, declaredType, isConstant: isConstant)
            } else {
                result.append(try variable(binding, declaredType, isConstant: isConstant))
            }
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
                name.identifier.plainText, declaredType, isConstant: isConstant, name)
            if case .optional = declaredType, !isConstant {
                return Stmt(.declare(storage, Expr(.constant(.none), declaredType, place)), place)
            }
            declaringContext.declaresDeferred = true
            switch storage {
            case .local(let variable): variable.isDeferred = true
            case .global(let global): global.isDeferred = true
            }
            return Stmt(.declare(storage, nil), place)
        }
        var value = try expression(initializer.value, expecting: declaredType)
        let declaredType = declaredType.map { completed($0, by: value.type) }
        let text = binding.pattern.trimmedDescription
        if case .type(let named) = value.kind,
            !initializer.value.trimmedDescription.hasSuffix(".self")
        {
            throw error(
                .type, "\(named) is a type, which is no value", initializer.value,
                suggestion: "make a value of it: \(named)(), or write \(named).self")
        }
        if let declaredType {
            value = try coerce(value, to: declaredType, as: text)
        } else {
            try requireParameterTypes(initializer.value)
            try requireTyped(value, text, initializer.value)
        }
        if let name = binding.pattern.as(IdentifierPatternSyntax.self) {
            let storage = try declare(
                name.identifier.plainText, declaredType ?? settled(value.type),
                isConstant: isConstant,
                name)
            switch storage {
            case .local(let variable): variable.isAny = declaredType == .any
            case .global(let global): global.isAny = declaredType == .any
            }
            return Stmt(.declare(storage, value), place)
        }
        let pattern = try self.binding(
            binding.pattern, declaredType ?? settled(value.type), isConstant: isConstant)
        return Stmt(.destructure(pattern, boxed(value)), place)
    }

    /// The function, or the cell, whose body is looked through for what is declared here: closures
    /// are part of what is around them.
    private var declaringContext: FunctionContext {
        var found = context
        while found.isClosure, let parent = found.parent { found = parent }
        return found
    }

    /// Refuses a value that cannot say the type of what it is stored in.
    func requireTyped(_ value: Expr, _ text: String, _ node: ExprSyntax) throws(ScriptError) {
        switch value.kind {
        case .constant(.none):
            throw error(
                .type, "nil alone has no type", node,
                suggestion: "write its type: \(text): Int? = nil")
        case .array(let elements) where elements.isEmpty && value.type.isUncertain:
            throw error(
                .type, "an empty array literal has no type", node,
                suggestion: "write its type: \(text): [Int] = []")
        case .dictionary(let pairs) where pairs.isEmpty && value.type.isUncertain:
            throw error(
                .type, "an empty dictionary literal has no type", node,
                suggestion: "write its type: \(text): [String: Int] = [:]")
        default: break
        }
    }

    /// A type that a variable can have: an uninferred rest becomes `Any`.
    func settled(_ type: ScriptType) -> ScriptType {
        switch type {
        case .never: .any
        case .variable: .any
        case .oneOf(let name, _): library.types[name] != nil ? .named(name) : .any
        case .optional(let inner): .optional(settled(inner))
        case .array(let inner): .array(settled(inner))
        case .set(let inner): .set(settled(inner))
        case .range(let inner): .range(settled(inner))
        case .dictionary(let key, let value): .dictionary(settled(key), settled(value))
        case .tuple(let types, let labels): .tuple(types.map(settled), labels: labels)
        case .generic(let name, let arguments): .generic(name, arguments.map(settled))
        default: type
        }
    }

    // MARK: Functions

    /// Declares the functions and types of a block before its statements are checked: names
    /// first, then what types hold and functions take, so that order does not matter.
    func hoist(_ items: CodeBlockItemListSyntax) throws(ScriptError) {
        let declarations = items.compactMap { item in
            if case .decl(let declaration) = item.item { declaration } else { nil }
        }
        for declaration in declarations { _ = try declareType(declaration) }
        for declaration in declarations {
            if let extended = declaration.as(ExtensionDeclSyntax.self) {
                _ = try declareExtension(extended)
            }
        }
        for declaration in declarations { try declareMembers(declaration) }
        for declaration in declarations {
            if let function = declaration.as(FunctionDeclSyntax.self) {
                try declareFunction(function)
            }
        }
    }

    private func declareFunction(_ syntax: FunctionDeclSyntax) throws(ScriptError) {
        let name = syntax.name.plainText
        let modifiers = try self.modifiers(
            syntax.modifiers, syntax.attributes, allowing: ["prefix"])
        let declaration = try signature(
            name, syntax.signature.parameterClause, syntax.signature.returnClause?.type,
            effects: syntax.signature.effectSpecifiers, generics: syntax.genericParameterClause,
            syntax)
        declaration.documentation = documentation(of: syntax)
        declaration.isDiscardable = isDiscardable(syntax.attributes)
        headers[syntax.id] = declaration
        if isOperator(name) {
            try checkOperator(declaration, isPrefix: modifiers.has("prefix"), syntax.name)
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
                && $0.parameters.map(\.declaredType) == declaration.parameters.map(\.declaredType)
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

    func isDiscardable(_ attributes: AttributeListSyntax) -> Bool {
        attributes.contains { $0.trimmedDescription == "@discardableResult" }
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
        if let async = effects?.asyncSpecifier {
            throw unsupported("async", async, instead: "leave it out: a cell runs in order")
        }
        let resultType: ScriptType = if let result { try type(result) } else { .void }
        let inner = FunctionContext(
            name: name, parent: hasSelf ? nil : context, result: resultType)
        inner.span = span(node)
        let declaration = FunctionDeclaration(name: name, context: inner)
        declaration.result = resultType
        try inFunction(declaration) { () throws(ScriptError) in
            for parameter in clause.parameters {
                try add(parameter, to: declaration)
            }
        }
        functions.append(declaration)
        return declaration
    }

    /// Runs a check that belongs to a function, which then depends on what the check meets.
    func inFunction<R>(_ declaration: FunctionDeclaration, _ body: () throws(ScriptError) -> R)
        throws(ScriptError) -> R
    {
        let outer = currentFunction
        // A function inside another one lives and dies with it.
        currentFunction = outer ?? declaration
        defer { currentFunction = outer }
        return try body()
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
        let name = (syntax.secondName ?? syntax.firstName).plainText
        let label = syntax.firstName.text == "_" ? nil : syntax.firstName.plainText
        var parameter = Parameter(
            name: name, label: label, type: type, style: isVariadic ? .variadic : .single)
        parameter.isInOut = isInOut
        var value: Expr?
        if let syntax = syntax.defaultValue?.value {
            // Checked when the names beside the function are known; a function of its own, so
            // that a call from another cell computes it where it stands.
            let inner = FunctionContext(name: name, parent: nil, result: type)
            inner.span = span(syntax)
            let function = FunctionDeclaration(name: name, context: inner)
            function.result = type
            functions.append(function)
            parameter.hasDefault = true
            value = Expr(.call(function, []), type, span(syntax))
            declaration.uncheckedDefaults[declaration.parameters.count] = UncheckedDefault(
                syntax: syntax, function: function, scope: scope)
        }
        declaration.parameters.append(parameter)
        declaration.defaults.append(value)
        let variable = Variable(
            name, parameter.declaredType, isConstant: !isInOut, in: declaration.context,
            span: span(syntax))
        variable.isInOut = isInOut
        variable.isAny = parameter.declaredType == .any
        declaration.context.parameters.append(variable)
    }

    /// Checks the defaults of a function's parameters.
    func settleDefaults(of declaration: FunctionDeclaration) throws(ScriptError) {
        let unchecked = declaration.uncheckedDefaults
        declaration.uncheckedDefaults = [:]
        for (index, entry) in unchecked.sorted(by: { $0.key < $1.key }) {
            let parameter = declaration.parameters[index]
            let inner = entry.function.context
            let outer = declaration.owner.map { memberScope(of: $0, inner) } ?? entry.scope
            try inType(declaration.owner ?? owner) { () throws(ScriptError) in
                try inContext(inner, scope: outer) { () throws(ScriptError) in
                    let value = try inFunction(declaration) { () throws(ScriptError) in
                        try coerce(
                            try expression(entry.syntax, expecting: parameter.type),
                            to: parameter.type, as: parameter.name)
                    }
                    inner.body = [Stmt(.return(value), value.span)]
                    if constantValue(value) != nil { declaration.defaults[index] = value }
                }
            }
        }
    }

    private func functionBody(_ syntax: FunctionDeclSyntax) throws(ScriptError) -> [Stmt] {
        guard let declaration = headers[syntax.id] else { return [] }
        try settleDefaults(of: declaration)
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
            let count = mistakes.count
            declaration.context.body = try inFunction(declaration) { () throws(ScriptError) in
                try body(items)
            }
            // A statement with a mistake may be the one that returns, or gives a value.
            guard mistakes.count == count else { return }
            if declaration.context.isInitializer { try checkInitialization(declaration) }
            if declaration.context.declaresDeferred { try checkDeferred(declaration.context.body) }
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
        let saved = (scope, context, loops, isCollecting, sawChain, insidePostfix, valueOfBranch)
        scope = Scope(parent: outer, context: inner)
        context = inner
        loops = []
        (isCollecting, sawChain, insidePostfix, valueOfBranch) = (false, false, false, nil)
        defer {
            (scope, context, loops, isCollecting, sawChain, insidePostfix, valueOfBranch) = saved
        }
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
