import SwiftSyntax

/// An argument as it is written.
struct WrittenArgument {
    let label: String?
    let syntax: ExprSyntax
    let isTrailing: Bool
    /// The label's place, where it has one.
    var labelSyntax: TokenSyntax?
    var isClosure: Bool { syntax.is(ClosureExprSyntax.self) }
    /// Whether its meaning depends on the parameter's type.
    var needsContext: Bool {
        // The label tells what is meant: in `Array(repeating: Array(repeating: 0, count: 2), count: 2)`
        // what is wanted of the whole says what the 0 is.
        if label == "repeating" { return true }
        switch syntax.as(ExprSyntaxEnum.self) {
        case .closureExpr, .arrayExpr, .dictionaryExpr, .nilLiteralExpr, .inOutExpr, .ifExpr,
            .switchExpr:
            return true
        case .memberAccessExpr(let member): return member.base == nil
        case .functionCallExpr(let call):
            return call.calledExpression.as(MemberAccessExprSyntax.self)?.base == nil
                && call.calledExpression.is(MemberAccessExprSyntax.self)
        case .declReferenceExpr(let name): return Precedence.of(name.baseName.text) != nil
        default: return false
        }
    }
}

extension Checker {
    func written(
        _ arguments: LabeledExprListSyntax, _ trailing: ClosureExprSyntax?,
        _ further: MultipleTrailingClosureElementListSyntax
    ) -> [WrittenArgument] {
        var result = arguments.map {
            WrittenArgument(
                label: $0.label?.plainText, syntax: $0.expression, isTrailing: false,
                labelSyntax: $0.label)
        }
        if let trailing {
            result.append(
                WrittenArgument(label: nil, syntax: ExprSyntax(trailing), isTrailing: true))
        }
        for element in further {
            result.append(
                WrittenArgument(
                    label: element.label.text, syntax: ExprSyntax(element.closure),
                    isTrailing: false))
        }
        return result
    }

    /// Which arguments each parameter takes, or what is wrong with the call.
    func match(
        _ arguments: [WrittenArgument], _ parameters: [Parameter], _ callee: String, _ node: Span,
        signature: String
    ) throws(ScriptError) -> [[WrittenArgument]] {
        var result: [[WrittenArgument]] = Array(repeating: [], count: parameters.count)
        var index = 0
        let note = signature.isEmpty ? [] : ["declared as \(signature)"]
        for (position, argument) in arguments.enumerated() {
            if argument.isTrailing {
                let isFollowed = position + 1 < arguments.count
                guard
                    let target = trailingTarget(
                        parameters, from: index, result, isFollowed: isFollowed)
                else {
                    throw error(
                        .argument, "\(callee) takes no trailing closure", span(argument.syntax),
                        notes: note)
                }
                for skipped in index..<target
                where result[skipped].isEmpty && !parameters[skipped].isOptional {
                    throw missing(parameters[skipped], callee, node, note)
                }
                result[target].append(argument)
                index = target + 1
                continue
            }
            // A variadic parameter goes on taking what has no label.
            if index > 0, parameters[index - 1].style == .variadic, argument.label == nil,
                !result[index - 1].isEmpty
            {
                result[index - 1].append(argument)
                continue
            }
            var candidate = index
            while candidate < parameters.count, parameters[candidate].label != argument.label,
                parameters[candidate].isOptional
            { candidate += 1 }
            guard candidate < parameters.count, parameters[candidate].label == argument.label else {
                throw misplaced(
                    argument, parameters, index, arguments,
                    Callee(name: callee, notes: note))
            }
            result[candidate].append(argument)
            index = candidate + 1
        }
        for (parameter, taken) in zip(parameters, result)
        where taken.isEmpty && !parameter.isOptional {
            throw missing(parameter, callee, node, note)
        }
        return result
    }

    /// The parameter that an unlabelled trailing closure goes to: the first that takes a function
    /// and must be given, or the first of all where labelled closures follow.
    private func trailingTarget(
        _ parameters: [Parameter], from index: Int, _ taken: [[WrittenArgument]], isFollowed: Bool
    ) -> Int? {
        let open = parameters.indices.filter { taken[$0].isEmpty && $0 >= index }
        let functions = open.filter { takesFunction(parameters[$0]) }
        if isFollowed, let first = functions.first { return first }
        return functions.first { !parameters[$0].isOptional } ?? functions.first
            ?? open.last {
                switch parameters[$0].type {
                case .any, .variable: true
                default: false
                }
            }
    }

    private func takesFunction(_ parameter: Parameter) -> Bool {
        if parameter.style == .builder { return true }
        return if case .function = unwrapped(parameter.type) { true } else { false }
    }

    func unwrapped(_ type: ScriptType) -> ScriptType {
        if case .optional(let inner) = type { inner } else { type }
    }

    private func missing(_ parameter: Parameter, _ callee: String, _ node: Span, _ notes: [String])
        -> ScriptError
    {
        let name = parameter.label.map { "\($0):" } ?? parameter.name
        return error(
            .argument, "\(callee): the argument '\(name)' is missing", node, notes: notes)
    }

    /// Checks arguments that mean the same whatever the parameter is.
    func precheck(_ arguments: [WrittenArgument]) throws(ScriptError) -> [SyntaxIdentifier: Expr] {
        var result: [SyntaxIdentifier: Expr] = [:]
        for written in arguments where !written.needsContext {
            result[written.syntax.id] = try argument(written.syntax)
        }
        return result
    }

    /// The overload that a call means: by labels and count, then by the types that are certain.
    func choose<C>(
        _ candidates: [C], _ arguments: [WrittenArgument], _ callee: String, _ node: Span,
        checked: [SyntaxIdentifier: Expr], isRow: Bool,
        _ describe: (C) -> (parameters: [Parameter], signature: String)
    ) throws(ScriptError) -> (candidate: C, taken: [[WrittenArgument]]) {
        var fitting: [(C, [[WrittenArgument]])] = []
        var firstError: ScriptError?
        var hinted: ScriptError?
        for candidate in candidates {
            let (parameters, signature) = describe(candidate)
            do throws(ScriptError) {
                let taken = try match(arguments, parameters, callee, node, signature: signature)
                fitting.append((candidate, taken))
            } catch {
                if firstError == nil { firstError = error }
                if hinted == nil, error.message.contains(" has no label '") { hinted = error }
            }
        }
        if fitting.isEmpty {
            var report =
                hinted ?? firstError ?? error(.argument, "\(callee) cannot be called", node)
            if report.suggestion == nil, let first = arguments.first,
                let call = first.syntax.parent?.parent?.parent?.as(FunctionCallExprSyntax.self),
                let name = call.calledExpression.as(DeclReferenceExprSyntax.self)?.baseName.text,
                let method = method(name, of: call)
            {
                report.suggestion = "write \(method)"
            }
            if candidates.count > 1 {
                report.notes = candidates.prefix(6).map { "declared as \(describe($0).signature)" }
            }
            throw report
        }
        // A closure goes where a function is asked for, before it serves as an element.
        let direct = fitting.filter { candidate, taken in
            zip(describe(candidate).parameters, taken).allSatisfy { parameter, written in
                written.allSatisfy { !$0.isClosure || takesFunction(parameter) }
            }
        }
        if !direct.isEmpty { fitting = direct }
        if fitting.count == 1 { return fitting[0] }
        let typed = fitting.filter { candidate, taken in
            zip(describe(candidate).parameters, taken).allSatisfy { parameter, written in
                written.allSatisfy { argument in
                    if argument.isClosure { return acceptsClosure(parameter) }
                    guard let expression = checked[argument.syntax.id] else {
                        return acceptsLiteral(argument.syntax, parameter.type)
                    }
                    return isRow
                        ? fitsRow(expression, parameter.type)
                        : !isImpossible(expression.type, as: parameter.type)
                            || (expression.isFlexible
                                && (parameter.type == .double || parameter.type == .float))
                }
            }
        }
        // An overload whose types are exactly those given goes before one that converts.
        let exact = typed.first { candidate, taken in
            zip(describe(candidate).parameters, taken).allSatisfy { parameter, written in
                written.allSatisfy {
                    checked[$0.syntax.id].map { $0.type == parameter.type } ?? true
                }
            }
        }
        return exact ?? typed.first ?? fitting[0]
    }

    private func acceptsClosure(_ parameter: Parameter) -> Bool {
        if parameter.style == .builder { return true }
        switch unwrapped(parameter.type) {
        case .function, .any, .variable: return true
        default: return false
        }
    }

    private func acceptsLiteral(_ syntax: ExprSyntax, _ type: ScriptType) -> Bool {
        if let array = syntax.as(ArrayExprSyntax.self) {
            switch unwrapped(type) {
            case .any, .variable, .set: return true
            case .array(let element):
                guard let first = array.elements.first?.expression else { return true }
                if first.is(ArrayExprSyntax.self) { return acceptsLiteral(first, element) }
                if first.is(FloatLiteralExprSyntax.self) { return element != .int }
                return true
            case .oneOf(_, let types): return types.contains { acceptsLiteral(syntax, $0) }
            default: return false
            }
        }
        if syntax.is(NilLiteralExprSyntax.self) {
            switch type {
            case .optional, .any: return true
            default: return false
            }
        }
        if let member = syntax.as(MemberAccessExprSyntax.self) {
            return hasImplicitMember(member.declName.baseName.text, type)
        }
        return true
    }

    func hasImplicitMember(_ name: String, _ type: ScriptType) -> Bool {
        switch type {
        case .any, .variable: return false
        case .optional(let inner): return hasImplicitMember(name, inner)
        case .array, .dictionary, .set, .tuple, .function: return false
        default:
            if let info = info(type) { return info.staticNames.contains(name) }
            return implicitRows(name, type) != nil
        }
    }

    /// The rows of a static member found through a parameter's type.
    func implicitRows(_ name: String, _ type: ScriptType) -> [Binding]? {
        if let rows = library.statics[type.memberTable]?[name] { return rows }
        if case .oneOf(_, let types) = type {
            for inner in types { if let rows = implicitRows(name, inner) { return rows } }
        }
        if case .optional(let inner) = type { return implicitRows(name, inner) }
        return nil
    }

    /// Whether a row may take a value. An operator's takes numbers of any kind, as the engine has
    /// each for each; a call's only what Swift converts by itself, which is literals.
    func fitsRow(_ expression: Expr, _ type: ScriptType, isOperand: Bool = false) -> Bool {
        if !isImpossible(expression.type, as: type) { return true }
        if textLiteral(expression, as: type) != nil { return true }
        if !isOperand, isOtherNumber(expression, unwrapped(type)) { return false }
        return convertsToRow(expression.type, type)
    }

    /// Whether a value is a number, or an array of numbers, of another kind than is asked for, and
    /// no literal that could be of that kind.
    private func isOtherNumber(_ expression: Expr, _ type: ScriptType) -> Bool {
        if expression.isFlexible { return false }
        switch (expression.type, type) {
        case (.int, .double): return widened(expression) == nil
        case (.int, .float), (.double, .float), (.float, .double): return true
        case (.array(let given), .array(let wanted)):
            let numbers: Set<ScriptType> = [.int, .double, .float]
            return given != wanted && numbers.isSuperset(of: [given, wanted])
        default: return false
        }
    }

    private func convertsToRow(_ from: ScriptType, _ type: ScriptType) -> Bool {
        switch (from, type) {
        case (.int, .double), (.float, .double), (.int, .float), (.double, .float): return true
        case (.array(let a), .array(let b)):
            return !isImpossible(a, as: b) || convertsToRow(a, b)
        case (.range(let a), .array(let b)), (.set(let a), .array(let b)):
            return !isImpossible(a, as: b)
        case (.generic(_, let a), .array(let b)): return !isImpossible(a[0], as: b)
        case (.string, .array(let b)), (.named("Substring"), .array(let b)):
            return !isImpossible(.character, as: b)
        case (.dictionary(let key, let value), .array(let b)):
            return !isImpossible(.tuple([key, value], labels: ["key", "value"]), as: b)
        case (.named("Substring"), .string): return true
        case (.dictionary(let k, let a), .dictionary(let l, let b)):
            return !isImpossible(k, as: l) && (!isImpossible(a, as: b) || convertsToRow(a, b))
        case (.optional(let a), .optional(let b)): return convertsToRow(a, b)
        case (_, .optional(let b)): return convertsToRow(from, b)
        case (_, .oneOf(_, let types)): return types.contains { convertsToRow(from, $0) }
        case (.tuple(let a, _), .tuple(let b, _)):
            return a.count == b.count
                && zip(a, b).allSatisfy { !isImpossible($0, as: $1) || convertsToRow($0, $1) }
        default: return false
        }
    }

    /// An argument as a row takes it: boxed, its literals of the parameter's type.
    func rowArgument(_ expression: Expr, _ parameter: Parameter, isOperand: Bool = false)
        throws(ScriptError) -> Expr
    {
        if expression.isFlexible { _ = adapt(expression, to: unwrapped(parameter.type)) }
        if let literal = textLiteral(expression, as: parameter.type) { return literal }
        guard fitsRow(expression, parameter.type, isOperand: isOperand) else {
            throw mismatch(expression, parameter.type, parameter.label ?? parameter.name)
        }
        if expression.type == .int, parameter.type == .double {
            return boxed(
                widened(expression) ?? Expr(.intToDouble(expression), .double, expression.span))
        }
        return boxed(expression)
    }
}
