import SwiftSyntax

extension Checker {
    /// A sequence of operands and operators as the tree its precedences make.
    indirect enum Folded {
        case leaf(ExprSyntax)
        case binary(Folded, TokenSyntax, Folded)
        case assignment(Folded, Folded)
        case ternary(Folded, ExprSyntax, Folded)
        case cast(Folded, ExprSyntax, TypeSyntax)
        case attempt(TryExprSyntax, Folded)
    }

    func fold(_ syntax: SequenceExprSyntax, _ expected: ScriptType?) throws(ScriptError) -> Expr {
        let parts = Array(syntax.elements)
        var position = 0
        let tree = try folded(parts, &position, level: 0)
        return try outsideChain { () throws(ScriptError) in
            try checkFolded(tree, expected, span(syntax))
        }
    }

    private func outsideChain<R>(_ body: () throws(ScriptError) -> R) throws(ScriptError) -> R {
        let outer = (sawChain, insidePostfix)
        (sawChain, insidePostfix) = (false, false)
        defer { (sawChain, insidePostfix) = outer }
        return try body()
    }

    private func folded(_ parts: [ExprSyntax], _ position: inout Int, level: Int)
        throws(ScriptError) -> Folded
    {
        var left = try operand(parts, &position, level: level)
        var lastNonAssociative: Int?
        while position < parts.count {
            let part = parts[position]
            let entry = try self.entry(part)
            guard entry.level >= level else { break }
            if entry.isNonAssociative {
                if lastNonAssociative == entry.level {
                    throw error(
                        .syntax,
                        "'\(part.trimmedDescription)' cannot follow its like without parentheses",
                        part,
                        suggestion: entry.level == 5 ? "join two comparisons with &&" : nil)
                }
                lastNonAssociative = entry.level
            }
            position += 1
            if let cast = part.as(UnresolvedAsExprSyntax.self) {
                guard let target = parts[position].as(TypeExprSyntax.self) else {
                    throw error(.syntax, "'as' needs a type", cast)
                }
                left = .cast(left, part, target.type)
                position += 1
                continue
            }
            if part.is(UnresolvedIsExprSyntax.self) {
                guard let target = parts[position].as(TypeExprSyntax.self) else {
                    throw error(.syntax, "'is' needs a type", part)
                }
                left = .cast(left, part, target.type)
                position += 1
                continue
            }
            guard position < parts.count else {
                throw error(.syntax, "an operand is missing after the operator", part)
            }
            let right = try folded(
                parts, &position, level: entry.isRight ? entry.level : entry.level + 1)
            if let ternary = part.as(UnresolvedTernaryExprSyntax.self) {
                left = .ternary(left, ternary.thenExpression, right)
            } else if part.is(AssignmentExprSyntax.self) {
                left = .assignment(left, right)
            } else if let operation = part.as(BinaryOperatorExprSyntax.self) {
                left = .binary(left, operation.operator, right)
            }
        }
        return left
    }

    /// One operand; a `try` covers everything to its right.
    private func operand(_ parts: [ExprSyntax], _ position: inout Int, level: Int)
        throws(ScriptError) -> Folded
    {
        guard let attempt = parts[position].as(TryExprSyntax.self) else {
            position += 1
            return .leaf(parts[position - 1])
        }
        guard level <= Precedence.ternary else {
            throw error(
                .syntax, "'try' covers what follows it, so it cannot stand right of an operator",
                attempt, suggestion: "write it at the start, or put it and its call in parentheses")
        }
        var covered = parts
        covered[position] = attempt.expression
        return .attempt(attempt, try folded(covered, &position, level: level))
    }

    private func entry(_ syntax: ExprSyntax) throws(ScriptError) -> Precedence.Entry {
        switch syntax.as(ExprSyntaxEnum.self) {
        case .assignmentExpr: return Precedence.Entry(level: Precedence.assignment, isRight: true)
        case .unresolvedTernaryExpr:
            return Precedence.Entry(level: Precedence.ternary, isRight: true)
        case .unresolvedAsExpr, .unresolvedIsExpr: return Precedence.Entry(level: Precedence.cast)
        case .binaryOperatorExpr(let binary):
            let name = binary.operator.text
            if let entry = Precedence.of(name) { return entry }
            throw error(
                .name, "there is no operator '\(name)'", syntax,
                suggestion: (Habits.operators[name] ?? Habits.names[name]).map { "use \($0)" })
        default:
            throw error(.syntax, "an operator is expected here", syntax)
        }
    }

    func checkFolded(_ tree: Folded, _ expected: ScriptType?, _ place: Span) throws(ScriptError)
        -> Expr
    {
        // A long chain leans left: go down it without recursion.
        var pending: [(TokenSyntax, Folded)] = []
        var current = tree
        while case .binary(let left, let token, let right) = current, isPlain(token.text) {
            pending.append((token, right))
            current = left
        }
        guard !pending.isEmpty else { return try checkNode(tree, expected, place) }
        var operandType = pending.allSatisfy({ passesExpectation($0.0.text) }) ? expected : nil
        if pending.count == 1, ["...", "..<"].contains(pending[0].0.text) {
            operandType = boundExpectation(expected)
        }
        var result: Expr
        // `.case == value` looks at the right operand first.
        if case .leaf(let syntax) = current, let (token, right) = pending.last,
            Precedence.of(token.text)?.level == 5,
            syntax.as(MemberAccessExprSyntax.self)?.base == nil,
            syntax.is(MemberAccessExprSyntax.self)
        {
            let other = try checkNode(right, nil, place)
            result = try checkNode(current, other.type, place)
        } else {
            result = try checkNode(current, operandType, place)
        }
        for (token, right) in pending.reversed() {
            let wanted = rightExpectation(token.text, result, operandType)
            let operand = try checkFolded(right, wanted, place)
            result = try binary(token.text, result, operand, token)
        }
        return result
    }

    private func isPlain(_ name: String) -> Bool {
        name != "??" && name != "&&" && name != "||" && !name.hasSuffix("=")
            || ["==", "!=", "<=", ">=", ".<=", ".>=", ".==", ".!=", "~=", "===", "!=="].contains(
                name)
    }

    private func passesExpectation(_ name: String) -> Bool {
        ["+", "-", "*", "/", "%", "**"].contains(name)
    }

    private func rightExpectation(_ name: String, _ left: Expr, _ expected: ScriptType?)
        -> ScriptType?
    {
        switch name {
        case "==", "!=", "<", ">", "<=", ">=":
            if case .optional(let inner) = left.type { return inner }
            return left.isFlexible || left.type.isRaw ? nil : left.type
        case "..<", "...": return expected
        default:
            if case .array = left.type { return left.type }
            if left.type == .float { return .float }
            if case .declared = left.type { return left.type }
            return expected
        }
    }

    private func checkNode(_ tree: Folded, _ expected: ScriptType?, _ place: Span)
        throws(ScriptError) -> Expr
    {
        switch tree {
        case .leaf(let syntax): return try expression(syntax, expecting: expected)
        case .binary(let left, let token, let right):
            switch token.text {
            case "&&", "||":
                let a = try coerce(
                    try checkFolded(left, .bool, place), to: .bool, as: "left of \(token.text)")
                let b = try coerce(
                    try checkFolded(right, .bool, place), to: .bool, as: "right of \(token.text)")
                return Expr(token.text == "&&" ? .and(a, b) : .or(a, b), .bool, joined(a, b))
            case "??": return try coalesce(left, right, expected, place, token)
            default:
                if isPlain(token.text) { return try checkFolded(tree, expected, place) }
                return try compound(left, token, right, place)
            }
        case .assignment(let left, let right): return try assignment(left, right, place)
        case .ternary(let test, let yes, let no):
            let condition = try coerce(
                try checkFolded(test, .bool, place), to: .bool, as: "condition")
            var (a, b) = try choices(yes, no, expected, place)
            if a.type == .character { b = asCharacters(b) }
            if b.type == .character { a = asCharacters(a) }
            let type = expected.flatMap { $0.isUncertain ? nil : $0 } ?? common([a, b])
            (a, b) = (try coerce(a, to: type), try coerce(b, to: type))
            let result = Expr(.ternary(condition, a, b), type, joined(condition, b))
            result.isFlexible = a.isFlexible && b.isFlexible
            return result
        case .cast(let value, let operation, let target):
            return try cast(value, operation, target, place)
        case .attempt(let syntax, let covered):
            guard syntax.isOptional else { return try checkFolded(covered, expected, place) }
            return try attempt(try checkFolded(covered, nil, place), place)
        }
    }

    /// What a ternary chooses from; one that begins with a dot is of the other's type.
    private func choices(
        _ yes: ExprSyntax, _ no: Folded, _ expected: ScriptType?, _ place: Span
    ) throws(ScriptError) -> (Expr, Expr) {
        if expected == nil, beginsWithDot(yes) {
            let other = try checkFolded(no, nil, place)
            return (try expression(yes, expecting: other.type), other)
        }
        let first = try expression(yes, expecting: expected)
        var wanted = expected
        if wanted == nil, case .leaf(let syntax) = no, beginsWithDot(syntax) { wanted = first.type }
        return (first, try checkFolded(no, wanted, place))
    }

    func joined(_ a: Expr, _ b: Expr) -> Span {
        let start = min(a.span.offset, b.span.offset)
        let end = max(a.span.offset + a.span.length, b.span.offset + b.span.length)
        return Span(offset: start, length: end - start)
    }

    private func cast(_ value: Folded, _ operation: ExprSyntax, _ target: TypeSyntax, _ place: Span)
        throws(ScriptError) -> Expr
    {
        let type = try self.type(target)
        guard let mark = operation.as(UnresolvedAsExprSyntax.self) else {
            let inner = try checkFolded(value, nil, place)
            return Expr(.isType(boxed(inner), type), .bool, place)
        }
        switch mark.questionOrExclamationMark?.text {
        case "?":
            let inner = try checkFolded(value, nil, place)
            return Expr(.cast(boxed(inner), type, isForced: false), .optional(type), place)
        case "!":
            let inner = try checkFolded(value, nil, place)
            return unboxing(.cast(boxed(inner), type, isForced: true), type, place)
        default:
            let inner = try checkFolded(value, type, place)
            if inner.type == .any, type != .any {
                throw error(
                    .type, "'as' cannot turn Any into \(type)", operation,
                    suggestion: "use as? or as!")
            }
            return try coerce(inner, to: type, as: "as")
        }
    }

    private func coalesce(
        _ left: Folded, _ right: Folded, _ expected: ScriptType?, _ place: Span,
        _ token: TokenSyntax
    ) throws(ScriptError) -> Expr {
        let value = try checkFolded(left, expected.map { .optional($0) }, place)
        let inner: ScriptType
        switch value.type {
        case .optional(let wrapped): inner = wrapped
        case .any, .oneOf, .variable: inner = .any
        default:
            throw error(
                .type, "'??' needs an optional on its left, got \(value.type)", token)
        }
        let fallback = try checkFolded(right, inner.isUncertain ? expected : inner, place)
        if case .optional(let other) = fallback.type, !isImpossible(other, as: inner) {
            return Expr(.coalesce(value, boxed(fallback)), fallback.type, joined(value, fallback))
        }
        if inner.isUncertain {
            let type = fallback.type == .never ? inner : fallback.type
            return unboxing(
                .coalesce(value, boxed(fallback)), type, joined(value, fallback))
        }
        let converted = try coerce(fallback, to: inner, as: "right of ??")
        return unboxing(.coalesce(value, boxed(converted)), inner, joined(value, fallback))
    }

    // MARK: Binary operators

    func binary(_ name: String, _ left: Expr, _ right: Expr, _ token: TokenSyntax)
        throws(ScriptError) -> Expr
    {
        let place = joined(left, right)
        let left = right.type == .character ? asCharacters(left) : left
        let right = left.type == .character ? asCharacters(right) : right
        if name == "..<" || name == "..." { return try range(left, right, name, place) }
        try refuseAny(name, left, right, token)
        if let own = try overloaded(name, [left, right], token, place) { return own }
        guard let operation = BinaryOperator(name) else {
            if name == "~=" {
                return Expr(
                    .convert(
                        Expr(
                            .callNative(Builtins.patternMatch, [boxed(left), boxed(right)]), .any,
                            place)), .bool, place)
            }
            throw cannotApply(name, left, right, token)
        }
        if operation == .xor, case .int = left.kind, case .int = right.kind {
            warn(
                "'^' is exclusive or, bit by bit", place,
                suggestion: "the power is \(sourceText(left.span)) ** \(sourceText(right.span))")
        }
        if let result = numeric(operation, left, right, place) { return result }
        let (a, b) = (left.type, right.type)
        let isUncertain = a == .any || b == .any || isOpen(a) || isOpen(b)
        if operation.isEquality {
            if isImpossible(a, as: b), isImpossible(b, as: a), !areTexts(a, b) {
                throw error(
                    .type, "cannot compare \(a) with \(b)", place,
                    suggestion: conversionHint(left, right))
            }
            for type in [a, b] { try requireEquatable(type, token) }
            return Expr(.binary(operation, boxed(left), boxed(right)), .bool, place)
        }
        switch (a, b) {
        case (.string, .string), (.character, .character):
            if operation == .add && a == .string {
                return Expr(.binary(operation, left, right), .string, place)
            }
            if operation.isComparison {
                return Expr(.binary(operation, left, right), .bool, place)
            }
        case (.float, .float):
            if operation.isComparison { return Expr(.binary(operation, left, right), .bool, place) }
            if operation.isArithmetic, operation != .remainder {
                return Expr(.binary(operation, left, right), .float, place)
            }
        case (.array(let x), .array(let y)) where operation == .add:
            if isImpossible(x, as: y), isImpossible(y, as: x) { break }
            return Expr(.binary(operation, left, right), x.isUncertain ? b : a, place)
        case (.declared, .declared)
        where a == b && operation.isComparison && conforms(a, to: "Comparable"):
            return Expr(.binary(operation, left, right), .bool, place)
        case (.array(let x), .range(let y)), (.array(let x), .set(let y)):
            guard operation == .add, !isImpossible(y, as: x) else { break }
            let added = Expr(.callNative(Builtins.collected, [right]), .array(y), right.span)
            return Expr(.binary(operation, left, added), a, place)
        case (.array(let x), .generic(_, let y)) where operation == .add:
            if isImpossible(y[0], as: x) { break }
            return Expr(.binary(operation, left, right), a, place)
        case (.generic("ArraySlice", let x), .generic("ArraySlice", let y)) where operation == .add:
            if isImpossible(y[0], as: x[0]) { break }
            return Expr(.binary(operation, left, right), a, place)
        case (.generic("ArraySlice", let x), .array(let y)) where operation == .add:
            if isImpossible(y, as: x[0]) { break }
            return Expr(.binary(operation, left, right), a, place)
        case (.string, .named("Substring")), (.named("Substring"), .string),
            (.named("Substring"), .named("Substring")):
            if operation == .add { return Expr(.binary(operation, left, right), a, place) }
            if operation.isComparison {
                return Expr(.binary(operation, left, right), .bool, place)
            }
        case (.stringIndex, .stringIndex) where operation.isComparison:
            return Expr(.binary(operation, left, right), .bool, place)
        case (.tuple, .tuple) where operation.isComparison:
            return Expr(.binary(operation, left, right), .bool, place)
        default:
            if isUncertain {
                let type: ScriptType = operation.isComparison ? .bool : .any
                return Expr(.binary(operation, boxed(left), boxed(right)), type, place)
            }
        }
        throw cannotApply(name, left, right, token)
    }

    /// Whether both are String or Substring, which compare with each other.
    private func areTexts(_ a: ScriptType, _ b: ScriptType) -> Bool {
        [.string, .substring].contains(a) && [.string, .substring].contains(b)
    }

    private func isOpen(_ type: ScriptType) -> Bool {
        switch type {
        case .variable, .oneOf: true
        default: false
        }
    }

    private func requireEquatable(_ type: ScriptType, _ token: TokenSyntax) throws(ScriptError) {
        guard !conforms(type, to: "Equatable") else { return }
        switch type {
        // Comparison with nil looks at no value, and tuples compare element by element.
        case .optional, .tuple, .void: return
        case .declared(let name, _):
            let keyword = info(type)?.type.isEnumeration == true ? "enum" : "struct"
            throw error(
                .type, "\(name) has no '\(token.text)'", token,
                suggestion: "declare \(keyword) \(name): Equatable")
        default:
            throw error(.type, "values of type \(type) have no '\(token.text)'", token)
        }
    }

    /// Arithmetic and comparison of Int and Double, which mix and give Double.
    private func numeric(_ operation: BinaryOperator, _ left: Expr, _ right: Expr, _ place: Span)
        -> Expr?
    {
        guard left.type.isRaw || right.type.isRaw else { return nil }
        if left.type == .float { _ = adapt(right, to: .float) }
        if right.type == .float { _ = adapt(left, to: .float) }
        var (a, b) = (left, right)
        switch (a.type, b.type) {
        case (.int, .int), (.double, .double): break
        case (.bool, .bool) where operation.isEquality: break
        case (.int, .double) where operation.isComparison || operation.isArithmetic:
            if !adapt(a, to: .double) {
                a = widened(a) ?? Expr(.intToDouble(a), .double, a.span)
            }
        case (.double, .int) where operation.isComparison || operation.isArithmetic:
            if !adapt(b, to: .double) {
                b = widened(b) ?? Expr(.intToDouble(b), .double, b.span)
            }
        default: return nil
        }
        if a.type == .double, operation == .remainder { return nil }
        if a.type == .double, !operation.isComparison, !operation.isArithmetic { return nil }
        let result = Expr(
            .binary(operation, a, b), operation.isComparison ? .bool : a.type, place)
        result.isFlexible =
            left.isFlexible && right.isFlexible && operation.isArithmetic
        return result
    }

    private func range(_ left: Expr, _ right: Expr, _ name: String, _ place: Span)
        throws(ScriptError)
        -> Expr
    {
        if left.type == .double { _ = adapt(right, to: .double) }
        if right.type == .double { _ = adapt(left, to: .double) }
        let type = left.type == .any ? right.type : left.type
        if isImpossible(left.type, as: right.type) {
            throw error(
                .type, "the bounds of a range are of one type, got \(left.type) and \(right.type)",
                place,
                suggestion: left.type == .int
                    && library.member("count", of: right.type.memberTable) != nil
                    ? "write \(sourceText(left.span))\(name)\(sourceText(right.span)).count" : nil)
        }
        switch type {
        case .int, .double, .float, .string, .character, .any, .stringIndex: break
        default:
            guard let info = info(type), info.type.conformances.contains("Comparable") else {
                throw error(.type, "a range needs bounds that compare, got \(type)", place)
            }
        }
        let result = Expr(.range(left, right, isClosed: name == "..."), .range(type), place)
        result.isFlexible = left.isFlexible && right.isFlexible
        return result
    }

    // MARK: Prefix operators

    func prefixOperator(_ syntax: PrefixOperatorExprSyntax, _ expected: ScriptType?)
        throws(ScriptError) -> Expr
    {
        let place = span(syntax)
        let name = syntax.operator.text
        if name == "-", let literal = syntax.expression.as(IntegerLiteralExprSyntax.self),
            literal.literal.text.filter({ $0 != "_" }) == "9223372036854775808"
        {
            return Expr(.int(Int.min), .int, place)
        }
        if name == "..<" || name == "..." {
            let upper = try argument(syntax.expression, expecting: boundExpectation(expected))
            return Expr(
                .range(nil, boxed(upper), isClosed: name == "..."), .range(upper.type), place)
        }
        let operand = try argument(syntax.expression, expecting: name == "!" ? .bool : expected)
        if let own = try overloaded(name, [operand], syntax.operator, place) { return own }
        switch (name, operand.type) {
        case ("-", .int), ("-", .double), ("-", .float), ("+", .int), ("+", .double):
            if name == "+" { return operand }
            let result = Expr(.negate(operand), operand.type, place)
            result.isFlexible = operand.isFlexible
            return result
        case ("!", .bool): return Expr(.not(operand), .bool, place)
        case ("~", .int): return Expr(.complement(operand), .int, place)
        case ("!", .any):
            return Expr(.not(try coerce(operand, to: .bool)), .bool, place)
        case ("-", .any): return Expr(.negate(operand), .any, place)
        case ("~", .any): return Expr(.complement(operand), .any, place)
        default:
            throw error(
                .type, "cannot apply '\(name)' to \(operand.type)", place,
                suggestion: name == "!" ? conditionHint(operand) : nil)
        }
    }

    private func conditionHint(_ operand: Expr) -> String? {
        switch operand.type {
        case .optional: "compare it: \(sourceText(operand.span)) == nil"
        case .int: "compare it: \(sourceText(operand.span)) == 0"
        default: nil
        }
    }

    /// An operator that a script or the library declares for these types.
    func overloaded(_ name: String, _ operands: [Expr], _ token: TokenSyntax, _ place: Span)
        throws(ScriptError) -> Expr?
    {
        guard
            operands.contains(where: { !$0.type.isRaw && $0.type != .string })
                || Precedence.of(name) == nil || BinaryOperator(name) == nil
        else { return nil }
        // With uncertain operands, the operator is chosen when the values are there.
        let isOpen = operands.contains { $0.type == .any || self.isOpen($0.type) }
        if !isOpen || BinaryOperator(name) == nil,
            let chosen = ownOperators(name, operands).first
        {
            var arguments: [Expr] = []
            for (operand, parameter) in zip(operands, chosen.parameters) {
                arguments.append(try coerce(operand, to: parameter.type))
            }
            return Expr(.call(chosen, arguments), chosen.result, place)
        }
        if let derived = try derivedComparison(name, operands, place) { return derived }
        let rows = (library.operators[name] ?? []).filter { row in
            row.parameters.count == operands.count
                && zip(operands, row.parameters).allSatisfy {
                    fitsRow($0, $1.type, isOperand: true)
                }
        }
        guard let row = rows.first else { return nil }
        if operands.contains(where: { $0.type.isUncertain }) {
            // Decided when the values are there.
            if let operation = BinaryOperator(name), operands.count == 2 {
                return Expr(
                    .binary(operation, boxed(operands[0]), boxed(operands[1])), .any, place)
            }
            return Expr(
                .callDynamic(
                    DynamicCall(
                        name: name, labels: operands.map { _ in nil }, hasTrailingClosure: false),
                    nil, operands.map(boxed)), .any, place)
        }
        var arguments: [Expr] = []
        for (operand, parameter) in zip(operands, row.parameters) {
            arguments.append(try rowArgument(operand, parameter, isOperand: true))
        }
        return unboxing(.callNative(row, arguments), row.result, place)
    }
}
