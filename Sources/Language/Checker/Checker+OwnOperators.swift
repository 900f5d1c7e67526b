import SwiftSyntax

/// Operators that a script declares for its types.
extension Checker {
    /// Sees to it that an operator's declaration can be used as one.
    func checkOperator(
        _ declaration: FunctionDeclaration, isPrefix: Bool, _ name: TokenSyntax
    ) throws(ScriptError) {
        let count = declaration.parameters.count
        if isPrefix {
            guard count == 1, ["-", "+", "!", "~"].contains(name.text) else {
                throw error(
                    .syntax, "a prefix operator is one of - + ! ~ and takes one value", name)
            }
            return
        }
        guard count == 2 else {
            throw error(
                .syntax, "the operator '\(name.text)' takes two values", name,
                suggestion: count == 1 ? "write prefix func \(name.text)" : nil)
        }
        let isAssignment = Precedence.of(name.text)?.level == Precedence.assignment
        if isAssignment, !declaration.parameters[0].isInOut {
            throw error(
                .syntax, "'\(name.text)' changes its left side, so that is inout", name,
                suggestion: "write (\(declaration.parameters[0].name): inout "
                    + "\(declaration.parameters[0].type), ...)")
        }
        if !declaration.parameters.contains(where: { involvesOwnType($0.type) }) {
            throw error(
                .type, "the operator '\(name.text)' needs a type of yours among its values", name,
                suggestion: "give the function a name instead")
        }
    }

    private func involvesOwnType(_ type: ScriptType) -> Bool {
        switch type {
        case .declared: true
        case .optional(let inner), .array(let inner), .set(let inner): involvesOwnType(inner)
        case .dictionary(let key, let value): involvesOwnType(key) || involvesOwnType(value)
        case .tuple(let elements, _): elements.contains(where: involvesOwnType)
        default: false
        }
    }

    /// The operators of scripts that may take these operands, the closest first.
    func ownOperators(_ name: String, _ operands: [Expr]) -> [FunctionDeclaration] {
        let fitting = (interpreter.operators[name] ?? []).filter { candidate in
            candidate.parameters.count == operands.count
                && zip(operands, candidate.parameters).allSatisfy { fits($0, $1.type) }
        }
        func exact(_ candidate: FunctionDeclaration) -> Int {
            zip(operands, candidate.parameters).filter { $0.type == $1.type }.count
        }
        return fitting.enumerated().sorted {
            let (a, b) = (exact($0.element), exact($1.element))
            return a == b ? $0.offset > $1.offset : a > b
        }.map(\.element)
    }

    private func fits(_ operand: Expr, _ type: ScriptType) -> Bool {
        !isImpossible(operand.type, as: type)
            || (operand.isFlexible && (type == .double || type == .float))
    }

    /// A call of a script's own `+=` or the like; `nil` where the operator without `=` is meant.
    func ownCompound(_ token: TokenSyntax, _ place: Place, _ operand: Expr, _ span: Span)
        throws(ScriptError) -> Expr?
    {
        let current = value(of: place)
        if let chosen = ownOperators(token.text, [current, operand]).first {
            let converted = try coerce(operand, to: chosen.parameters[1].type)
            return Expr(
                .callInOut(chosen, [.place(place), .value(converted)]), chosen.result, span)
        }
        guard let info = info(place.type) else { return nil }
        let name = String(token.text.dropLast())
        let text = sourceText(place.span)
        throw error(
            .type, "\(info.type.name) has no '\(token.text)'", token,
            suggestion: ownOperators(name, [current, operand]).isEmpty
                ? "declare static func \(token.text) (a: inout \(info.type.name), b: \(operand.type))"
                : "write \(text) = \(text) \(name) \(sourceText(operand.span))")
    }

    /// `>`, `<=` and `>=` from a script's `<`, and `!=` from its `==`, for what conforms.
    func derivedComparison(_ name: String, _ operands: [Expr], _ place: Span)
        throws(ScriptError) -> Expr?
    {
        guard operands.count == 2, let info = info(operands[0].type),
            operands[1].type == operands[0].type
        else { return nil }
        let (base, isSwapped, isNegated): (String, Bool, Bool)
        switch name {
        case "!=": (base, isSwapped, isNegated) = ("==", false, true)
        case ">": (base, isSwapped, isNegated) = ("<", true, false)
        case "<=": (base, isSwapped, isNegated) = ("<", true, true)
        case ">=": (base, isSwapped, isNegated) = ("<", false, true)
        default: return nil
        }
        let isAllowed = conforms(info.scriptType, to: base == "<" ? "Comparable" : "Equatable")
        guard isAllowed, let own = ownOperator(base, info) else { return nil }
        let ordered = isSwapped ? [operands[1], operands[0]] : operands
        let call = Expr(.call(own, ordered), .bool, place)
        return isNegated ? Expr(.not(call), .bool, place) : call
    }
}
