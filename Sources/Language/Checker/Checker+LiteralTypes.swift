import SwiftSyntax

/// How literals take the type they are used as.
extension Checker {
    /// What the bounds of a range are expected to be: what the range is of, or what it is matched
    /// with as a pattern.
    func boundExpectation(_ expected: ScriptType?) -> ScriptType? {
        switch expected {
        case .range(let bound)?: bound
        case .character?, .double?, .float?: expected
        default: nil
        }
    }

    /// A literal of texts of one character each, as Characters; anything else as it is.
    func asCharacters(_ literal: Expr) -> Expr {
        func same(_ kind: Expr.Kind, _ type: ScriptType) -> Expr { Expr(kind, type, literal.span) }
        switch literal.kind {
        case .constant(.string(let text)):
            guard text.count == 1, let only = text.first else { return literal }
            return same(.constant(.character(only)), .character)
        case .array(let elements) where !elements.isEmpty:
            let converted = elements.map(asCharacters)
            guard converted.allSatisfy({ $0.type == .character }) else { return literal }
            return same(.array(converted), .array(.character))
        case .range(let lower?, let upper?, let isClosed):
            let bounds = (asCharacters(lower), asCharacters(upper))
            guard bounds.0.type == .character, bounds.1.type == .character else { return literal }
            return same(.range(bounds.0, bounds.1, isClosed: isClosed), .range(.character))
        default: return literal
        }
    }

    /// A literal of text as a Character, a Substring, or a collection of Characters; `nil` where it
    /// is not that or the type is another one.
    func textLiteral(_ literal: Expr, as type: ScriptType) -> Expr? {
        switch unwrapped(type) {
        case .character, .array(.character), .range(.character):
            let characters = asCharacters(literal)
            return characters.type == literal.type ? nil : characters
        case .substring:
            guard case .constant(.string(let text)) = literal.kind else { return nil }
            return Expr(.constant(.substring(text[...])), .substring, literal.span)
        default: return nil
        }
    }

    /// A type written as `Set` or `Array` alone, with the elements of the value it is declared with.
    func completed(_ declared: ScriptType, by value: ScriptType) -> ScriptType {
        switch (declared, value) {
        case (.set(.any), .set), (.array(.any), .array): value
        default: declared
        }
    }

    /// Values of one literal. One that begins with a dot is of the type that the others have: in
    /// `[Fruit.apple, .pear]` both are Fruits.
    func together(_ list: [ExprSyntax], expecting wanted: ScriptType?) throws(ScriptError) -> [Expr]
    {
        var checked: [Int: Expr] = [:]
        if wanted == nil {
            for (index, syntax) in list.enumerated() where !beginsWithDot(syntax) {
                checked[index] = try argument(syntax)
            }
        }
        let known = list.indices.compactMap { checked[$0] }
        let shared = known.isEmpty ? wanted : common(known)
        var result: [Expr] = []
        for (index, syntax) in list.enumerated() {
            if let known = checked[index] {
                result.append(known)
            } else {
                result.append(try argument(syntax, expecting: shared))
            }
        }
        return result
    }

    func beginsWithDot(_ syntax: ExprSyntax) -> Bool {
        syntax.firstToken(viewMode: .sourceAccurate)?.tokenKind == .period
    }

    /// `Array`, `Set` and `Dictionary` alone, where a value is wanted whose elements are known: in
    /// `let x: [Double] = Array(repeating: 0, count: 3)` the 0 is a Double.
    func filled(_ named: ScriptType, _ wanted: ScriptType?) -> ScriptType {
        switch (named, wanted) {
        case (_, .optional(let inner)?): filled(named, inner)
        case (.array(.any), .array(let element)?) where !element.isUncertain: .array(element)
        case (.set(.any), .set(let element)?) where !element.isUncertain: .set(element)
        default: named
        }
    }

    /// Refuses a literal of several kinds of plain values, which needs a type.
    func requireOneType(
        _ elements: [Expr], instead: String
    ) throws(ScriptError) {
        let plain: Set<ScriptType> = [.int, .double, .float, .bool, .string, .character]
        let types = elements.map(\.type)
        guard Set(types).count > 1, types.allSatisfy(plain.contains) else { return }
        let other = elements.first { $0.type != types[0] } ?? elements[0]
        throw error(
            .type, "this literal holds \(types[0]) and \(other.type): its type is not clear",
            other.span, suggestion: instead)
    }

    /// Refuses a closure whose parameters have no types and nothing around that gives them any.
    func requireParameterTypes(_ syntax: ExprSyntax) throws(ScriptError) {
        guard let closure = syntax.as(ClosureExprSyntax.self) else { return }
        var names = (0..<Self.highestShorthand(Syntax(closure.statements)) + 1).map { "$\($0)" }
        switch closure.signature?.parameterClause {
        case .simpleInput(let simple)?: names = simple.map(\.name.text)
        case .parameterClause(let clause)?:
            names = clause.parameters.filter { $0.type == nil }.map(\.firstName.text)
        case nil: break
        }
        guard let first = names.first else { return }
        throw error(
            .type, "the type of this closure's parameter '\(first)' is not known", closure,
            suggestion: "write it: { (\(first.hasPrefix("$") ? "x" : first): Int) in ... }")
    }

    /// Arithmetic of Int values with a literal among them as a Double: in `n / 2 * x` with a Double
    /// `x`, the 2 is a Double, and so is the quotient. `nil` where nothing in it can be one.
    func widened(_ expression: Expr) -> Expr? {
        guard expression.type == .int, stack.hasRoom else { return nil }
        func asDouble(_ part: Expr) -> Expr { Expr(.intToDouble(part), .double, part.span) }
        switch expression.kind {
        case .int:
            return expression.isFlexible
                ? adapted(Expr(expression.kind, .int, expression.span), flexible: true) : nil
        case .negate(let inner):
            return widened(inner).map { Expr(.negate($0), .double, expression.span) }
        case .binary(let operation, let a, let b):
            guard operation.isArithmetic, operation != .remainder else { return nil }
            let (left, right) = (widened(a), widened(b))
            if left == nil, right == nil { return nil }
            return Expr(
                .binary(operation, left ?? asDouble(a), right ?? asDouble(b)), .double,
                expression.span)
        default: return nil
        }
    }

    private func adapted(_ literal: Expr, flexible: Bool) -> Expr? {
        literal.isFlexible = flexible
        return adapt(literal, to: .double) ? literal : nil
    }

    /// Gives a tree of number literals another number type, in place. Returns whether it could.
    func adapt(_ expression: Expr, to target: ScriptType) -> Bool {
        guard expression.isFlexible else { return false }
        if case .optional(let wrapped) = target { return adapt(expression, to: wrapped) && false }
        if expression.type == target { return true }
        switch (expression.kind, target) {
        case (.int(let value), .double):
            expression.kind = .double(Double(value))
        case (.int(let value), .float): expression.kind = .constant(.float(Float(value)))
        case (.double(let value), .float): expression.kind = .constant(.float(Float(value)))
        case (.binary(let operation, let a, let b), .double),
            (.binary(let operation, let a, let b), .float):
            guard operation.isArithmetic, a.isFlexible || a.type == target,
                b.isFlexible || b.type == target
            else { return false }
            guard adapt(a, to: target) || a.type == target, adapt(b, to: target) || b.type == target
            else { return false }
        case (.range(let lower?, let upper?, _), .range(let bound)):
            guard adapt(lower, to: bound), adapt(upper, to: bound) else { return false }
        case (.negate(let inner), .double), (.negate(let inner), .float):
            guard adapt(inner, to: target) else { return false }
        case (.ternary(_, let a, let b), .double):
            guard adapt(a, to: target), adapt(b, to: target) else { return false }
        case (.array(let elements), .array(let wanted)):
            guard elements.allSatisfy({ $0.isFlexible && canAdapt($0, to: wanted) }) else {
                return false
            }
            for element in elements { _ = adapt(element, to: wanted) }
        default: return false
        }
        expression.type = target
        return true
    }

    private func canAdapt(_ expression: Expr, to target: ScriptType) -> Bool {
        if expression.type == target { return true }
        switch (expression.type, target) {
        case (.int, .double), (.int, .float), (.double, .float): return true
        case (.array, .array(let wanted)):
            guard case .array(let elements) = expression.kind else { return false }
            return elements.allSatisfy { $0.isFlexible && canAdapt($0, to: wanted) }
        default: return false
        }
    }
}
