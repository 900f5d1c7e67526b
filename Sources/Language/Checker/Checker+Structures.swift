import SwiftSyntax

extension Checker {
    private static let conformances: Set<String> = [
        "Error", "Equatable", "Hashable", "Comparable", "CaseIterable", "CustomStringConvertible",
        "Sendable",
    ]

    /// Makes the name of a struct, an enum or an extended type known; its members come later.
    func declareType(_ syntax: DeclSyntax) throws(ScriptError) -> DeclaredTypeInfo? {
        if let structure = syntax.as(StructDeclSyntax.self) {
            return try newType(
                structure.name, structure.inheritanceClause, structure.genericParameterClause,
                isEnumeration: false)
        }
        if let enumeration = syntax.as(EnumDeclSyntax.self) {
            return try newType(
                enumeration.name, enumeration.inheritanceClause, enumeration.genericParameterClause,
                isEnumeration: true)
        }
        if let extended = syntax.as(ExtensionDeclSyntax.self) {
            let found = try type(extended.extendedType)
            guard let info = info(found) else {
                throw unsupported(
                    "an extension of '\(extended.extendedType.trimmedDescription)'",
                    extended.extendedType,
                    instead: "write a function that takes it")
            }
            remember(info)
            try conform(info, extended.inheritanceClause)
            return info
        }
        return nil
    }

    private func newType(
        _ name: TokenSyntax, _ inheritance: InheritanceClauseSyntax?,
        _ generics: GenericParameterClauseSyntax?, isEnumeration: Bool
    ) throws(ScriptError) -> DeclaredTypeInfo {
        if let generics { throw unsupported("a generic type", generics, instead: "name the type") }
        let id = interpreter.nextTypeID()
        let type = DeclaredType(name: name.text, id: id, isEnumeration: isEnumeration)
        let info = DeclaredTypeInfo(type)
        interpreter.declaredTypes[id] = info
        declaredInfos.append(info)
        if let owner {
            let key = "\(owner.type.name).\(name.text)"
            let earlier = interpreter.nestedTypes[key]
            undo.append { [interpreter] in interpreter.nestedTypes[key] = earlier }
            interpreter.nestedTypes[key] = info
        } else {
            if scope.names[name.text] != nil {
                throw error(.name, "'\(name.text)' is declared twice in this cell", name)
            }
            scope.names[name.text] = .type(info)
            if isTopLevel { declared[name.text] = .type(info) }
        }
        try conform(info, inheritance)
        return info
    }

    private func conform(_ info: DeclaredTypeInfo, _ clause: InheritanceClauseSyntax?)
        throws(ScriptError)
    {
        for inherited in clause?.inheritedTypes ?? [] {
            let name = inherited.type.trimmedDescription
            if Self.conformances.contains(name) {
                info.type.conformances.insert(name)
            } else if let requirement = library.types[name]?.requirement {
                try adopt(name, requirement, info, inherited)
            } else if info.type.isEnumeration, let raw = simpleType(name),
                [.int, .string, .double, .character].contains(raw)
            {
                info.rawType = raw
            } else {
                throw error(
                    .unsupported, "a type cannot conform to '\(name)' in this language", inherited,
                    suggestion: Spelling.closest(
                        to: name, in: Self.conformances.union(adoptableNames)
                    ).map { "use \($0)" })
            }
        }
    }

    /// Keeps what an extension may change, so that a cell that fails its check changes nothing.
    private func remember(_ info: DeclaredTypeInfo) {
        let copy = (
            info.initializers, info.methods, info.staticMethods, info.getters, info.setters,
            info.staticGetters, info.statics, info.subscripts, info.type.conformances
        )
        undo.append {
            (
                info.initializers, info.methods, info.staticMethods, info.getters, info.setters,
                info.staticGetters, info.statics, info.subscripts, info.type.conformances
            ) = copy
        }
    }

    func declareMembers(_ syntax: DeclSyntax, _ info: DeclaredTypeInfo) throws(ScriptError) {
        let members =
            syntax.as(StructDeclSyntax.self)?.memberBlock.members
            ?? syntax.as(EnumDeclSyntax.self)?.memberBlock.members
            ?? syntax.as(ExtensionDeclSyntax.self)?.memberBlock.members
        infos[syntax.id] = info
        let outer = owner
        owner = info
        defer { owner = outer }
        for member in members ?? [] {
            if let nested = try declareType(member.decl) {
                try declareMembers(member.decl, nested)
            }
        }
        // The values of static properties may call what the type declares, so they come last.
        let isExtension = syntax.is(ExtensionDeclSyntax.self)
        for member in members ?? [] where !isStaticValue(member.decl) {
            try declareMember(member.decl, info, isExtension: isExtension)
        }
        for member in members ?? [] where isStaticValue(member.decl) {
            try declareMember(member.decl, info, isExtension: isExtension)
        }
    }

    private func isStaticValue(_ syntax: DeclSyntax) -> Bool {
        guard let variables = syntax.as(VariableDeclSyntax.self) else { return false }
        return variables.modifiers.contains { $0.name.text == "static" }
    }

    private func declareMember(_ syntax: DeclSyntax, _ info: DeclaredTypeInfo, isExtension: Bool)
        throws(ScriptError)
    {
        switch syntax.as(DeclSyntaxEnum.self) {
        case .variableDecl(let variables):
            try declareProperties(variables, info, isExtension: isExtension)
        case .functionDecl(let function): try declareMethod(function, info)
        case .initializerDecl(let initializer):
            let result: ScriptType =
                initializer.optionalMark == nil ? info.scriptType : .optional(info.scriptType)
            let declaration = try signature(
                "init", initializer.signature.parameterClause, nil, hasSelf: true, initializer)
            declaration.result = result
            declaration.context.result = result
            declaration.context.isInitializer = true
            declaration.owner = info
            let own = Variable(
                "self", info.scriptType, isConstant: false, in: declaration.context,
                span: span(initializer))
            own.isDeferred = true
            declaration.context.selfVariable = own
            headers[initializer.id] = declaration
            info.initializers.append(declaration)
        case .subscriptDecl(let element): try declareSubscript(element, info)
        case .enumCaseDecl(let cases): try declareCases(cases, info)
        case .structDecl, .enumDecl: break
        default: throw unsupported("this member", syntax)
        }
    }

    private func declareMethod(_ syntax: FunctionDeclSyntax, _ info: DeclaredTypeInfo)
        throws(ScriptError)
    {
        let name = syntax.name.text
        let modifiers = Set(syntax.modifiers.map(\.name.text))
        let declaration = try signature(
            name, syntax.signature.parameterClause, syntax.signature.returnClause?.type,
            effects: syntax.signature.effectSpecifiers, generics: syntax.genericParameterClause,
            hasSelf: true, syntax)
        declaration.owner = info
        declaration.isStatic = modifiers.contains("static")
        declaration.isMutating = modifiers.contains("mutating")
        declaration.documentation = documentation(of: syntax)
        headers[syntax.id] = declaration
        if Precedence.of(name) != nil || ["-", "!", "~"].contains(name) {
            guard declaration.isStatic else {
                throw error(
                    .syntax, "an operator of a type is static", syntax.name,
                    suggestion: "write static func \(name)")
            }
            addOperator(name, declaration)
            return
        }
        if declaration.isStatic {
            info.staticMethods[name, default: []].append(declaration)
        } else {
            addSelf(to: declaration, info)
            info.methods[name, default: []].append(declaration)
        }
    }

    /// Gives a method its `self` as first parameter of the compiled function.
    private func addSelf(to declaration: FunctionDeclaration, _ info: DeclaredTypeInfo) {
        let own = Variable(
            "self", info.scriptType, isConstant: !declaration.isMutating, in: declaration.context,
            span: declaration.context.span)
        own.isInOut = declaration.isMutating
        declaration.context.parameters.insert(own, at: 0)
        declaration.context.selfVariable = own
    }

    private func accessor(
        _ name: String, _ type: ScriptType, _ info: DeclaredTypeInfo, isSetter: Bool,
        isStatic: Bool = false, parameters: FunctionParameterClauseSyntax? = nil,
        valueName: String = "newValue", _ node: some SyntaxProtocol
    ) throws(ScriptError) -> FunctionDeclaration {
        let clause = parameters ?? FunctionParameterClauseSyntax(parameters: [])
        let declaration = try signature(name, clause, nil, hasSelf: true, node)
        declaration.result = isSetter ? .void : type
        declaration.context.result = declaration.result
        declaration.owner = info
        declaration.isMutating = isSetter
        declaration.isStatic = isStatic
        if isSetter {
            declaration.parameters.append(Parameter(name: valueName, label: nil, type: type))
            declaration.defaults.append(nil)
            declaration.context.parameters.append(
                Variable(
                    valueName, type, isConstant: true, in: declaration.context, span: span(node)))
        }
        if !isStatic { addSelf(to: declaration, info) }
        return declaration
    }

    private func declareProperties(
        _ syntax: VariableDeclSyntax, _ info: DeclaredTypeInfo, isExtension: Bool
    ) throws(ScriptError) {
        let isStatic = syntax.modifiers.contains { $0.name.text == "static" }
        if let lazy = syntax.modifiers.first(where: { $0.name.text == "lazy" }) {
            throw unsupported("lazy", lazy, instead: "compute it in a method")
        }
        let isConstant = syntax.bindingSpecifier.text == "let"
        let bindings = Array(syntax.bindings)
        for (index, binding) in bindings.enumerated() {
            guard let name = binding.pattern.as(IdentifierPatternSyntax.self)?.identifier.text
            else {
                throw error(.syntax, "a property has one name", binding.pattern)
            }
            let annotation =
                binding.typeAnnotation
                ?? (binding.initializer == nil
                    ? bindings[index...].first { $0.typeAnnotation != nil }?.typeAnnotation : nil)
            var declaredType: ScriptType? =
                if let annotation { try type(annotation.type) } else { nil }
            if let block = binding.accessorBlock {
                guard let declaredType else {
                    throw error(.syntax, "a computed property needs its type", binding)
                }
                try declareComputed(name, declaredType, block, info, isStatic: isStatic)
                continue
            }
            if isStatic {
                guard let initializer = binding.initializer else {
                    throw error(.syntax, "a static property needs a value", binding)
                }
                let value = try expression(initializer.value, expecting: declaredType)
                let global = Global(
                    "\(info.type.name).\(name)", declaredType ?? settled(value.type),
                    isConstant: isConstant)
                globals.append(global)
                info.statics[name] = global
                staticValues.append(
                    (
                        binding.id, global,
                        declaredType == nil
                            ? value : try coerce(value, to: global.type, as: name)
                    ))
                continue
            }
            if isExtension || info.type.isEnumeration {
                throw error(
                    .syntax, "a stored property belongs into the struct itself", binding,
                    suggestion: "make it a computed property: var \(name): T { ... }")
            }
            var value: Expr?
            if let initializer = binding.initializer {
                let checked = try expression(initializer.value, expecting: declaredType)
                declaredType = declaredType ?? settled(checked.type)
                value = boxed(try coerce(checked, to: declaredType ?? .any, as: name))
            }
            guard let type = declaredType else {
                throw error(.syntax, "a property needs a type or a value", binding)
            }
            if value == nil, case .optional = type, !isConstant {
                value = Expr(.constant(.none), type, span(binding))
            }
            if info.type.fieldIndex(name) != nil {
                throw error(.name, "'\(name)' is declared twice in \(info.type.name)", binding)
            }
            info.type.fields.append(
                DeclaredType.Field(
                    name: name, type: type, isConstant: isConstant, hasDefault: value != nil))
            info.fieldDefaults.append(value)
        }
    }

    private func declareComputed(
        _ name: String, _ type: ScriptType, _ block: AccessorBlockSyntax, _ info: DeclaredTypeInfo,
        isStatic: Bool
    ) throws(ScriptError) {
        switch block.accessors {
        case .getter:
            let getter = try accessor(name, type, info, isSetter: false, isStatic: isStatic, block)
            headers[block.id] = getter
            if isStatic { info.staticGetters[name] = getter } else { info.getters[name] = getter }
        case .accessors(let list):
            for entry in list {
                switch entry.accessorSpecifier.text {
                case "get":
                    let getter = try accessor(
                        name, type, info, isSetter: false, isStatic: isStatic, entry)
                    headers[entry.id] = getter
                    if isStatic {
                        info.staticGetters[name] = getter
                    } else {
                        info.getters[name] = getter
                    }
                case "set" where !isStatic:
                    let setter = try accessor(
                        name, type, info, isSetter: true,
                        valueName: entry.parameters?.name.text ?? "newValue", entry)
                    headers[entry.id] = setter
                    info.setters[name] = setter
                default:
                    throw unsupported(
                        "'\(entry.accessorSpecifier.text)' here", entry,
                        instead: "use a computed property with get and set, or a method")
                }
            }
        }
    }

    private func declareSubscript(_ syntax: SubscriptDeclSyntax, _ info: DeclaredTypeInfo)
        throws(ScriptError)
    {
        guard let block = syntax.accessorBlock else {
            throw error(.syntax, "a subscript needs a body", syntax)
        }
        // A subscript's parameters have no labels unless two names are written.
        func unlabelled(_ declaration: FunctionDeclaration) {
            for (index, parameter) in zip(
                declaration.parameters.indices, syntax.parameterClause.parameters)
            where parameter.secondName == nil {
                let old = declaration.parameters[index]
                var changed = Parameter(
                    name: old.name, label: nil, type: old.type, style: old.style)
                changed.hasDefault = old.hasDefault
                declaration.parameters[index] = changed
            }
        }
        let type = try self.type(syntax.returnClause.type)
        var setter: FunctionDeclaration?
        let getter = try accessor(
            "subscript", type, info, isSetter: false, parameters: syntax.parameterClause, syntax)
        unlabelled(getter)
        switch block.accessors {
        case .getter: headers[block.id] = getter
        case .accessors(let list):
            for entry in list {
                if entry.accessorSpecifier.text == "get" { headers[entry.id] = getter }
                if entry.accessorSpecifier.text == "set" {
                    let made = try accessor(
                        "subscript", type, info, isSetter: true, parameters: syntax.parameterClause,
                        valueName: entry.parameters?.name.text ?? "newValue", entry)
                    unlabelled(made)
                    headers[entry.id] = made
                    setter = made
                }
            }
        }
        info.subscripts.append((getter, setter))
    }

    private func declareCases(_ syntax: EnumCaseDeclSyntax, _ info: DeclaredTypeInfo)
        throws(ScriptError)
    {
        for element in syntax.elements {
            var payload: [Parameter] = []
            for parameter in element.parameterClause?.parameters ?? [] {
                let label = parameter.firstName?.text
                payload.append(
                    Parameter(
                        name: label ?? "", label: label == "_" ? nil : label,
                        type: try type(parameter.type)))
            }
            let name = element.name.text
            if info.type.cases.contains(where: { $0.name == name }) {
                throw error(.name, "the case '\(name)' is declared twice", element)
            }
            var raw: Value?
            if let rawType = info.rawType {
                if let value = element.rawValue?.value {
                    let checked = try coerce(
                        try expression(value, expecting: rawType), to: rawType, as: name)
                    raw = constantValue(checked)
                } else if rawType == .string {
                    raw = .string(name)
                } else if rawType == .int {
                    if case .int(let last)? = info.type.cases.last?.rawValue {
                        raw = .int(last &+ 1)
                    } else {
                        raw = .int(0)
                    }
                }
                guard raw != nil else {
                    throw error(.syntax, "the case '\(name)' needs a literal raw value", element)
                }
            }
            info.type.cases.append(DeclaredType.Case(name: name, payload: payload, rawValue: raw))
        }
    }

    func constantValue(_ expression: Expr) -> Value? {
        switch expression.kind {
        case .int(let value): .int(value)
        case .double(let value): .double(value)
        case .bool(let value): .bool(value)
        case .constant(let value): value
        case .negate(let inner):
            switch constantValue(inner) {
            case .int(let value)?: .int(-value)
            case .double(let value)?: .double(-value)
            default: nil
            }
        default: nil
        }
    }

    /// Checks the bodies of a type's members; gives the statements that set its static properties.
    func typeBody(_ syntax: some DeclSyntaxProtocol, _ block: MemberBlockSyntax)
        throws(ScriptError) -> [Stmt]
    {
        guard let info = infos[syntax.id] else { return [] }
        var result: [Stmt] = []
        for member in block.members {
            if let nested = member.decl.as(StructDeclSyntax.self) {
                result += try typeBody(nested, nested.memberBlock)
            } else if let nested = member.decl.as(EnumDeclSyntax.self) {
                result += try typeBody(nested, nested.memberBlock)
            } else {
                result += memberBody(member.decl, info)
            }
        }
        return result
    }

    private func memberBody(_ syntax: DeclSyntax, _ info: DeclaredTypeInfo) -> [Stmt] {
        switch syntax.as(DeclSyntaxEnum.self) {
        case .functionDecl(let function):
            later(function.id, function.body?.statements, info)
        case .initializerDecl(let initializer):
            later(initializer.id, initializer.body?.statements, info)
        case .variableDecl(let variables):
            var result: [Stmt] = []
            for binding in variables.bindings {
                if let block = binding.accessorBlock { accessorBodies(block, info) }
                for (id, global, value) in staticValues where id == binding.id {
                    result.append(Stmt(.declare(.global(global), value), value.span))
                }
            }
            return result
        case .subscriptDecl(let element):
            if let block = element.accessorBlock { accessorBodies(block, info) }
        default: break
        }
        return []
    }

    private func accessorBodies(_ block: AccessorBlockSyntax, _ info: DeclaredTypeInfo) {
        switch block.accessors {
        case .getter(let items): later(block.id, items, info)
        case .accessors(let list):
            for entry in list { later(entry.id, entry.body?.statements, info) }
        }
    }

    private func later(
        _ id: SyntaxIdentifier, _ items: CodeBlockItemListSyntax?, _ info: DeclaredTypeInfo
    ) {
        guard let declaration = headers[id], let items else { return }
        let members = Scope(parent: root, context: declaration.context)
        members.owner = info
        pending.append(
            PendingBody(statements: items, declaration: declaration, scope: members, owner: info))
    }
}
