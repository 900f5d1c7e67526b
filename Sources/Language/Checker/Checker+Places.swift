import SwiftSyntax

extension Checker {
    // MARK: Assignment

    func assignment(_ left: Folded, _ right: Folded, _ span: Span) throws(ScriptError) -> Expr {
        guard case .leaf(let target) = left else {
            throw error(.syntax, "this cannot be assigned to", span)
        }
        if target.is(DiscardAssignmentExprSyntax.self) {
            let value = try valueOf(right, nil, span)
            return Expr(.block([Stmt(.expression(value), span)], result: nil), .void, span)
        }
        if let tuple = target.as(TupleExprSyntax.self), tuple.elements.count > 1 {
            return try tupleAssignment(tuple, right, span)
        }
        let place = try assigned(target)
        let value = try coerce(
            try valueOf(right, place.type, span), to: place.type, as: sourceText(place.span))
        settle(place)
        let isChain = place.steps.contains { if case .chain = $0 { true } else { false } }
        sawChain = false
        let assign = Expr(.assign(place, value), .void, span)
        return isChain ? Expr(.chain(assign), .void, span) : assign
    }

    /// The place that an assignment changes; a name declared without a value has one from here on.
    private func assigned(_ target: ExprSyntax) throws(ScriptError) -> Place {
        isAssigning = target.is(DeclReferenceExprSyntax.self)
        defer { isAssigning = false }
        let place = try self.place(target)
        try requireMutable(place, "it is assigned to")
        return place
    }

    /// Notes that a place has got its value, after that was checked.
    private func settle(_ place: Place) {
        guard place.steps.isEmpty else { return }
        switch place.root {
        case .local(let variable): variable.isAssigned = true
        case .global(let global): global.isAssigned = true
        case .value: break
        }
    }

    private func valueOf(_ tree: Folded, _ expected: ScriptType?, _ span: Span) throws(ScriptError)
        -> Expr
    {
        switch tree {
        case .leaf(let syntax): return try expression(syntax, expecting: expected)
        default: return try checkFolded(tree, expected, span)
        }
    }

    private func tupleAssignment(_ tuple: TupleExprSyntax, _ right: Folded, _ span: Span)
        throws(ScriptError) -> Expr
    {
        var value = try valueOf(right, nil, span)
        guard case .tuple(let types, _) = value.type, types.count == tuple.elements.count else {
            throw error(
                .type, "expected a tuple of \(tuple.elements.count) values, got \(value.type)", span
            )
        }
        value = boxed(value)
        let holder = Variable("tuple", value.type, isConstant: true, in: context, span: span)
        var body = [Stmt(.declare(.local(holder), value), span)]
        for (index, element) in tuple.elements.enumerated() {
            if element.expression.is(DiscardAssignmentExprSyntax.self) { continue }
            let target = try assigned(element.expression)
            let part = unboxing(
                .tupleElement(Expr(.local(holder), value.type, span), index), types[index], span)
            settle(target)
            body.append(
                Stmt(
                    .expression(
                        Expr(.assign(target, try coerce(part, to: target.type)), .void, span)),
                    span))
        }
        return Expr(.block(body, result: nil), .void, span)
    }

    func compound(_ left: Folded, _ token: TokenSyntax, _ right: Folded, _ span: Span)
        throws(ScriptError) -> Expr
    {
        guard case .leaf(let target) = left else {
            throw error(.syntax, "this cannot be assigned to", span)
        }
        let place = try self.place(target)
        sawChain = false
        try requireMutable(place, "it is assigned to")
        let name = String(token.text.dropLast())
        let current = value(of: place)
        let operand = try valueOf(right, place.type.isRaw ? nil : place.type, span)
        if let own = try ownCompound(token, place, operand, span) { return own }
        // The type of the whole says whether the place can hold it.
        let combined = try binary(name, current, operand, token)
        guard let operation = BinaryOperator(name) else {
            throw error(.name, "there is no operator '\(token.text)'", token)
        }
        if !place.type.isUncertain, combined.type != place.type,
            isImpossible(combined.type, as: place.type)
                || combined.type == .double && place.type == .int
        {
            throw error(
                .type,
                "'\(token.text)' gives \(combined.type), but \(sourceText(place.span)) is \(place.type)",
                span)
        }
        let isChain = place.steps.contains { if case .chain = $0 { true } else { false } }
        func whole(_ change: Expr) -> Expr { isChain ? Expr(.chain(change), .void, span) : change }
        if case .binary(_, _, let converted) = combined.kind {
            return whole(Expr(.compound(place, operation, converted), .void, span))
        }
        // An operator of a script or of the library: read, apply, store.
        return whole(Expr(.assign(place, try coerce(combined, to: place.type)), .void, span))
    }

    /// Reading a place.
    func value(of place: Place) -> Expr {
        var result: Expr
        switch place.root {
        case .local(let variable): result = Expr(.local(variable), variable.type, place.span)
        case .global(let global): result = Expr(.global(global), global.type, place.span)
        case .value(let expression): result = expression
        }
        if place.steps.isEmpty { return result }
        return Expr(.readPlace(place), place.type, place.span)
    }

    /// Refuses a change of a constant.
    func requireMutable(_ place: Place, _ why: String) throws(ScriptError) {
        // A class of the host changes behind its constant.
        let changesHost = place.steps.contains {
            if case .property(let binding) = $0 { binding.setter != nil } else { false }
        }
        if changesHost { return }
        if let refusal = place.refusal {
            throw error(
                .type, refusal.message + ", but \(why)", place.span,
                suggestion: refusal.suggestion)
        }
        for step in place.steps {
            guard case .computed(let getter, nil, _) = step else { continue }
            throw error(
                .type,
                getter.name == "subscript"
                    ? "this subscript can only be read, but \(why)"
                    : "'\(getter.name)' can only be read, but \(why)", place.span,
                suggestion: "give it a setter: { get { ... } set { ... } }")
        }
        // What is static stands in no variable.
        if case .computed(let getter, _, _)? = place.steps.first, getter.isStatic { return }
        switch place.root {
        case .local(let variable):
            if !variable.isConstant || variable.isInOut { return }
            if variable.isDeferred, place.steps.isEmpty { return }
            if variable.name == "self" {
                throw error(
                    .type, "'self' cannot change in a method that is not mutating", place.span,
                    suggestion: currentFunction?.isAccessor == true
                        ? "do that in a mutating func"
                        : "write mutating func \(variable.context?.name ?? variable.name)")
            }
            throw error(
                .type, "'\(variable.name)' is a constant, but \(why)", place.span,
                suggestion: place.steps.isEmpty && isProperty(variable.name)
                    ? "write self.\(variable.name) = ..."
                    : variable.context?.parameters.contains { $0 === variable } == true
                        ? "copy it first: var \(variable.name) = \(variable.name)"
                        : "declare it with var \(variable.name)")
        case .global(let global):
            if !global.isConstant { return }
            if global.isDeferred, place.steps.isEmpty, !global.isInitialized { return }
            throw error(
                .type, "'\(global.name)' is a constant, but \(why)", place.span,
                suggestion: "declare it with var \(global.name)")
        case .value(let value):
            throw error(
                .type, unchangeable(value, place), place.span,
                suggestion: why.hasSuffix("changes it") && sourceText(place.span).count <= 30
                    ? "put it into a variable first: var values = \(sourceText(place.span))" : nil)
        }
    }

    /// Whether the type around has a property of a name, which a parameter hides.
    private func isProperty(_ name: String) -> Bool {
        ownSelf.flatMap { info($0.type) }?.type.fieldIndex(name) != nil
    }

    /// Why a value that is no variable's cannot change.
    private func unchangeable(_ value: Expr, _ place: Place) -> String {
        var kind = value.kind
        if case .convert(let inner) = kind { kind = inner.kind }
        switch kind {
        case .callNative(let row, _):
            if case .property = row.kind {
                return "'\(row.name)' of \(row.owner ?? "this") is read only"
            }
        case .constant(.void):
            return "'\(sourceText(place.span))' cannot change: its type declares it with let"
        case .call(let function, _) where function.owner?.getters[function.name] === function:
            return "'\(function.name)' is computed and has no setter"
        default: break
        }
        return "a value that stands in no variable cannot change"
    }

    // MARK: Places

    /// The place that an expression names.
    func place(_ syntax: ExprSyntax) throws(ScriptError) -> Place {
        try guardDepth(syntax)
        switch syntax.as(ExprSyntaxEnum.self) {
        case .declReferenceExpr(let name):
            return place(of: try self.name(name.baseName.plainText, name))
        case .memberAccessExpr(let member):
            guard let baseSyntax = member.base else { break }
            if try typeExpression(baseSyntax) != nil { return place(of: try expression(syntax)) }
            return try memberPlace(try place(baseSyntax), member)
        case .subscriptCallExpr(let access): return try subscriptPlace(access)
        case .forceUnwrapExpr(let unwrap):
            let inner = try place(unwrap.expression)
            return inner.appending(.unwrap, type: unwrapped(inner.type), span: span(syntax))
        case .optionalChainingExpr(let chaining):
            let inner = try place(chaining.expression)
            sawChain = true
            return inner.appending(.chain, type: unwrapped(inner.type), span: span(syntax))
        case .tupleExpr(let tuple) where tuple.elements.count == 1:
            if let only = tuple.elements.first { return try place(only.expression) }
        default: break
        }
        return place(of: try expression(syntax))
    }

    func place(of expression: Expr) -> Place {
        switch expression.kind {
        case .local(let variable):
            return Place(.local(variable), type: variable.type, span: expression.span)
        case .global(let global):
            return Place(.global(global), type: global.type, span: expression.span)
        case .field(let base, let index):
            guard let info = info(base.type) else { break }
            return fieldPlace(index, of: place(of: base), info, expression.span)
        case .call(let getter, let arguments)
        where getter.owner?.getters[getter.name] === getter && arguments.count == 1:
            return place(of: arguments[0]).appending(
                .computed(getter, getter.owner?.setters[getter.name], []), type: expression.type,
                span: expression.span)
        case .call(let getter, let arguments) where getter.isStatic && getter.isAccessor:
            let owner = getter.owner
            let setter =
                getter.name == "subscript"
                ? owner?.staticSubscripts.first { $0.get === getter }?.set
                : getter.setter ?? owner?.staticSetters[getter.name]
            return Place(
                .value(Expr(.constant(.void), .void, expression.span)),
                type: expression.type, span: expression.span
            ).appending(
                .computed(getter, setter, arguments), type: expression.type, span: expression.span)
        case .callInOut(let getter, let arguments)
        where getter.isAccessor && arguments.count == 1:
            guard case .place(let base) = arguments[0] else { break }
            return base.appending(
                .computed(getter, getter.owner?.setters[getter.name], []), type: expression.type,
                span: expression.span)
        case .element(let base, let index):
            return place(of: base).appending(
                .element(index), type: expression.type, span: expression.span)
        case .tupleElement(let base, let index):
            return place(of: base).appending(
                .tupleElement(index), type: expression.type, span: expression.span)
        case .unwrap(let base):
            return place(of: base).appending(
                .unwrap, type: expression.type, span: expression.span)
        case .chainLink(let base):
            return place(of: base).appending(
                .chain, type: expression.type, span: expression.span)
        default: break
        }
        return Place(.value(boxed(expression)), type: expression.type, span: expression.span)
    }

    private func memberPlace(_ base: Place, _ syntax: MemberAccessExprSyntax) throws(ScriptError)
        -> Place
    {
        let name = syntax.declName.baseName.text
        let place = span(syntax)
        switch base.type {
        case .any, .oneOf, .variable: return base.appending(.dynamic(name), type: .any, span: place)
        case .tuple(let types, let labels):
            if let index = Int(name) ?? labels.firstIndex(of: name), types.indices.contains(index) {
                return base.appending(.tupleElement(index), type: types[index], span: place)
            }
        case .declared:
            guard let info = info(base.type) else { break }
            try settle(name, of: info)
            try requireAccess(name, info, syntax.declName)
            if let index = info.type.fieldIndex(name) {
                return fieldPlace(index, of: base, info, place)
            }
            if let getter = info.getters[name] {
                return base.appending(
                    .computed(getter, info.setters[name], []), type: getter.result, span: place)
            }
        default: break
        }
        if let row = rows(name, of: base.type)?.first {
            let type = settled(substitute(row.result, receiverSolution(base.type)))
            if row.setter != nil { return base.appending(.property(row), type: type, span: place) }
            return Place(
                .value(try memberOf(value(of: base), name, syntax.declName)), type: type,
                span: place)
        }
        throw unknownMember(name, of: value(of: base), syntax.declName)
    }

    /// The place of a stored property.
    private func fieldPlace(
        _ index: Int, of base: Place, _ info: DeclaredTypeInfo, _ span: Span
    ) -> Place {
        let field = info.type.fields[index]
        let name = field.name
        let isOwn: Bool =
            if case .local(let own) = base.root {
                own === context.selfVariable && base.steps.isEmpty
            } else {
                false
            }
        let isQuiet = isOwn && context.quietProperties.contains(name)
        let place =
            if let setter = info.setters[name], !isQuiet {
                base.appending(
                    .observed(index, setter, inPlace: field.changesInPlace), type: field.type,
                    span: span)
            } else { base.appending(.field(index), type: field.type, span: span) }
        if info.privateSetters.contains(name), !isInside(info) {
            place.refusal = ("'\(name)' can only be set inside \(info.type.name)", nil)
        }
        if field.isConstant, !(isOwn && context.isInitializer) {
            place.refusal = (
                "'\(name)' is a constant of \(info.type.name)", "declare it with var \(name)"
            )
        }
        return place
    }

    // MARK: Subscripts

    func `subscript`(_ syntax: SubscriptCallExprSyntax) throws(ScriptError) -> Expr {
        if let type = try typeExpression(syntax.calledExpression) {
            if let info = info(type), !info.staticSubscripts.isEmpty {
                let place = span(syntax)
                let arguments = written(
                    syntax.arguments, syntax.trailingClosure, syntax.additionalTrailingClosures)
                let (chosen, values) = try scriptSubscript(
                    info.staticSubscripts, arguments, place)
                return Expr(.call(chosen.get, values), chosen.get.result, place)
            }
            let takesBlock = library.initializers[type.memberTable]?.contains { row in
                row.parameters.first?.style == .builder
            }
            throw error(
                .type, "\(type) is a type and has no elements", syntax,
                suggestion: takesBlock == true
                    ? "put them into braces: \(type) { ... }" : "an empty array is [\(type)]()")
        }
        let base = try self.base(syntax.calledExpression)
        return try element(of: base, syntax)
    }

    private func element(of base: Expr, _ syntax: SubscriptCallExprSyntax) throws(ScriptError)
        -> Expr
    {
        let arguments = written(
            syntax.arguments, syntax.trailingClosure, syntax.additionalTrailingClosures)
        let place = span(syntax)
        switch base.type {
        case .array(let element) where arguments.count == 1:
            let index = try argument(arguments[0].syntax, expecting: .int)
            switch index.type {
            case .int: return Expr(.element(base, index), element, place)
            case .any:
                return Expr(
                    .lookup(base, [.init(label: nil, value: index)]), .any, place)
            case .range:
                return Expr(
                    .lookup(base, [.init(label: nil, value: boxed(index))]), .slice(element), place)
            default:
                throw error(
                    .type, "an array is indexed by Int, got \(index.type)", arguments[0].syntax)
            }
        case .generic("ArraySlice", let types) where arguments.count == 1:
            let index = try argument(arguments[0].syntax, expecting: .int)
            var type = types[0]
            if case .range = index.type {
                type = base.type
            } else if isImpossible(index.type, as: .int) {
                throw error(
                    .type, "a slice is indexed by Int, got \(index.type)", arguments[0].syntax)
            }
            return unboxing(
                .lookup(base, [.init(label: nil, value: boxed(index))]), type, place)
        case .string, .named("Substring"):
            return try characters(of: base, arguments, syntax)
        case .dictionary(let key, let value):
            guard let first = arguments.first else { break }
            let index = boxed(
                try coerce(try argument(first.syntax, expecting: key), to: key, as: "key"))
            if arguments.count == 2, arguments[1].label == "default" {
                let fallback = boxed(
                    try coerce(
                        try argument(arguments[1].syntax, expecting: value), to: value,
                        as: "default"))
                return unboxing(
                    .lookup(
                        base,
                        [.init(label: nil, value: index), .init(label: "default", value: fallback)]),
                    value, place)
            }
            return Expr(
                .lookup(base, [.init(label: nil, value: index)]), .optional(value), place)
        case .declared:
            guard let info = info(base.type), !info.subscripts.isEmpty else { break }
            let (chosen, values) = try scriptSubscript(info.subscripts, arguments, place)
            if chosen.get.isMutating {
                let target = self.place(of: base)
                try requireMutable(target, "reading this element changes it")
                return Expr(
                    .callInOut(chosen.get, [.place(target)] + values.map { .value($0) }),
                    chosen.get.result, place)
            }
            return Expr(.call(chosen.get, [base] + values), chosen.get.result, place)
        case .any, .oneOf, .variable:
            var values: [Expr.Argument] = []
            for argument in arguments {
                values.append(
                    .init(label: argument.label, value: boxed(try self.argument(argument.syntax))))
            }
            return Expr(.lookup(boxed(base), values), .any, place)
        case .optional:
            throw error(
                .type, "this is \(base.type), which may be nil: [ ] needs the value inside", syntax,
                suggestion: "write \(sourceText(base.span))?[...], or unwrap it with if let")
        case .tuple:
            throw error(
                .type, "a tuple has no [ ]", syntax,
                suggestion: "write .0, .1 ... for its elements")
        default: break
        }
        if let rows = rows("subscript", of: base.type) {
            return try callRow(rows, base, arguments, "subscript", place)
        }
        throw error(.type, "\(base.type) has no [ ]", syntax, suggestion: callHint(base))
    }

    /// A character or a part of a text, by its indices.
    private func characters(
        of base: Expr, _ arguments: [WrittenArgument], _ syntax: SubscriptCallExprSyntax
    ) throws(ScriptError) -> Expr {
        guard let only = arguments.first, arguments.count == 1 else {
            throw error(.argument, "a text is indexed by one String.Index", syntax)
        }
        let index = try argument(only.syntax)
        let type: ScriptType
        switch index.type {
        case .stringIndex: type = .character
        case .range(.stringIndex), .range(.any): type = .substring
        case .any: type = .any
        default:
            throw error(
                .type, "a String has no [ ] with \(index.type)", syntax,
                suggestion:
                    "write Array(\(sourceText(base.span)))[\(syntax.arguments.trimmedDescription)], "
                    + "or prefix(n) for its beginning")
        }
        return Expr(
            .lookup(base, [.init(label: nil, value: boxed(index))]), type, span(syntax))
    }

    private func scriptSubscript(
        _ candidates: [DeclaredTypeInfo.Subscript], _ arguments: [WrittenArgument], _ place: Span
    ) throws(ScriptError) -> (chosen: DeclaredTypeInfo.Subscript, values: [Expr]) {
        let checked = candidates.count > 1 ? try precheck(arguments) : [:]
        let (chosen, taken) = try choose(
            candidates, arguments, "subscript", place, checked: checked, isRow: false
        ) { ($0.get.parameters, $0.get.signature) }
        try settleDefaults(of: chosen.get)
        var values: [Expr] = []
        for (index, parameter) in chosen.get.parameters.enumerated() {
            let value = try scriptArgument(
                taken[index], parameter, chosen.get.defaults[index], checked, "subscript")
            if case .value(let expression) = value { values.append(expression) }
        }
        return (chosen, values)
    }

    private func subscriptPlace(_ syntax: SubscriptCallExprSyntax) throws(ScriptError) -> Place {
        if try typeExpression(syntax.calledExpression) != nil {
            return place(of: try self.subscript(syntax))
        }
        let base = try self.place(syntax.calledExpression)
        let arguments = written(
            syntax.arguments, syntax.trailingClosure, syntax.additionalTrailingClosures)
        let place = span(syntax)
        switch base.type {
        case .array(let element) where arguments.count == 1:
            let index = try argument(arguments[0].syntax, expecting: .int)
            if index.type == .int {
                return base.appending(.element(index), type: element, span: place)
            }
            if case .range = index.type {
                return base.appending(
                    .lookup(index, default: nil), type: .slice(element), span: place)
            }
            if index.type == .any {
                return base.appending(.lookup(index, default: nil), type: .any, span: place)
            }
            throw error(.type, "an array is indexed by Int, got \(index.type)", arguments[0].syntax)
        case .generic("ArraySlice", let types) where arguments.count == 1:
            let index = try argument(arguments[0].syntax, expecting: .int)
            let isPart = if case .range = index.type { true } else { false }
            return base.appending(
                .lookup(boxed(index), default: nil), type: isPart ? base.type : types[0],
                span: place)
        case .string, .named("Substring"):
            return Place(
                .value(try characters(of: value(of: base), arguments, syntax)), type: .character,
                span: place)
        case .dictionary(let key, let value):
            guard let first = arguments.first else { break }
            let index = boxed(
                try coerce(try argument(first.syntax, expecting: key), to: key, as: "key"))
            guard arguments.count == 2, arguments[1].label == "default" else {
                return base.appending(
                    .lookup(index, default: nil), type: .optional(value), span: place)
            }
            let fallback = boxed(
                try coerce(
                    try argument(arguments[1].syntax, expecting: value), to: value, as: "default"))
            return base.appending(.lookup(index, default: fallback), type: value, span: place)
        case .declared:
            guard let info = info(base.type), !info.subscripts.isEmpty else { break }
            let (chosen, values) = try scriptSubscript(info.subscripts, arguments, place)
            return base.appending(
                .computed(chosen.get, chosen.set, values), type: chosen.get.result, span: place)
        case .any, .oneOf, .variable:
            var values: [Expr] = []
            for argument in arguments { values.append(boxed(try self.argument(argument.syntax))) }
            return base.appending(
                .dynamicSubscript(values, arguments.map(\.label)), type: .any, span: place)
        default: break
        }
        if let rows = rows("subscript", of: base.type) {
            let call = try callRow(rows, value(of: base), arguments, "subscript", place)
            var kind = call.kind
            if case .convert(let inner) = kind { kind = inner.kind }
            if case .callNative(let row, let values) = kind, row.setter != nil {
                // What is stored may be of another type than what is read.
                return base.appending(
                    .subscript(row, Array(values.dropFirst())), type: .any, span: place)
            }
            return Place(.value(call), type: call.type, span: place)
        }
        throw error(
            .type, "\(base.type) has no [ ]", syntax, suggestion: callHint(value(of: base)))
    }
}
