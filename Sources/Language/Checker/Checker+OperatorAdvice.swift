import SwiftSyntax

/// What to say of operands that an operator does not take.
extension Checker {
    func conversionHint(_ left: Expr, _ right: Expr) -> String? {
        let (a, b) = (left.type, right.type)
        let text = sourceText(right.span)
        switch (a, b) {
        case (.int, .string), (.double, .string), (.int, .character):
            return "turn the text into a number: \(a)(\(text))"
        case (.string, .int), (.string, .double): return "write String(\(text))"
        default: return nil
        }
    }

    /// Refuses an operator on what is declared as `Any`. What merely came out as `Any` is looked at
    /// when the program runs.
    func refuseAny(_ name: String, _ left: Expr, _ right: Expr, _ token: TokenSyntax)
        throws(ScriptError)
    {
        func isAny(_ e: Expr) -> Bool {
            switch e.kind {
            case .local(let variable): variable.isAny
            case .global(let global): global.isAny
            default: false
            }
        }
        func isNil(_ e: Expr) -> Bool {
            if case .constant(.none) = e.kind { true } else { false }
        }
        guard let operand = [left, right].first(where: isAny), !isNil(left), !isNil(right) else {
            return
        }
        let other = isAny(left) ? right.type : left.type
        let type = other.isUncertain ? "Int" : other.description
        throw error(
            .type, "cannot apply '\(name)' to \(left.type) and \(right.type)", token,
            suggestion: "say what it is: \(sourceText(operand.span)) as! \(type)")
    }

    func cannotApply(_ name: String, _ left: Expr, _ right: Expr, _ token: TokenSyntax)
        -> ScriptError
    {
        var suggestion: String?
        switch (name, left.type, right.type) {
        case ("+", .string, let other) where other != .string:
            let text = sourceText(right.span)
            suggestion = "write \"\\(\(text))\" or String(\(text))"
            if case .int(let number) = right.kind { suggestion = "write \"\(number)\"" }
            if case .double(let number) = right.kind { suggestion = "write \"\(number)\"" }
        case ("+", let other, .string) where other.isRaw || other == .character:
            suggestion = "write String(\(sourceText(left.span)))"
        case ("*", .string, .int):
            suggestion =
                "write String(repeating: \(sourceText(left.span)), count: \(sourceText(right.span)))"
        case ("*", .array, .int) where isLiteral(left):
            suggestion = "write Array(repeating: ..., count: \(sourceText(right.span)))"
        case (_, .array(let a), .array) where !a.isUncertain && ["-", "*", "/"].contains(name):
            let (x, y) = (sourceText(left.span), sourceText(right.span))
            suggestion = "element by element: zip(\(x), \(y)).map { $0 \(name) $1 }"
        case (_, .array(let element), .int), (_, .array(let element), .double):
            if !isImpossible(element, as: right.type) || element == .int || element == .double {
                let (x, y) = (sourceText(left.span), sourceText(right.span))
                suggestion = "element by element: \(x).map { $0 \(name) \(y) }"
            }
        case ("%", .double, _), ("%", _, .double), ("%", .float, .float):
            suggestion =
                "write \(sourceText(left.span)).truncatingRemainder(dividingBy: "
                + "\(sourceText(right.span)))"
        case ("%", .string, _): suggestion = "write an interpolation: \"\\(value)\""
        case (_, .optional(let inner), _) where !isImpossible(inner, as: right.type):
            suggestion = "unwrap it: \(sourceText(left.span)) ?? \(fallback(inner))"
        case (_, _, .optional(let inner)) where !isImpossible(inner, as: left.type):
            suggestion = "unwrap it: \(sourceText(right.span)) ?? \(fallback(inner))"
        case (_, .float, .double), (_, .float, .int):
            suggestion = "write Float(\(sourceText(right.span)))"
        default:
            let hint = [left, right].lazy.compactMap { [library] operand in
                library.hints["\(operand.type.memberTable).\(name)"]
            }
            suggestion =
                hint.first.map { "use \(operandHint($0, left, right))" } ?? callHint(left)
                ?? callHint(right)
        }
        return error(
            .type, "cannot apply '\(name)' to \(left.type) and \(right.type)", joined(left, right),
            suggestion: suggestion)
    }

    private func isLiteral(_ expression: Expr) -> Bool {
        if case .array = expression.kind { true } else { false }
    }

    /// What may stand in for a missing value.
    private func fallback(_ type: ScriptType) -> String {
        switch type {
        case .int, .double, .float: "0"
        case .string: "\"\""
        case .bool: "false"
        case .array: "[]"
        default: "another value"
        }
    }

    /// A hint such as `a .> b` with the operands in place of `a` and `b`.
    private func operandHint(_ hint: String, _ left: Expr, _ right: Expr) -> String {
        let (a, b) = (sourceText(left.span), sourceText(right.span))
        guard a.count + b.count <= 40, !(a + b).contains("\n") else { return hint }
        var line = ForeignLine(hint)
        for index in line.pieces.indices {
            if line.isWord(index, "a") { line.pieces[index].text = a }
            if line.isWord(index, "b") { line.pieces[index].text = b }
        }
        return line.text
    }
}
