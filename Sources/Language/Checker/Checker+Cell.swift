import SwiftParser
import SwiftSyntax

extension Checker {
    /// The syntax tree of a cell, or its first syntax error.
    func parse(_ source: String) throws(ScriptError) -> SourceFileSyntax {
        if let deep = BracketDepth.firstBeyondLimit(in: self.source.bytes) {
            throw BracketDepth.error(in: self.source, at: deep)
        }
        let tree = Parser.parse(source: source)
        if tree.hasError, let fault = SyntaxFault.first(in: tree) {
            throw error(
                .syntax, fault.message, fault.span,
                suggestion: fault.suggestion ?? habit(near: fault))
        }
        return tree
    }

    /// A Python habit on the line of a syntax error.
    private func habit(near fault: SyntaxFault) -> String? {
        let line = source.location(Int(fault.span.offset), length: 1).text
        let words = line.split { !$0.isLetter && $0 != "_" }.map(String.init)
        if words.first == "def" { return "write func name(x: Int) -> Int { ... }" }
        if words.first == "elif" { return "write } else if condition {" }
        if line.hasSuffix(":"), let first = words.first,
            ["if", "for", "while", "else", "class"].contains(first)
        {
            return "blocks stand in braces: \(first) ... { }"
        }
        if words.contains("lambda") { return "write { x in ... }" }
        if words.first == "from" || words.first == "import" { return "imports are not needed" }
        for word in words {
            if let advice = Habits.names[word],
                ["and", "or", "not", "None", "True", "False"].contains(word)
            {
                return "use \(advice) for '\(word)'"
            }
        }
        if line.contains("f\"") || line.contains("f'") {
            return "write an interpolation: \"\\(value)\""
        }
        if line.contains("'") { return "strings stand in double quotes" }
        return nil
    }

    /// Checks a whole cell into its context; gives the type of its result.
    func checkCell(_ tree: SourceFileSyntax) throws(ScriptError) -> ScriptType {
        var body: [Stmt]
        body = try statements(tree.statements)
        try checkAdoptions()
        while !pending.isEmpty {
            let next = pending.removeFirst()
            let outer = owner
            owner = next.owner
            defer { owner = outer }
            try check(next.statements, of: next.declaration, in: next.scope)
        }
        try checkConformances()
        settleCaptures()
        noteRedeclarations()
        var type = ScriptType.void
        if let last = tree.statements.last, last.semicolon == nil, let statement = body.last,
            case .expression(let expression) = statement.kind, expression.type != .void,
            expression.type != .never, isShown(expression)
        {
            body[body.count - 1] = Stmt(.result(expression), statement.span)
            type = expression.type
        }
        context.body = body
        return type
    }

    private func isShown(_ expression: Expr) -> Bool {
        switch expression.kind {
        case .assign, .compound: false
        default: true
        }
    }

    /// Local functions that capture must themselves be captured by the functions that use them.
    private func settleCaptures() {
        var isSettled = false
        while !isSettled {
            isSettled = true
            for (context, function) in uses {
                guard let variable = function.variable, !function.context.captures.isEmpty,
                    context !== variable.context,
                    !context.captures.contains(where: { $0 === variable })
                else { continue }
                variable.isCaptured = true
                context.capture(variable)
                isSettled = false
            }
        }
    }

    /// Hands a type's own operators and description to its values.
    func settleDeclaredTypes() {
        let machine = interpreter.machine
        func value(_ function: FunctionDeclaration) -> ScriptFunction {
            ScriptFunction(
                name: function.name, type: function.functionType,
                body: .compiled(function.context.prototype, captures: []), machine: machine)
        }
        for info in interpreter.declaredTypes.values {
            let pair = [info.scriptType, info.scriptType]
            func own(_ name: String) -> FunctionDeclaration? {
                interpreter.operators[name]?.last { $0.parameters.map(\.type) == pair }
            }
            info.type.equals = own("==").map(value)
            info.type.less = own("<").map(value)
            info.type.hashing = info.methods["hash"]?.first {
                $0.parameters.map(\.label) == ["into"] && $0.parameters[0].isInOut
            }.map(value)
            if info.type.conformances.contains("CustomStringConvertible") {
                info.type.textDescription = info.getters["description"].map(value)
            }
            for name in info.type.conformances {
                guard let adopted = library.types[name], let requirement = adopted.requirement,
                    let witness = info.witness(of: requirement)
                else { continue }
                info.type.witnesses[name] = value(witness)
                info.type.textDescription =
                    info.getters["description"].map(value) ?? text(of: adopted)
            }
        }
    }

    /// How a type of the library writes the values of scripts that conform to it.
    private func text(of adopted: ForeignType) -> ScriptFunction {
        ScriptFunction(
            name: "description", type: .function([.any], .string),
            body: .native { .string(adopted.describe($0[0])) }, machine: interpreter.machine)
    }
}

/// The first thing wrong with a syntax tree.
struct SyntaxFault {
    let message: String
    let span: Span
    var suggestion: String?
    /// Whether more text at the end could mend it.
    var isAtEnd = false

    static func first(in tree: SourceFileSyntax) -> SyntaxFault? {
        var finder = Finder(
            end: tree.endPosition.utf8Offset,
            eof: tree.endOfFileToken.positionAfterSkippingLeadingTrivia.utf8Offset)
        finder.visit(Syntax(tree))
        return finder.found
    }

    private struct Finder {
        let end: Int
        let eof: Int
        var found: SyntaxFault?

        mutating func visit(_ node: Syntax) {
            guard found == nil, node.hasError || node.is(TokenSyntax.self) else { return }
            if let token = node.as(TokenSyntax.self) {
                if token.presence == .missing { missing(token) }
                return
            }
            if let unexpected = node.as(UnexpectedNodesSyntax.self) {
                let text = unexpected.trimmedDescription
                found = SyntaxFault(
                    message: "'\(text.prefix(30))' is not expected here",
                    span: place(Syntax(unexpected)))
                return
            }
            for child in node.children(viewMode: .all) {
                visit(child)
                if found != nil { return }
            }
            if node.is(MissingExprSyntax.self) || node.is(MissingStmtSyntax.self) {
                found = SyntaxFault(
                    message: "an expression is missing here", span: place(node),
                    isAtEnd: isEnd(node))
            }
        }

        private func isEnd(_ node: Syntax) -> Bool {
            node.positionAfterSkippingLeadingTrivia.utf8Offset >= eof
        }

        private mutating func missing(_ token: TokenSyntax) {
            let what: String =
                switch token.tokenKind {
                case .identifier: "a name or value"
                case .stringQuote, .multilineStringQuote: "the closing quote"
                case .rightBrace, .rightParen, .rightSquare, .leftBrace, .leftParen, .leftSquare,
                    .colon, .comma, .equal, .arrow:
                    "'\(token.text)'"
                default: token.text.isEmpty ? "something" : "'\(token.text)'"
                }
            let previous = token.previousToken(viewMode: .sourceAccurate)
            let offset =
                previous?.endPositionBeforeTrailingTrivia.utf8Offset ?? token.position.utf8Offset
            found = SyntaxFault(
                message: "\(what) is missing here",
                span: Span(offset: Int32(offset), length: 1),
                isAtEnd: token.positionAfterSkippingLeadingTrivia.utf8Offset >= eof)
        }

        private func place(_ node: Syntax) -> Span {
            Span(
                offset: Int32(node.positionAfterSkippingLeadingTrivia.utf8Offset),
                length: Int32(max(1, node.trimmedLength.utf8Length)))
        }
    }
}
