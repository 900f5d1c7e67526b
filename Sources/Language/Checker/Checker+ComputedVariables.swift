import SwiftSyntax

/// Variables of a cell that are computed, or observed: behind both stand a function that gives the
/// value and one that sets it.
extension Checker {
    func computedVariable(
        _ binding: PatternBindingSyntax, _ block: AccessorBlockSyntax, _ type: ScriptType?,
        isConstant: Bool
    ) throws(ScriptError) -> [Stmt] {
        guard isTopLevel else {
            throw unsupported(
                "a computed or observed variable inside a function or block", block,
                instead: "write a function, or declare it outside")
        }
        guard let name = binding.pattern.as(IdentifierPatternSyntax.self)?.identifier else {
            throw error(.syntax, "a computed variable has one name", binding.pattern)
        }
        if isConstant {
            throw error(
                .syntax, "a computed or observed variable is declared with var", binding,
                suggestion: "write var \(name.text)")
        }
        if declared[name.plainText] != nil {
            throw error(.name, "'\(name.text)' is declared twice in this cell", name)
        }
        if case .accessors(let list) = block.accessors,
            list.contains(where: { Self.observers.contains($0.accessorSpecifier.text) })
        {
            return try observedVariable(name.plainText, list, type, binding)
        }
        guard let type, binding.initializer == nil else {
            throw error(
                .syntax, "a computed variable needs its type, and has no value of its own", binding,
                suggestion: "write var \(name.text): \(type.map(\.description) ?? "Int") { ... }")
        }
        try declareComputed(name.plainText, type, block)
        return []
    }

    private static let observers = ["willSet", "didSet"]

    private func declareComputed(
        _ name: String, _ type: ScriptType, _ block: AccessorBlockSyntax
    ) throws(ScriptError) {
        var setter: FunctionDeclaration?
        var body: CodeBlockItemListSyntax?
        switch block.accessors {
        case .getter(let items): body = items
        case .accessors(let list):
            for entry in list {
                switch entry.accessorSpecifier.text {
                case "get": body = entry.body?.statements
                case "set":
                    let made = accessor(
                        name, type, taking: entry.parameters?.name.plainText ?? "newValue", entry)
                    check(later: entry.body?.statements, of: made, in: scope)
                    setter = made
                default: throw unsupported("'\(entry.accessorSpecifier.text)' here", entry)
                }
            }
        }
        guard let body else {
            throw error(.syntax, "'\(name)' can be set, but has no get", block)
        }
        let getter = accessor(name, type, block)
        getter.setter = setter
        check(later: body, of: getter, in: scope)
        publish(getter)
    }

    /// A variable whose setter calls the observers around the change.
    private func observedVariable(
        _ name: String, _ list: AccessorDeclListSyntax, _ type: ScriptType?,
        _ binding: PatternBindingSyntax
    ) throws(ScriptError) -> [Stmt] {
        guard let initializer = binding.initializer else {
            throw error(
                .syntax, "an observed variable needs a value", binding,
                suggestion: "write var \(name)\(type.map { ": \($0)" } ?? "") = ... { ... }")
        }
        var value = try expression(initializer.value, expecting: type)
        if let type {
            value = try coerce(value, to: type, as: name)
        } else {
            try requireTyped(value, name, initializer.value)
        }
        let kept = Global(name, type ?? settled(value.type), isConstant: false)
        kept.cell = source.cell
        globals.append(kept)
        // In its observers the name stands for what is kept, so that they do not call themselves.
        let inside = Scope(parent: scope, context: context)
        inside.names[name] = .global(kept)
        var observers: [String: FunctionDeclaration] = [:]
        for entry in list {
            let kind = entry.accessorSpecifier.text
            guard Self.observers.contains(kind), observers[kind] == nil else {
                throw error(
                    .syntax, "an observed variable has one willSet and one didSet", entry)
            }
            let made = accessor(
                name, kept.type,
                taking: entry.parameters?.name.plainText
                    ?? (kind == "willSet" ? "newValue" : "oldValue"), entry)
            check(later: entry.body?.statements, of: made, in: inside)
            observers[kind] = made
        }
        let getter = accessor(name, kept.type, binding)
        let setter = accessor(name, kept.type, taking: "newValue", binding)
        getter.setter = setter
        let current = Expr(.global(kept), kept.type, span(binding))
        getter.context.body = [Stmt(.return(current), current.span)]
        let target = Place(.global(kept), type: kept.type, span: current.span)
        setter.observe(
            target, current, will: observers["willSet"], did: observers["didSet"], own: nil)
        publish(getter)
        return [Stmt(.declare(.global(kept), value), span(binding))]
    }

    private func publish(_ getter: FunctionDeclaration) {
        declared[getter.name] = .computed(getter)
        scope.names[getter.name] = .computed(getter)
    }

    /// A function that gives a value of a type or, where it takes a value of a name, sets it.
    private func accessor(
        _ name: String, _ type: ScriptType, taking value: String? = nil, _ node: some SyntaxProtocol
    ) -> FunctionDeclaration {
        let result = value == nil ? type : .void
        let inner = FunctionContext(name: name, parent: context, result: result)
        inner.span = span(node)
        let function = FunctionDeclaration(name: name, context: inner)
        function.result = result
        function.isStatic = true
        function.isAccessor = true
        if let value {
            function.parameters = [Parameter(name: value, label: nil, type: type)]
            function.defaults = [nil]
            inner.parameters = [
                Variable(value, type, isConstant: true, in: inner, span: inner.span)
            ]
        }
        functions.append(function)
        return function
    }

    private func check(
        later items: CodeBlockItemListSyntax?, of function: FunctionDeclaration, in scope: Scope
    ) {
        guard let items else { return }
        pending.append(
            PendingBody(statements: items, declaration: function, scope: scope, owner: owner))
    }
}

extension FunctionDeclaration {
    /// Makes this the setter of what is observed: its body is the observers around the assignment.
    func observe(
        _ target: Place, _ current: Expr, will: FunctionDeclaration?, did: FunctionDeclaration?,
        own: Variable?
    ) {
        guard let new = context.parameters.last else { return }
        let (type, span) = (target.type, context.span)
        func call(_ observer: FunctionDeclaration, _ value: Expr) -> Stmt {
            var arguments = [CallArgument.value(value)]
            if let own {
                arguments.insert(.place(Place(.local(own), type: own.type, span: span)), at: 0)
            }
            let kind: Expr.Kind =
                own == nil ? .call(observer, [value]) : .callInOut(observer, arguments)
            return Stmt(.expression(Expr(kind, .void, span)), span)
        }
        let value = Expr(.local(new), type, span)
        let old = Variable("oldValue", type, isConstant: true, in: context, span: span)
        var body: [Stmt] = []
        if did != nil { body.append(Stmt(.declare(.local(old), current), span)) }
        if let will { body.append(call(will, value)) }
        body.append(Stmt(.expression(Expr(.assign(target, value), .void, span)), span))
        if let did { body.append(call(did, Expr(.local(old), type, span))) }
        context.body = body
    }
}
