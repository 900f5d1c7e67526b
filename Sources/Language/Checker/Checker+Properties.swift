import SwiftSyntax

/// The modifiers before a declaration that say something here.
struct Modifiers {
    var names: Set<String> = []
    var isPrivate = false
    var isSetterPrivate = false

    func has(_ name: String) -> Bool { names.contains(name) }
}

extension Checker {
    private static let access: Set<String> = [
        "private", "fileprivate", "internal", "package", "public",
    ]
    private static let harmlessAttributes: Set<String> = [
        "discardableResult", "inlinable", "inline", "usableFromInline", "frozen", "MainActor",
    ]

    /// The modifiers of a declaration; refuses by name what it cannot have.
    func modifiers(
        _ list: DeclModifierListSyntax, _ attributes: AttributeListSyntax, allowing: Set<String>
    ) throws(ScriptError) -> Modifiers {
        var result = Modifiers()
        for modifier in list {
            let name = modifier.name.text
            if Self.access.contains(name) {
                // `fileprivate` reaches to the end of the cell, where everything may see it.
                guard name == "private" else { continue }
                if modifier.detail == nil {
                    result.isPrivate = true
                } else {
                    result.isSetterPrivate = true
                }
            } else if allowing.contains(name) {
                result.names.insert(name)
            } else {
                throw unsupported("'\(name)' here", modifier)
            }
        }
        for attribute in attributes {
            let name = attribute.as(AttributeSyntax.self)?.attributeName.trimmedDescription ?? ""
            if !Self.harmlessAttributes.contains(name) {
                throw unsupported("the attribute '\(attribute.trimmedDescription)'", attribute)
            }
        }
        return result
    }

    func declareProperties(
        _ syntax: VariableDeclSyntax, _ info: DeclaredTypeInfo, isExtension: Bool
    ) throws(ScriptError) {
        let modifiers = try self.modifiers(
            syntax.modifiers, syntax.attributes, allowing: ["static", "lazy"])
        let isConstant = syntax.bindingSpecifier.text == "let"
        let bindings = Array(syntax.bindings)
        for (index, binding) in bindings.enumerated() {
            guard let name = binding.pattern.as(IdentifierPatternSyntax.self)?.identifier.text
            else {
                throw error(.syntax, "a property has one name", binding.pattern)
            }
            let isTaken =
                modifiers.has("static")
                ? info.hasStatic(name)
                : info.type.fieldIndex(name) != nil || info.getters[name] != nil
            if isTaken {
                throw error(.name, "'\(name)' is declared twice in \(info.type.name)", binding)
            }
            if modifiers.isPrivate { info.privateNames.insert(name) }
            if modifiers.isSetterPrivate { info.privateSetters.insert(name) }
            // `var a, b: Int` gives the type of the last to all.
            let annotation =
                binding.typeAnnotation
                ?? (binding.initializer == nil
                    ? bindings[index...].first { $0.typeAnnotation != nil }?.typeAnnotation : nil)
            let type: ScriptType? =
                if let annotation { try self.type(annotation.type) } else { nil }
            try declareProperty(
                name, type, binding, info, modifiers, isConstant: isConstant,
                isExtension: isExtension)
        }
    }

    private func declareProperty(
        _ name: String, _ type: ScriptType?, _ binding: PatternBindingSyntax,
        _ info: DeclaredTypeInfo, _ modifiers: Modifiers, isConstant: Bool, isExtension: Bool
    ) throws(ScriptError) {
        let isStatic = modifiers.has("static")
        if let block = binding.accessorBlock, !isObserved(block) {
            guard let type else {
                throw error(
                    .syntax, "a computed property needs its type", binding.pattern,
                    suggestion: "write var \(name): Int { ... }")
            }
            if isConstant || modifiers.has("lazy") || binding.initializer != nil {
                throw error(
                    .syntax, "a computed property is a plain var without a value", binding)
            }
            try declareComputed(name, type, block, info, isStatic: isStatic)
            return
        }
        if !isStatic, isExtension || info.type.isEnumeration {
            throw error(
                .syntax,
                isExtension
                    ? "a stored property belongs into the struct itself"
                    : "an enum has no stored properties", binding,
                suggestion: "make it a computed property: var \(name): "
                    + "\(type?.description ?? "Int") { ... }")
        }
        if modifiers.has("lazy") {
            try declareLazy(name, type, binding, info)
        } else if isStatic {
            try declareStatic(name, type, binding, info, isConstant: isConstant)
        } else {
            try declareStored(name, type, binding, info, isConstant: isConstant)
        }
        if let block = binding.accessorBlock {
            if isConstant || modifiers.has("lazy") {
                throw error(.syntax, "only a plain var can be observed", block)
            }
            guard type != nil || binding.initializer != nil else {
                throw error(.syntax, "an observed property needs its type", binding)
            }
            try declareObservers(name, block, info, isStatic: isStatic)
        }
    }

    private func isObserved(_ block: AccessorBlockSyntax) -> Bool {
        guard case .accessors(let list) = block.accessors else { return false }
        return list.contains { ["willSet", "didSet"].contains($0.accessorSpecifier.text) }
    }

    // MARK: Stored properties

    private func declareStored(
        _ name: String, _ type: ScriptType?, _ binding: PatternBindingSyntax,
        _ info: DeclaredTypeInfo, isConstant: Bool
    ) throws(ScriptError) {
        var value: Expr?
        if let initializer = binding.initializer {
            let function = valueFunction(name, type ?? .any, info, binding)
            value = Expr(.call(function, []), type ?? .any, span(initializer.value))
            info.unchecked[name] = .init(
                syntax: initializer.value, function: function, type: type, kind: .stored)
        } else if let type {
            if case .optional = type, !isConstant {
                value = Expr(.constant(.none), type, span(binding))
            }
        } else {
            throw error(
                .syntax, "a property needs a type or a value", binding,
                suggestion: "write \(name): Int, or = and a value")
        }
        info.type.fields.append(
            DeclaredType.Field(
                name: name, type: type ?? .any, isConstant: isConstant, hasDefault: value != nil))
        info.fieldDefaults.append(value)
    }

    private func declareStatic(
        _ name: String, _ type: ScriptType?, _ binding: PatternBindingSyntax,
        _ info: DeclaredTypeInfo, isConstant: Bool
    ) throws(ScriptError) {
        guard let initializer = binding.initializer else {
            throw error(
                .syntax, "a static property needs a value", binding,
                suggestion: "write static var \(name)\(type.map { ": \($0)" } ?? "") = ...")
        }
        let function = valueFunction(name, .void, info, binding)
        info.unchecked[DeclaredTypeInfo.key(name, isStatic: true)] = .init(
            syntax: initializer.value, function: function, type: type, kind: .shared)
        if let type {
            info.statics[name] = staticGlobal(name, type, info, function, isConstant: isConstant)
        } else {
            // Its type is known when its value is; the placeholder only says that it is there.
            info.statics[name] = Global(name, .any, isConstant: isConstant)
        }
    }

    private func staticGlobal(
        _ name: String, _ type: ScriptType, _ info: DeclaredTypeInfo,
        _ function: FunctionDeclaration, isConstant: Bool
    ) -> Global {
        let global = Global("\(info.type.name).\(name)", type, isConstant: isConstant)
        global.initializer = function
        globals.append(global)
        return global
    }

    /// A function that gives a property its value.
    private func valueFunction(
        _ name: String, _ result: ScriptType, _ info: DeclaredTypeInfo, _ node: some SyntaxProtocol
    ) -> FunctionDeclaration {
        let context = FunctionContext(name: name, parent: nil, result: result)
        context.span = span(node)
        let function = FunctionDeclaration(name: name, context: context)
        function.owner = info
        function.result = result
        functions.append(function)
        return function
    }

    /// Checks the value of a property, which is done where its type is first asked for, and at the
    /// latest where its type is declared.
    func settle(_ name: String, of info: DeclaredTypeInfo, isStatic: Bool = false)
        throws(ScriptError)
    {
        let key = DeclaredTypeInfo.key(name, isStatic: isStatic)
        guard let value = info.unchecked[key] else { return }
        if value.isUnderWay {
            if value.type != nil { return }
            throw error(
                .type, "the type of '\(name)' depends on itself", value.syntax,
                suggestion: "write it: \(name): Int")
        }
        info.unchecked[key]?.isUnderWay = true
        let function = value.function
        try inType(info) { () throws(ScriptError) in
            try inContext(function.context, scope: memberScope(of: info, function.context)) {
                () throws(ScriptError) in
                if let own = function.context.selfVariable { scope.names["self"] = .variable(own) }
                try inFunction(function) { () throws(ScriptError) in
                    try settle(value, name, info)
                }
            }
        }
        let waiting = info.unchecked.removeValue(forKey: key)?.whenTyped ?? []
        for action in waiting { action(info.type(of: name, isStatic: isStatic)) }
    }

    private func settle(
        _ value: DeclaredTypeInfo.UncheckedValue, _ name: String, _ info: DeclaredTypeInfo
    ) throws(ScriptError) {
        let checked = try expression(value.syntax, expecting: value.type)
        let type = value.type ?? settled(checked.type)
        if value.type == nil { try requireTyped(checked, name, value.syntax) }
        let result = try coerce(checked, to: type, as: name)
        switch value.kind {
        case .shared: settleStatic(name, type, result, value, info)
        case .lazy: settleLazy(name, type, result, value, info)
        case .stored:
            value.function.context.result = type
            value.function.result = type
            value.function.context.body = [Stmt(.return(result), result.span)]
            guard let index = info.type.fieldIndex(name) else { return }
            info.type.fields[index].type = type
            info.fieldDefaults[index] =
                constantValue(result) != nil
                ? result : Expr(.call(value.function, []), type, result.span)
        }
    }

    private func settleStatic(
        _ name: String, _ type: ScriptType, _ result: Expr,
        _ value: DeclaredTypeInfo.UncheckedValue, _ info: DeclaredTypeInfo
    ) {
        if value.type == nil {
            let isConstant = info.statics[name]?.isConstant ?? true
            info.statics[name] = staticGlobal(
                name, type, info, value.function, isConstant: isConstant)
        }
        guard let global = info.statics[name] else { return }
        // What is written out needs no first use.
        if let constant = constantValue(result), constant.dynamicType == type {
            global.boxed.pointee = constant
            if let kind = RawKind(type), let raw = try? Machine.unbox(constant, kind) {
                global.raw.pointee = raw
            }
            global.isInitialized = true
            return
        }
        value.function.context.body = [
            Stmt(.declare(.global(global), result), result.span)
        ]
    }

    // MARK: Computed, lazy and observed properties

    private func declareComputed(
        _ name: String, _ type: ScriptType, _ block: AccessorBlockSyntax, _ info: DeclaredTypeInfo,
        isStatic: Bool
    ) throws(ScriptError) {
        let (getter, setter) = try accessors(name, type, block, info, isStatic: isStatic)
        guard let getter else {
            throw error(.syntax, "'\(name)' can be set, but has no get", block)
        }
        if isStatic {
            info.staticGetters[name] = getter
            info.staticSetters[name] = setter
        } else {
            info.getters[name] = getter
            info.setters[name] = setter
        }
    }

    /// The getter and the setter of a block.
    func accessors(
        _ name: String, _ type: ScriptType, _ block: AccessorBlockSyntax, _ info: DeclaredTypeInfo,
        isStatic: Bool, parameters: FunctionParameterClauseSyntax? = nil
    ) throws(ScriptError) -> (get: FunctionDeclaration?, set: FunctionDeclaration?) {
        guard case .accessors(let list) = block.accessors else {
            let getter = try accessor(
                name, type, info, isStatic: isStatic, parameters: parameters, block)
            headers[block.id] = getter
            return (getter, nil)
        }
        var getter: FunctionDeclaration?
        var setter: FunctionDeclaration?
        for entry in list {
            let isMutating = entry.modifier.map { $0.name.text == "mutating" }
            switch entry.accessorSpecifier.text {
            case "get":
                if let async = entry.effectSpecifiers?.asyncSpecifier {
                    throw unsupported("async", async)
                }
                let made = try accessor(
                    name, type, info, isMutating: isMutating, isStatic: isStatic,
                    parameters: parameters, entry)
                headers[entry.id] = made
                getter = made
            case "set":
                let made = try accessor(
                    name, type, info, value: entry.parameters?.name.text ?? "newValue",
                    isStatic: isStatic, parameters: parameters, entry)
                headers[entry.id] = made
                setter = made
            default:
                throw unsupported(
                    "'\(entry.accessorSpecifier.text)' here", entry, instead: "write get and set")
            }
        }
        return (getter, setter)
    }

    /// A lazy property is a computed one whose getter keeps what it computed, in a property that
    /// has the name Swift gives it.
    private func declareLazy(
        _ name: String, _ type: ScriptType?, _ binding: PatternBindingSyntax,
        _ info: DeclaredTypeInfo
    ) throws(ScriptError) {
        guard let initializer = binding.initializer else {
            throw error(.syntax, "a lazy property needs a value", binding)
        }
        let getter = try accessor(name, type ?? .any, info, isMutating: true, binding)
        let setter = try accessor(name, type ?? .any, info, value: "newValue", binding)
        info.getters[name] = getter
        info.setters[name] = setter
        info.unchecked[name] = .init(
            syntax: initializer.value, function: getter, type: type, kind: .lazy)
        let stored = ScriptType.optional(type ?? .any)
        info.type.fields.append(
            DeclaredType.Field(
                name: DeclaredType.Field.lazyPrefix + name, type: stored, isConstant: false,
                hasDefault: true))
        info.fieldDefaults.append(Expr(.constant(.none), stored, span(binding)))
    }

    private func settleLazy(
        _ name: String, _ type: ScriptType, _ result: Expr,
        _ value: DeclaredTypeInfo.UncheckedValue, _ info: DeclaredTypeInfo
    ) {
        guard let setter = info.setters[name], let new = setter.context.parameters.last,
            let index = info.type.fieldIndex(DeclaredType.Field.lazyPrefix + name),
            let own = value.function.context.selfVariable,
            let setterSelf = setter.context.selfVariable
        else { return }
        let place = result.span
        let stored = ScriptType.optional(type)
        info.type.fields[index].type = stored
        (value.function.result, value.function.context.result) = (type, type)
        setter.takeValue(of: type)
        func keep(_ variable: Variable, in own: Variable) -> Stmt {
            let some = Expr(.wrap(boxed(Expr(.local(variable), type, place))), stored, place)
            let target = Place(.local(own), steps: [.field(index)], type: stored, span: place)
            return Stmt(.expression(Expr(.assign(target, some), .void, place)), place)
        }
        func holder(_ name: String) -> Variable {
            Variable(name, type, isConstant: true, in: value.function.context, span: place)
        }
        let (kept, computed) = (holder("kept"), holder("computed"))
        let held = Expr(.field(Expr(.local(own), own.type, place), index), stored, place)
        setter.context.body = [keep(new, in: setterSelf)]
        value.function.context.body = [
            Stmt(
                .if(
                    [.bind(.bind(.local(kept)), held)],
                    [Stmt(.return(Expr(.local(kept), type, place)), place)], []), place),
            Stmt(.declare(.local(computed), result), place),
            keep(computed, in: own),
            Stmt(.return(Expr(.local(computed), type, place)), place),
        ]
    }

    /// An observed property is stored, and set by a function that calls its observers around the
    /// change.
    private func declareObservers(
        _ name: String, _ block: AccessorBlockSyntax, _ info: DeclaredTypeInfo, isStatic: Bool
    ) throws(ScriptError) {
        guard case .accessors(let list) = block.accessors else { return }
        let key = DeclaredTypeInfo.key(name, isStatic: isStatic)
        let type =
            info.unchecked[key].map { $0.type ?? .any } ?? info.type(of: name, isStatic: isStatic)
        var observers: [String: FunctionDeclaration] = [:]
        var readsOld = false
        for entry in list {
            let kind = entry.accessorSpecifier.text
            guard ["willSet", "didSet"].contains(kind), observers[kind] == nil else {
                throw error(
                    .syntax, "an observed property has one willSet and one didSet", entry)
            }
            let value = entry.parameters?.name.text ?? (kind == "willSet" ? "newValue" : "oldValue")
            let made = try accessor(name, type, info, value: value, isStatic: isStatic, entry)
            made.context.quietProperties = [name]
            headers[entry.id] = made
            observers[kind] = made
            readsOld =
                readsOld || kind == "willSet" || entry.parameters != nil
                || entry.tokens(viewMode: .sourceAccurate).contains { $0.text == "oldValue" }
        }
        let setter = try accessor(
            name, type, info, value: "newValue", isStatic: isStatic, block)
        let getter =
            isStatic ? try accessor(name, type, info, isStatic: true, block) : nil
        setter.context.quietProperties = [name]
        if isStatic {
            (info.staticGetters[name], info.staticSetters[name]) = (getter, setter)
        } else {
            info.setters[name] = setter
        }
        let complete = { (type: ScriptType) in
            if !isStatic, let index = info.type.fieldIndex(name) {
                info.type.fields[index].changesInPlace = !readsOld && !type.isRaw
            }
            for function in observers.values { function.takeValue(of: type) }
            setter.takeValue(of: type)
            Checker.fill(
                setter, getter, of: info, name, type, will: observers["willSet"],
                did: observers["didSet"])
        }
        if let value = info.unchecked[key], value.type == nil {
            info.unchecked[key]?.whenTyped.append(complete)
        } else {
            complete(type)
        }
    }

    /// Writes the body of an observed property's setter: the observers around the assignment.
    private static func fill(
        _ setter: FunctionDeclaration, _ getter: FunctionDeclaration?, of info: DeclaredTypeInfo,
        _ name: String, _ type: ScriptType, will: FunctionDeclaration?, did: FunctionDeclaration?
    ) {
        let span = setter.context.span
        let own = setter.context.selfVariable
        let target: Place
        let current: Expr
        if let own, let index = info.type.fieldIndex(name) {
            target = Place(.local(own), steps: [.field(index)], type: type, span: span)
            current = Expr(.field(Expr(.local(own), own.type, span), index), type, span)
        } else if let global = info.statics[name] {
            target = Place(.global(global), type: type, span: span)
            current = Expr(.global(global), type, span)
            if let getter {
                (getter.result, getter.context.result) = (type, type)
                getter.context.body = [Stmt(.return(current), span)]
            }
        } else {
            return
        }
        setter.observe(target, current, will: will, did: did, own: own)
    }
}

extension FunctionDeclaration {
    /// Gives the value that a setter or observer takes its type.
    fileprivate func takeValue(of type: ScriptType) {
        guard let variable = context.parameters.last, let parameter = parameters.last else {
            return
        }
        variable.type = type
        parameters = [Parameter(name: parameter.name, label: nil, type: type)]
    }
}

extension DeclaredTypeInfo {
    /// What a property's unchecked value is filed under.
    static func key(_ name: String, isStatic: Bool) -> String {
        isStatic ? "static \(name)" : name
    }

    fileprivate func type(of name: String, isStatic: Bool) -> ScriptType {
        if isStatic { return members.statics[name]?.type ?? .any }
        if let index = type.fieldIndex(name) { return type.fields[index].type }
        return members.getters[name]?.result ?? .any
    }
}
