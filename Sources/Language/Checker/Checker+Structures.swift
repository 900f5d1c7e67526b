import SwiftSyntax

extension Checker {
    private static let conformances: Set<String> = [
        "Error", "Equatable", "Hashable", "Comparable", "CaseIterable", "CustomStringConvertible",
        "Sendable",
    ]

    /// Makes the names of a struct or an enum and of the types inside it known; its members come
    /// later.
    func declareType(_ syntax: DeclSyntax) throws(ScriptError) -> DeclaredTypeInfo? {
        let info: DeclaredTypeInfo
        let members: MemberBlockItemListSyntax
        if let structure = syntax.as(StructDeclSyntax.self) {
            info = try newType(
                structure.name, structure.genericParameterClause, structure.modifiers,
                structure.attributes, isEnumeration: false)
            members = structure.memberBlock.members
        } else if let enumeration = syntax.as(EnumDeclSyntax.self) {
            info = try newType(
                enumeration.name, enumeration.genericParameterClause, enumeration.modifiers,
                enumeration.attributes, isEnumeration: true)
            members = enumeration.memberBlock.members
        } else {
            return nil
        }
        infos[syntax.id] = info
        try declareNested(members, in: info)
        return info
    }

    private func declareNested(_ members: MemberBlockItemListSyntax, in info: DeclaredTypeInfo)
        throws(ScriptError)
    {
        try inType(info) { () throws(ScriptError) in
            for member in members { _ = try declareType(member.decl) }
        }
    }

    /// Finds the type that an extension extends and makes the types inside it known.
    func declareExtension(_ syntax: ExtensionDeclSyntax) throws(ScriptError) -> DeclaredTypeInfo {
        let found = try type(syntax.extendedType)
        guard let info = info(found) else {
            throw unsupported(
                "an extension of '\(syntax.extendedType.trimmedDescription)'",
                syntax.extendedType, instead: "write a function that takes it")
        }
        if let clause = syntax.genericWhereClause { throw unsupported("a where clause", clause) }
        _ = try modifiers(syntax.modifiers, syntax.attributes, allowing: [])
        remember(info)
        infos[syntax.id] = info
        try declareNested(syntax.memberBlock.members, in: info)
        return info
    }

    /// Runs a check as inside a type's braces.
    func inType<R>(_ info: DeclaredTypeInfo?, _ body: () throws(ScriptError) -> R)
        throws(ScriptError) -> R
    {
        let outer = owner
        owner = info
        defer { owner = outer }
        return try body()
    }

    private func newType(
        _ name: TokenSyntax, _ generics: GenericParameterClauseSyntax?,
        _ modifiers: DeclModifierListSyntax, _ attributes: AttributeListSyntax, isEnumeration: Bool
    ) throws(ScriptError) -> DeclaredTypeInfo {
        if let generics { throw unsupported("a generic type", generics, instead: "name the type") }
        let declared = try self.modifiers(
            modifiers, attributes, allowing: isEnumeration ? ["indirect"] : [])
        let id = interpreter.nextTypeID()
        let type = DeclaredType(name: name.text, id: id, isEnumeration: isEnumeration)
        let info = DeclaredTypeInfo(type, outer: owner, scope: scope)
        info.isIndirect = declared.has("indirect")
        (info.cell, info.span) = (source.cell, span(name))
        interpreter.declaredTypes[id] = info
        declaredInfos.append(info)
        if let owner {
            type.qualifiedName = "\(owner.type.qualifiedName).\(name.text)"
            if owner.nested[name.text] != nil {
                throw error(
                    .name, "'\(name.text)' is declared twice in \(owner.type.name)", name)
            }
            owner.nested[name.text] = info
        } else {
            if scope.names[name.text] != nil {
                throw error(.name, "'\(name.text)' is declared twice in this cell", name)
            }
            scope.names[name.text] = .type(info)
            if isTopLevel { self.declared[name.text] = .type(info) }
        }
        return info
    }

    /// Declares what a type says it conforms to.
    func conform(_ syntax: DeclSyntax, _ info: DeclaredTypeInfo) throws(ScriptError) {
        let clause =
            syntax.as(StructDeclSyntax.self)?.inheritanceClause
            ?? syntax.as(EnumDeclSyntax.self)?.inheritanceClause
            ?? syntax.as(ExtensionDeclSyntax.self)?.inheritanceClause
        for (position, inherited) in (clause?.inheritedTypes ?? []).enumerated() {
            let name = inherited.type.trimmedDescription
            if Self.conformances.contains(name) {
                guard info.type.conformances.insert(name).inserted else {
                    throw error(.name, "\(info.type.name) conforms to \(name) twice", inherited)
                }
                conformanceChecks.append((name, info, inherited))
            } else if let requirement = library.types[name]?.requirement {
                try adopt(name, requirement, info, inherited)
            } else if info.type.isEnumeration, position == 0, !syntax.is(ExtensionDeclSyntax.self),
                let raw = simpleType(name), [.int, .string, .double, .character].contains(raw)
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
        let (members, conformances) = (info.members, info.type.conformances)
        undo.append { (info.members, info.type.conformances) = (members, conformances) }
    }

    // MARK: Members

    /// Declares the members of a type and of the types inside it. Values of properties are left
    /// unchecked, as they may use anything that is declared beside them.
    func declareMembers(_ syntax: DeclSyntax) throws(ScriptError) {
        guard let info = infos[syntax.id] else { return }
        let members =
            syntax.as(StructDeclSyntax.self)?.memberBlock.members
            ?? syntax.as(EnumDeclSyntax.self)?.memberBlock.members
            ?? syntax.as(ExtensionDeclSyntax.self)?.memberBlock.members
        try conform(syntax, info)
        try inType(info) { () throws(ScriptError) in
            for member in members ?? [] {
                try declareMember(
                    member.decl, info, isExtension: syntax.is(ExtensionDeclSyntax.self))
            }
        }
    }

    private func declareMember(_ syntax: DeclSyntax, _ info: DeclaredTypeInfo, isExtension: Bool)
        throws(ScriptError)
    {
        switch syntax.as(DeclSyntaxEnum.self) {
        case .variableDecl(let variables):
            try declareProperties(variables, info, isExtension: isExtension)
        case .functionDecl(let function): try declareMethod(function, info)
        case .initializerDecl(let initializer):
            try declareInitializer(initializer, info, isExtension: isExtension)
        case .subscriptDecl(let element): try declareSubscript(element, info)
        case .enumCaseDecl(let cases):
            guard info.type.isEnumeration, !isExtension else {
                throw error(
                    .syntax, "a case belongs into the enum itself", syntax,
                    suggestion: info.type.isEnumeration ? nil : "declare enum \(info.type.name)")
            }
            try declareCases(cases, info)
        case .structDecl, .enumDecl: try declareMembers(syntax)
        default: throw refusal(of: syntax)
        }
    }

    private func declareInitializer(
        _ syntax: InitializerDeclSyntax, _ info: DeclaredTypeInfo, isExtension: Bool
    ) throws(ScriptError) {
        let modifiers = try self.modifiers(syntax.modifiers, syntax.attributes, allowing: [])
        let isFailable = syntax.optionalMark != nil
        let result: ScriptType = isFailable ? .optional(info.scriptType) : info.scriptType
        let declaration = try signature(
            "init", syntax.signature.parameterClause, nil,
            effects: syntax.signature.effectSpecifiers, generics: syntax.genericParameterClause,
            hasSelf: true, syntax)
        let labels = declaration.parameters.map(\.label)
        let types = declaration.parameters.map(\.declaredType)
        if info.initializers.contains(where: {
            $0.parameters.map(\.label) == labels && $0.parameters.map(\.declaredType) == types
        }) {
            throw error(
                .name, "\(info.type.name) has an init with these parameters already", syntax)
        }
        declaration.result = result
        declaration.isPrivate = modifiers.isPrivate
        declaration.context.result = result
        declaration.context.isInitializer = true
        declaration.context.isDelegating =
            info.type.isEnumeration || Self.delegates(Syntax(syntax))
        declaration.context.quietProperties = Set(info.type.fields.map(\.name))
        declaration.owner = info
        declaration.documentation = documentation(of: syntax)
        let own = Variable(
            "self", info.scriptType, isConstant: false, in: declaration.context, span: span(syntax))
        own.isDeferred = true
        declaration.context.selfVariable = own
        headers[syntax.id] = declaration
        info.initializers.append(declaration)
        if !isExtension { info.hasOwnInitializer = true }
    }

    /// Whether an initializer calls another one: `self.init(...)`, or `self = ...`.
    private static func delegates(_ node: Syntax) -> Bool {
        if let member = node.as(MemberAccessExprSyntax.self),
            member.declName.baseName.text == "init", member.base?.trimmedDescription == "self"
        {
            return true
        }
        return node.children(viewMode: .sourceAccurate).contains { delegates($0) }
    }

    private func declareMethod(_ syntax: FunctionDeclSyntax, _ info: DeclaredTypeInfo)
        throws(ScriptError)
    {
        let name = syntax.name.text
        let modifiers = try self.modifiers(
            syntax.modifiers, syntax.attributes,
            allowing: ["static", "mutating", "nonmutating", "prefix"])
        let declaration = try signature(
            name, syntax.signature.parameterClause, syntax.signature.returnClause?.type,
            effects: syntax.signature.effectSpecifiers, generics: syntax.genericParameterClause,
            hasSelf: true, syntax)
        declaration.owner = info
        declaration.isStatic = modifiers.has("static")
        declaration.isMutating = modifiers.has("mutating")
        declaration.isPrivate = modifiers.isPrivate
        declaration.documentation = documentation(of: syntax)
        declaration.isDiscardable = isDiscardable(syntax.attributes)
        headers[syntax.id] = declaration
        if isOperator(name) {
            guard declaration.isStatic else {
                throw error(
                    .syntax, "an operator of a type is static", syntax.name,
                    suggestion: "write static func \(name)")
            }
            try checkOperator(declaration, isPrefix: modifiers.has("prefix"), syntax.name)
            addOperator(name, declaration)
            return
        }
        let earlier = declaration.isStatic ? info.staticMethods[name] : info.methods[name]
        if earlier?.contains(where: {
            $0.parameters.map(\.label) == declaration.parameters.map(\.label)
                && $0.parameters.map(\.declaredType) == declaration.parameters.map(\.declaredType)
                && $0.result == declaration.result
        }) == true {
            throw error(
                .name, "'\(name)' is declared twice in \(info.type.name)", syntax.name)
        }
        if declaration.isPrivate { info.privateNames.insert(name) }
        if declaration.isStatic {
            info.staticMethods[name, default: []].append(declaration)
        } else {
            addSelf(to: declaration, info)
            info.methods[name, default: []].append(declaration)
        }
    }

    func isOperator(_ name: String) -> Bool {
        Precedence.of(name) != nil || ["-", "!", "~"].contains(name)
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

    /// A getter, a setter or an observer: a function that takes `self`, unless it is static, then
    /// a subscript's parameters, then the value it sets.
    func accessor(
        _ name: String, _ type: ScriptType, _ info: DeclaredTypeInfo, value: String? = nil,
        isMutating: Bool? = nil, isStatic: Bool = false,
        parameters: FunctionParameterClauseSyntax? = nil, _ node: some SyntaxProtocol
    ) throws(ScriptError) -> FunctionDeclaration {
        let clause = parameters ?? FunctionParameterClauseSyntax(parameters: [])
        let declaration = try signature(name, clause, nil, hasSelf: true, node)
        declaration.result = value == nil ? type : .void
        declaration.context.result = declaration.result
        declaration.owner = info
        declaration.isMutating = !isStatic && (isMutating ?? (value != nil))
        declaration.isStatic = isStatic
        declaration.isAccessor = true
        if let value {
            declaration.parameters.append(Parameter(name: value, label: nil, type: type))
            declaration.defaults.append(nil)
            declaration.context.parameters.append(
                Variable(value, type, isConstant: true, in: declaration.context, span: span(node)))
        }
        if !isStatic { addSelf(to: declaration, info) }
        return declaration
    }

    private func declareSubscript(_ syntax: SubscriptDeclSyntax, _ info: DeclaredTypeInfo)
        throws(ScriptError)
    {
        let isStatic = try modifiers(syntax.modifiers, syntax.attributes, allowing: ["static"])
            .has("static")
        if let generics = syntax.genericParameterClause {
            throw unsupported("a generic parameter", generics, instead: "name the types")
        }
        guard let block = syntax.accessorBlock else {
            throw error(.syntax, "a subscript needs a body", syntax)
        }
        let type = try self.type(syntax.returnClause.type)
        let (getter, setter) = try accessors(
            "subscript", type, block, info, isStatic: isStatic, parameters: syntax.parameterClause)
        guard let getter else {
            throw error(.syntax, "a subscript needs a getter", syntax)
        }
        for declaration in [getter, setter].compactMap({ $0 }) {
            unlabel(declaration, syntax.parameterClause)
        }
        if isStatic {
            info.staticSubscripts.append((getter, setter))
        } else {
            info.subscripts.append((getter, setter))
        }
    }

    /// A subscript's parameters have no labels unless two names are written.
    private func unlabel(
        _ declaration: FunctionDeclaration, _ clause: FunctionParameterClauseSyntax
    ) {
        for (index, syntax) in clause.parameters.enumerated() where syntax.secondName == nil {
            let old = declaration.parameters[index]
            var changed = Parameter(name: old.name, label: nil, type: old.type, style: old.style)
            changed.hasDefault = old.hasDefault
            declaration.parameters[index] = changed
        }
    }

    // MARK: Bodies

    /// Checks the values of a type's properties; the bodies of its members wait until the cell's
    /// statements are checked.
    func typeBody(_ syntax: DeclSyntax, _ block: MemberBlockSyntax) throws(ScriptError) {
        guard let info = infos[syntax.id] else { return }
        try inType(info) { () throws(ScriptError) in
            for member in block.members {
                if let nested = member.decl.as(StructDeclSyntax.self) {
                    try typeBody(member.decl, nested.memberBlock)
                } else if let nested = member.decl.as(EnumDeclSyntax.self) {
                    try typeBody(member.decl, nested.memberBlock)
                } else {
                    try memberBody(member.decl, info)
                }
            }
        }
    }

    private func memberBody(_ syntax: DeclSyntax, _ info: DeclaredTypeInfo) throws(ScriptError) {
        switch syntax.as(DeclSyntaxEnum.self) {
        case .functionDecl(let function):
            guard let body = function.body else {
                throw error(
                    .syntax, "the function '\(function.name.text)' has no body", function)
            }
            try later(function.id, body.statements, info)
        case .initializerDecl(let initializer):
            try later(initializer.id, initializer.body?.statements, info)
        case .variableDecl(let variables):
            for binding in variables.bindings {
                if let name = binding.pattern.as(IdentifierPatternSyntax.self) {
                    try settle(name.identifier.text, of: info)
                    try settle(name.identifier.text, of: info, isStatic: true)
                }
                if let block = binding.accessorBlock { try accessorBodies(block, info) }
            }
        case .subscriptDecl(let element):
            if let block = element.accessorBlock { try accessorBodies(block, info) }
        default: break
        }
    }

    private func accessorBodies(_ block: AccessorBlockSyntax, _ info: DeclaredTypeInfo)
        throws(ScriptError)
    {
        switch block.accessors {
        case .getter(let items): try later(block.id, items, info)
        case .accessors(let list):
            for entry in list { try later(entry.id, entry.body?.statements, info) }
        }
    }

    private func later(
        _ id: SyntaxIdentifier, _ items: CodeBlockItemListSyntax?, _ info: DeclaredTypeInfo
    ) throws(ScriptError) {
        guard let declaration = headers[id], let items else { return }
        try settleDefaults(of: declaration)
        pending.append(
            PendingBody(
                statements: items, declaration: declaration,
                scope: memberScope(of: info, declaration.context), owner: info))
    }

    /// The scope that a function of a type stands in.
    func memberScope(of info: DeclaredTypeInfo, _ context: FunctionContext) -> Scope {
        let members = Scope(parent: info.scope, context: context)
        members.owner = info
        return members
    }
}
