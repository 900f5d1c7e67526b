import SwiftSyntax

extension Checker {
    func call(_ syntax: FunctionCallExprSyntax, _ expected: ScriptType?) throws(ScriptError) -> Expr
    {
        let arguments = written(
            syntax.arguments, syntax.trailingClosure, syntax.additionalTrailingClosures)
        let place = span(syntax)
        let callee = syntax.calledExpression
        try refuseAssignedArguments(syntax)
        if let member = callee.as(MemberAccessExprSyntax.self) {
            return try memberCall(member, arguments, place, expected)
        }
        if let type = try typeExpression(callee) {
            return try initialize(filled(type, expected), arguments, place, callee)
        }
        if let name = callee.as(DeclReferenceExprSyntax.self), name.argumentNames == nil {
            if let result = try namedCall(name.baseName.plainText, name, arguments, place) {
                return result
            }
        }
        return try callValue(try base(callee), arguments, place)
    }

    private func namedCall(
        _ name: String, _ node: DeclReferenceExprSyntax, _ arguments: [WrittenArgument],
        _ place: Span
    ) throws(ScriptError) -> Expr? {
        var current: Scope? = scope
        while let scope = current {
            if let symbol = scope.names[name] {
                guard case .functions(let overloads) = symbol else { return nil }
                depend(on: name, symbol)
                return try callScript(overloads, nil, arguments, name, place)
            }
            if let info = scope.owner {
                if let own = ownSelf, let methods = info.methods[name] {
                    let receiver = reference(.variable(own), "self", span(node))
                    return try callScript(methods, receiver, arguments, name, place)
                }
                if info.hasMember(name), ownSelf != nil { return nil }
                if let type = try typeOfStatic(name, from: info, node) {
                    return try staticMember(type.scriptType, name, node, arguments)
                }
                if let own = ownSelf, let rows = library.member(name, of: info.type) {
                    let receiver = reference(.variable(own), "self", span(node))
                    return try callRow(rows, receiver, arguments, name, place)
                }
            }
            current = scope.parent
        }
        if let symbol = interpreter.symbols[name] {
            guard case .functions(let overloads) = symbol else { return nil }
            depend(on: name, symbol)
            return try callScript(overloads, nil, arguments, name, place)
        }
        if let rows = library.functions[name] {
            return try callRow(rows, nil, arguments, name, place)
        }
        if name == "swap" { return try swapCall(arguments, place) }
        if let habit = Habits.call(name, arguments.map { sourceText(span($0.syntax)) }) {
            throw error(.name, "there is no '\(name)' here", node, suggestion: "write \(habit)")
        }
        return nil
    }

    // MARK: Script functions

    func callScript(
        _ overloads: [FunctionDeclaration], _ receiver: Expr?, _ arguments: [WrittenArgument],
        _ name: String, _ place: Span, receiverPlace: Place? = nil
    ) throws(ScriptError) -> Expr {
        let checked = overloads.count > 1 ? try precheck(arguments) : [:]
        let (chosen, taken) = try choose(
            overloads, arguments, name, place, checked: checked, isRow: false
        ) { ($0.parameters, $0.signature) }
        try settleDefaults(of: chosen)
        var values: [CallArgument] = []
        if chosen.context.selfVariable != nil, !chosen.isStatic, !chosen.context.isInitializer,
            let receiver
        {
            if chosen.isMutating {
                let target = receiverPlace ?? self.place(of: receiver)
                try requireMutable(target, "'\(name)' changes it")
                values.append(.place(target))
            } else {
                values.append(.value(receiver))
            }
        }
        for (index, parameter) in chosen.parameters.enumerated() {
            values.append(
                try scriptArgument(taken[index], parameter, chosen.defaults[index], checked, name))
        }
        note(use: chosen)
        try checkExclusive(values, place)
        if chosen.hasInOut { return Expr(.callInOut(chosen, values), chosen.result, place) }
        var expressions: [Expr] = []
        for value in values {
            if case .value(let expression) = value { expressions.append(expression) }
        }
        return Expr(.call(chosen, expressions), chosen.result, place)
    }

    func scriptArgument(
        _ written: [WrittenArgument], _ parameter: Parameter, _ defaultValue: Expr?,
        _ checked: [SyntaxIdentifier: Expr], _ callee: String
    ) throws(ScriptError) -> CallArgument {
        let role = "\(callee), argument \(parameter.label ?? parameter.name)"
        if parameter.isInOut {
            guard let reference = written.first?.syntax.as(InOutExprSyntax.self) else {
                let node = written.first?.syntax
                throw error(
                    .syntax, "\(role) is inout and needs '&'", node.map { span($0) } ?? .none,
                    suggestion: node.map { "write &\($0.trimmedDescription)" })
            }
            let target = try place(reference.expression)
            try requireMutable(target, "it is passed with &")
            if isImpossible(target.type, as: parameter.type) {
                throw error(
                    .type, "\(role): expected \(parameter.type), got \(target.type)", reference)
            }
            return .place(target)
        }
        if parameter.style == .variadic {
            var elements: [Expr] = []
            for argument in written {
                let value =
                    try resolved(argument, checked, expecting: parameter.type)
                elements.append(boxed(try coerce(value, to: parameter.type, as: role)))
            }
            let place = elements.first?.span ?? .none
            return .value(Expr(.array(elements), .array(parameter.type), place))
        }
        guard let argument = written.first else {
            return .value(defaultValue ?? Expr(.constant(.void), .void, .none))
        }
        let value =
            try resolved(argument, checked, expecting: parameter.type)
        return .value(try coerce(value, to: parameter.type, as: role))
    }

    /// A call of a value: a closure, or something with `callAsFunction`.
    func callValue(_ callee: Expr, _ arguments: [WrittenArgument], _ place: Span)
        throws(ScriptError)
        -> Expr
    {
        switch callee.type {
        case .function(let parameters, let result):
            var values: [Expr] = []
            // A function type without parameters and of result Any says nothing of either.
            if parameters.count != arguments.count, !(parameters.isEmpty && result == .any) {
                throw error(
                    .argument,
                    "this function takes \(parameters.count) argument\(parameters.count == 1 ? "" : "s")"
                        + ", got \(arguments.count)",
                    place)
            }
            if parameters.contains(where: \.isInOut) {
                return try callInOut(callee, parameters, result, arguments, place)
            }
            for (index, argument) in arguments.enumerated() {
                let wanted = index < parameters.count ? parameters[index] : .any
                if let label = argument.label, !argument.isTrailing {
                    throw error(
                        .argument, "a function value takes no labels", span(argument.syntax),
                        suggestion: "leave '\(label):' out")
                }
                let value = try self.argument(argument.syntax, expecting: wanted)
                values.append(boxed(try coerce(value, to: wanted, as: "argument \(index + 1)")))
            }
            return unboxing(.callValue(callee, values), result, place)
        case .declared, .named:
            if let info = info(callee.type), let methods = info.methods["callAsFunction"],
                !interpreter.isWitness(methods, of: info)
            {
                return try callScript(methods, callee, arguments, "callAsFunction", place)
            }
            if let rows = rows("callAsFunction", of: callee.type) {
                return try callRow(rows, callee, arguments, "\(callee.type)", place)
            }
        case .any, .oneOf, .variable:
            var values: [Expr] = []
            for argument in arguments { values.append(boxed(try self.argument(argument.syntax))) }
            return Expr(.callValue(callee, values), .any, place)
        case .metatype(let type): return try initialize(type, arguments, place, nil)
        case .optional:
            throw error(
                .type, "this function is optional", callee.span, suggestion: "call it with ?( or !("
            )
        default: break
        }
        let text = sourceText(callee.span)
        throw error(
            .type, "a value of type \(callee.type) cannot be called", callee.span,
            suggestion: arguments.isEmpty && text.count <= 40 ? "leave the () out: \(text)" : nil)
    }

    /// A call of a function value that changes some of its arguments.
    private func callInOut(
        _ callee: Expr, _ types: [ScriptType], _ result: ScriptType,
        _ arguments: [WrittenArgument], _ place: Span
    ) throws(ScriptError) -> Expr {
        var values: [CallArgument] = []
        for (argument, type) in zip(arguments, types) {
            var parameter = Parameter(name: "\(values.count + 1)", label: nil, type: type)
            if case .oneOf("inout", let inner) = type {
                parameter = Parameter(name: parameter.name, label: nil, type: inner[0])
                parameter.isInOut = true
            }
            switch try scriptArgument([argument], parameter, nil, [:], "this function") {
            case .value(let value): values.append(.value(boxed(value)))
            case let target: values.append(target)
            }
        }
        try checkExclusive(values, place)
        return unboxing(.callValueInOut(callee, values), result, place)
    }

    /// An argument checked before, or checked now.
    private func resolved(
        _ written: WrittenArgument, _ checked: [SyntaxIdentifier: Expr],
        expecting expected: ScriptType?
    ) throws(ScriptError) -> Expr {
        if let known = checked[written.syntax.id] { return known }
        return try argument(written.syntax, expecting: expected)
    }

    // MARK: Rows of the library

    func callRow(
        _ rows: [Binding], _ receiver: Expr?, _ arguments: [WrittenArgument], _ name: String,
        _ place: Span, receiverPlace: Place? = nil, knowing placeholders: [String: ScriptType] = [:]
    ) throws(ScriptError) -> Expr {
        let checked = rows.count > 1 ? try precheck(arguments) : [:]
        var (row, taken) = try choose(
            rows, arguments, name, place, checked: checked, isRow: true
        ) { ($0.parameters, $0.signature) }
        // With uncertain arguments, the overload is chosen when the values are there.
        let isOpen =
            rows.count > 1
            && checked.values.contains { $0.type == .any }
            && rows.filter {
                (try? match(arguments, $0.parameters, name, place, signature: "")) != nil
            }.count > 1
        if isOpen, arguments.allSatisfy({ checked[$0.syntax.id] != nil }) {
            return Expr(
                .callDynamic(
                    DynamicCall(
                        name: row.dynamicName ?? name, labels: arguments.map(\.label),
                        hasTrailingClosure: false), receiver.map(boxed),
                    arguments.compactMap { checked[$0.syntax.id].map(boxed) }), .any, place)
        }
        var solution = receiver.map { receiverSolution($0.type) } ?? placeholders
        solution["Self"] = receiver?.type
        var values: [Expr] = []
        var types: [ScriptType] = row.parameters.map(\.type)
        if receiver?.type == .array(.any), row.isMutating { types = row.parameters.map(\.type) }
        var deferred: [(Int, Parameter)] = []
        for (index, parameter) in row.parameters.enumerated() {
            if parameter.style == .single, let first = taken[index].first,
                first.isClosure || isOperator(first.syntax)
            {
                values.append(Expr(.constant(.void), .void, place))
                deferred.append((index, parameter))
            } else {
                values.append(
                    try rowValue(taken[index], parameter, types[index], &solution, checked, name))
            }
        }
        for (index, parameter) in deferred {
            values[index] = try settlingLiterals(of: row, &values, &solution) {
                (solution: inout [String: ScriptType]) throws(ScriptError) in
                try rowValue(taken[index], parameter, types[index], &solution, checked, name)
            }
        }
        let result = row.result == .never ? .never : settled(substitute(row.result, solution))
        try requireConformances(row, solution["T"], result, name, place)
        if row.isMutating, let receiver {
            let target = receiverPlace ?? self.place(of: receiver)
            try requireMutable(target, "'\(name)' changes it")
            return unboxing(.callMutating(row, target, values), result, place)
        }
        if receiver == nil, row.owner == nil, ["assert", "precondition"].contains(name),
            let lazily = try messageOnFailure(row, values, place)
        {
            return lazily
        }
        let all = (receiver.map { [boxed($0)] } ?? []) + values
        taken = []
        return unboxing(.callNative(row, all), result, place)
    }

    /// A check whose message is computed only where it fails; `nil` where the message is a constant.
    private func messageOnFailure(_ row: Binding, _ values: [Expr], _ place: Span)
        throws(ScriptError) -> Expr?
    {
        guard values.count == 2 else { return nil }
        if case .constant = values[1].kind { return nil }
        var condition = values[0]
        if case .box(let inner) = condition.kind { condition = inner }
        let no = boxed(Expr(.bool(false), .bool, place))
        let failure = Stmt(
            .expression(Expr(.callNative(row, [no, values[1]]), .void, place)), place)
        let test = Condition.expression(try coerce(condition, to: .bool, as: row.name))
        return Expr(.block([Stmt(.if([test], [], [failure]), place)], result: nil), .void, place)
    }

    /// Checks an argument whose type depends on a placeholder that a number literal settled, as in
    /// `reduce(0) { $0 + $1 }`; where it does not fit, the literal becomes a Double or a Float.
    private func settlingLiterals(
        of row: Binding, _ values: inout [Expr], _ solution: inout [String: ScriptType],
        _ check: (inout [String: ScriptType]) throws(ScriptError) -> Expr
    ) throws(ScriptError) -> Expr {
        let before = solution
        do throws(ScriptError) {
            return try check(&solution)
        } catch {
            guard literalRetries > 0,
                let index = values.indices.first(where: { literal(values[$0]) != nil }),
                let number = literal(values[index]), index < row.parameters.count,
                case .variable(let name) = row.parameters[index].type
            else { throw error }
            literalRetries -= 1
            let wanted: ScriptType = solution["T"] == .float ? .float : .double
            solution = before
            solution[name] = wanted
            guard let value = try? check(&solution), adapt(number, to: wanted) else { throw error }
            values[index] = boxed(number)
            return value
        }
    }

    private func isOperator(_ syntax: ExprSyntax) -> Bool {
        let name = syntax.as(DeclReferenceExprSyntax.self)?.baseName.text
        return name.map { BinaryOperator($0) != nil } ?? false
    }

    /// The number literal that an argument is.
    private func literal(_ argument: Expr) -> Expr? {
        if case .box(let inner) = argument.kind { return literal(inner) }
        return argument.isFlexible && argument.type.isRaw ? argument : nil
    }

    private func rowValue(
        _ written: [WrittenArgument], _ parameter: Parameter, _ type: ScriptType,
        _ solution: inout [String: ScriptType], _ checked: [SyntaxIdentifier: Expr],
        _ callee: String
    ) throws(ScriptError) -> Expr {
        let wanted = substitute(type, solution)
        let typed = Parameter(
            name: parameter.name,
            label: parameter.label.map { "\(callee), \($0)" } ?? "\(callee), \(parameter.name)",
            type: wanted, style: parameter.style, defaultValue: parameter.defaultValue)
        switch parameter.style {
        case .variadic:
            var elements: [Expr] = []
            for argument in written {
                let value = try resolved(argument, checked, expecting: wanted)
                elements.append(try rowArgument(value, typed))
            }
            return Expr(.array(elements), .array(wanted), elements.first?.span ?? .none)
        case .builder:
            guard let argument = written.first else {
                return Expr(.array([]), .array(wanted), .none)
            }
            guard let closure = argument.syntax.as(ClosureExprSyntax.self) else {
                return boxed(try self.argument(argument.syntax, expecting: .array(wanted)))
            }
            return try builder(closure, wanted)
        case .single:
            guard let argument = written.first else {
                return Expr(.constant(parameter.defaultValue ?? .none), .any, .none)
            }
            let value =
                try resolved(argument, checked, expecting: isOpenVariable(wanted) ? nil : wanted)
            unify(type, value.type, &solution)
            let settledType = substitute(type, solution)
            if isOpenVariable(settledType) { return boxed(value) }
            return try rowArgument(
                value,
                Parameter(name: typed.name, label: typed.label, type: settledType))
        }
    }

    private func isOpenVariable(_ type: ScriptType) -> Bool {
        if case .variable = type { true } else { false }
    }

    private func builder(_ closure: ClosureExprSyntax, _ element: ScriptType) throws(ScriptError)
        -> Expr
    {
        if let signature = closure.signature {
            throw error(.syntax, "this block takes no parameters", signature)
        }
        let outer = (isCollecting, builderElement, sawChain, insidePostfix)
        (isCollecting, builderElement, sawChain, insidePostfix) = (true, element, false, false)
        defer { (isCollecting, builderElement, sawChain, insidePostfix) = outer }
        return Expr(.builder(try block(closure.statements)), .array(element), span(closure))
    }

    // MARK: Placeholders of built-in rows

    /// What the placeholders of a built-in type's rows stand for; `E` is the element of an element.
    func receiverSolution(_ type: ScriptType) -> [String: ScriptType] {
        var solution = type.placeholders
        switch type {
        case .array(let element), .set(let element), .range(let element):
            solution["E"] = elementType(of: element) ?? .any
        default: break
        }
        return solution
    }

    func substitute(_ type: ScriptType, _ solution: [String: ScriptType]) -> ScriptType {
        type.substituting(solution)
    }

    func unify(_ pattern: ScriptType, _ type: ScriptType, _ solution: inout [String: ScriptType]) {
        pattern.unify(with: type, into: &solution)
    }
}

extension Binding {
    /// The name a call by name finds it under.
    fileprivate var dynamicName: String? {
        if case .initializer(let owner) = kind { "\(owner).init" } else { nil }
    }

    var functionType: ScriptType {
        .function(parameters.map { $0.style == .single ? $0.type : .array($0.type) }, result)
    }
}
