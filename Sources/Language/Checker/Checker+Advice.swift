import SwiftSyntax

/// What to say of names that nothing has.
extension Checker {
    func unknownName(_ name: String, _ node: some SyntaxProtocol) -> ScriptError {
        if let found = chainHint(name, Syntax(node)) {
            let advice = filled(found.advice, for: found.node)
            return error(
                .name, "there is no '\(found.path)' here", found.node, suggestion: "use \(advice)")
        }
        if let first = name.first, "“”‘’„".contains(first) {
            return error(
                .syntax, "\(first) is a typographic quote, as word processors write them", node,
                suggestion: "write \"\(name.filter { !"“”‘’„".contains($0) })\"")
        }
        if name == "self" {
            return error(
                .name, "'self' belongs inside a method of a struct or an enum", node,
                suggestion: "leave 'self.' out here")
        }
        if let told = Self.missingResult(name) { return error(.name, told, node) }
        let message = "there is no '\(name)' here"
        if let advice = library.hints[name] ?? Habits.names[name] {
            return error(
                .name, message, node, suggestion: "use \(filled(advice, for: Syntax(node)))")
        }
        if let advice = assignmentAdvice(name, Syntax(node)) {
            return error(.name, message, node, suggestion: advice)
        }
        if let advice = caseAdvice(name, Syntax(node)) {
            return error(.name, message, node, suggestion: advice)
        }
        if let note = elsewhere(name, Syntax(node)) {
            return error(.name, message, node, notes: [note])
        }
        if let method = methodOfArgument(name, Syntax(node)) {
            return error(.name, message, node, suggestion: "write \(method)")
        }
        var known = scope.allNames + interpreter.symbols.keys
        known += library.functions.keys
        known += library.constants.keys
        known += library.types.keys
        known += library.initializers.keys
        if let own = ownSelf, let info = info(own.type) { known += info.memberNames }
        let close = Spelling.closest(to: name, in: known)
        if close == nil, name.hasPrefix("$") {
            return error(.name, "'\(name)' belongs inside a closure without named parameters", node)
        }
        if close == nil, let cell = interpreter.lostNames[name] {
            return error(
                .name, message, node, suggestion: "mend \(cell) and run it first",
                notes: ["\(cell) failed before it gave '\(name)' a value"])
        }
        return error(.name, message, node, suggestion: close.map { "did you mean \($0)?" })
    }

    /// The case of an enum without its dot, or a name given to a caught error.
    private func caseAdvice(_ name: String, _ node: Syntax) -> String? {
        var current = node.parent
        while let next = current, !next.is(CodeBlockItemSyntax.self) {
            if next.is(CatchItemSyntax.self) {
                return "write catch { ... }: the error is called 'error' there"
            }
            current = next.parent
        }
        let isCase = interpreter.declaredTypes.values.contains { info in
            info.type.cases.contains { $0.name == name }
        }
        return isCase && lookup(name) == nil ? "write .\(name)" : nil
    }

    /// `x = 5` where there is no `x` yet.
    private func assignmentAdvice(_ name: String, _ node: Syntax) -> String? {
        guard let sequence = node.parent?.parent?.as(SequenceExprSyntax.self),
            let elements = node.parent?.as(ExprListSyntax.self), elements.first?.id == node.id,
            let second = elements.dropFirst().first
        else { return nil }
        if second.is(AssignmentExprSyntax.self) {
            let value = elements.dropFirst(2).map(\.trimmedDescription).joined(separator: " ")
            if sequence.parent?.is(LabeledExprSyntax.self) == true { return nil }
            let shown = value.count <= 40 && !value.contains("\n") ? value : "..."
            return "write let \(name) = \(shown), or var where it changes later"
        }
        if let sign = second.as(BinaryOperatorExprSyntax.self)?.operator.text, sign.hasSuffix("="),
            Precedence.of(sign)?.level == Precedence.assignment
        {
            return "declare it first: var \(name) = 0"
        }
        return nil
    }

    /// Where the cell declares a name that is not in scope at a place.
    private func elsewhere(_ name: String, _ node: Syntax) -> String? {
        let here = node.positionAfterSkippingLeadingTrivia.utf8Offset
        var before: Int?
        var after: Int?
        var pending = [node.root]
        while let next = pending.popLast() {
            if let pattern = next.as(IdentifierPatternSyntax.self), pattern.identifier.text == name
            {
                let place = pattern.positionAfterSkippingLeadingTrivia.utf8Offset
                if place > here { after = min(after ?? place, place) } else { before = place }
            }
            pending.append(contentsOf: next.children(viewMode: .sourceAccurate))
        }
        func line(_ offset: Int) -> Int { source.location(offset, length: 1).line }
        if let before {
            return "'\(name)' of line \(line(before)) ends with the block it is declared in: "
                + "declare it before that block"
        }
        return after.map { "'\(name)' is declared only later, in line \(line($0))" }
    }

    /// The method of its first argument that a function of this name would be: `a.mean()`.
    private func methodOfArgument(_ name: String, _ node: Syntax) -> String? {
        guard let call = node.parent?.as(FunctionCallExprSyntax.self),
            call.calledExpression.id == node.id
        else { return nil }
        return method(name, of: call)
    }

    func method(_ name: String, of call: FunctionCallExprSyntax) -> String? {
        guard let first = call.arguments.first, first.label == nil,
            let value = try? argument(first.expression)
        else { return nil }
        let type = value.type
        let rest = call.arguments.dropFirst().map(\.trimmedDescription).joined(separator: ", ")
        let text = ForeignLine(first.expression.trimmedDescription)
        guard text.pieces.count <= 12, !text.pieces.isEmpty else { return nil }
        let isOneValue = text.valueEnd(startingAt: 0) == text.pieces.count - 1
        let base = isOneValue ? text.text : "(\(text.text))"
        if memberNames(of: type).contains(name) {
            let row = library.member(name, of: type.memberTable)?.first
            if case .property? = row?.kind { return "\(base).\(name)" }
            return "\(base).\(name)(\(rest))"
        }
        if let hint = library.hints["\(type.memberTable).\(name)"] {
            var written = arguments(of: call)
            if !written.isEmpty { written.removeFirst() }
            return "\(base).\(filled(hint, written))"
        }
        return nil
    }

    // MARK: Names of other libraries

    /// What to write for `torch.zeros`, where `torch` is unknown: the longest path that has a hint.
    private func chainHint(_ name: String, _ node: Syntax) -> (
        path: String, advice: String, node: Syntax
    )? {
        var path = [name]
        var nodes = [node]
        while let current = nodes.last,
            let member = current.parent?.as(MemberAccessExprSyntax.self),
            member.base?.id == current.id
        {
            path.append(member.declName.baseName.text)
            nodes.append(Syntax(member))
        }
        for end in path.indices.reversed() where end > 0 {
            for start in 0..<end {
                if let advice = library.hints[path[start...end].joined(separator: ".")] {
                    return (path[...end].joined(separator: "."), advice, nodes[end])
                }
            }
        }
        // `cv2.imread(path)`, where the name alone has a hint.
        if path.count > 1, library.hints[name] != nil, let last = path.last, let whole = nodes.last,
            let advice = library.hints[last]
        {
            return (path.joined(separator: "."), advice, whole)
        }
        // `np.mean(a)`, where tensors have the function as a method.
        guard path.count > 1, library.hints[name] != nil, let last = path.last,
            let whole = nodes.last,
            let call = whole.parent?.as(FunctionCallExprSyntax.self),
            call.calledExpression.id == whole.id
        else { return nil }
        let method =
            self.method(last, of: call)
            ?? tensorMethod(last, call)
        return method.map { (path.joined(separator: "."), $0, whole) }
    }

    /// A module's function as a method of a tensor made from its first argument.
    private func tensorMethod(_ name: String, _ call: FunctionCallExprSyntax) -> String? {
        guard let first = call.arguments.first, first.label == nil else { return nil }
        let text = first.expression.trimmedDescription
        guard text.count <= 40, !text.contains("\n") else { return nil }
        var isArray = first.expression.is(ArrayExprSyntax.self)
        if case .array? = (try? argument(first.expression))?.type { isArray = true }
        let base = isArray ? "Tensor(\(text))" : text
        if library.member(name, of: "Tensor") != nil { return "\(base).\(name)()" }
        return library.hints["Tensor.\(name)"].map { "\(base).\($0)" }
    }

    // MARK: Hints with what was written

    /// A hint's example with the arguments of the call that a name or member stands in.
    func filled(_ hint: String, for node: Syntax) -> String {
        var callee = node
        while let parent = callee.parent {
            if let call = parent.as(FunctionCallExprSyntax.self),
                call.calledExpression.id == callee.id
            {
                return filled(hint, arguments(of: call))
            }
            let isName =
                parent.as(MemberAccessExprSyntax.self)?.declName.id == callee.id
                && callee.is(DeclReferenceExprSyntax.self)
            guard isName else { return hint }
            callee = parent
        }
        return hint
    }

    private func filled(_ hint: String, _ arguments: [HintExample.Argument]) -> String {
        guard !arguments.isEmpty, let example = HintExample(hint) else { return hint }
        let rows =
            (library.functions[example.name] ?? []) + (library.initializers[example.name] ?? [])
        return example.filled(
            with: arguments,
            label: { theirs in
                let ours = library.hints["\(theirs):"] ?? Habits.labels[theirs].map { "\($0):" }
                guard let ours, ours.hasSuffix(":"), !ours.contains(" ") else { return nil }
                return String(ours.dropLast())
            },
            accepts: { label in rows.contains { $0.parameters.contains { $0.label == label } } })
    }

    /// The arguments of a call as texts; `dim=1` counts as labelled.
    private func arguments(of call: FunctionCallExprSyntax) -> [HintExample.Argument] {
        guard call.trailingClosure == nil else { return [] }
        return call.arguments.map { argument in
            if let (name, value) = assigned(argument.expression) {
                return .init(
                    label: name, text: value.map(\.trimmedDescription).joined(separator: " "))
            }
            return .init(
                label: argument.label?.text, text: argument.expression.trimmedDescription)
        }
    }

    /// `name = value` among the arguments of a call, as Python labels them.
    private func assigned(_ syntax: ExprSyntax) -> (String, [ExprSyntax])? {
        guard let sequence = syntax.as(SequenceExprSyntax.self), sequence.elements.count > 2,
            let name = sequence.elements.first?.as(DeclReferenceExprSyntax.self),
            sequence.elements.dropFirst().first?.is(AssignmentExprSyntax.self) == true
        else { return nil }
        return (name.baseName.text, Array(sequence.elements.dropFirst(2)))
    }

    /// Refuses `f(x=3)`.
    func refuseAssignedArguments(_ call: FunctionCallExprSyntax) throws(ScriptError) {
        var root = call.calledExpression
        while let member = root.as(MemberAccessExprSyntax.self), let base = member.base {
            root = base
        }
        if let name = root.as(DeclReferenceExprSyntax.self)?.baseName.text, lookup(name) == nil,
            library.hints[name] != nil
        {
            // The name is answered first, with the whole call.
            return
        }
        for argument in call.arguments {
            guard let (name, _) = assigned(argument.expression) else { continue }
            var line = ForeignLine(call.trimmedDescription)
            line.rewrite(with: ForeignLine.Surroundings(isKnown: { _ in true }))
            let isShort = line.text.count <= 90 && !call.trimmedDescription.contains("\n")
            throw error(
                .syntax, "an argument's label ends with ':', not with '='", argument,
                suggestion: "write "
                    + (isShort ? line.text : "\(Habits.labels[name] ?? name): value"))
        }
    }

    /// What to write where a function stands in place of what it gives.
    func callHint(_ expression: Expr) -> String? {
        guard case .function(let parameters, let result) = expression.type, result != .void else {
            return nil
        }
        let text = sourceText(expression.span)
        guard text.count <= 40, !text.contains("\n") else { return nil }
        switch expression.kind {
        case .dynamicMember, .function, .local, .global: break
        default: return nil
        }
        let isPlain =
            parameters.isEmpty
            || ["sorted", "min", "max", "sum", "mean"].contains { text.hasSuffix(".\($0)") }
        return "call it: \(text)(\(isPlain ? "" : "..."))"
    }
}
