import SwiftSyntax

/// The first thing wrong with a syntax tree.
struct SyntaxFault {
    let message: String
    let span: Span
    var suggestion: String?
    /// Whether more text at the end could mend it.
    var isAtEnd = false

    /// The first fault of a tree; `nil` where there is none.
    static func first(in tree: SourceFileSyntax) -> SyntaxFault? {
        guard tree.hasError else { return nil }
        var finder = Finder()
        finder.visit(Syntax(tree))
        return finder.found
    }

    private struct Finder {
        var found: SyntaxFault?

        mutating func visit(_ node: Syntax) {
            guard found == nil, node.hasError || node.is(TokenSyntax.self) else { return }
            if let token = node.as(TokenSyntax.self) {
                if token.presence == .missing { missing(token) }
                return
            }
            if let unexpected = node.as(UnexpectedNodesSyntax.self) {
                found = self.unexpected(unexpected)
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

        private func unexpected(_ node: UnexpectedNodesSyntax) -> SyntaxFault {
            let text = node.trimmedDescription
            if let told = explained(node, text) { return told }
            let shown = text.count > 30 ? "\(text.prefix(30))..." : text
            if ["}", ")", "]"].contains(shown) {
                return SyntaxFault(
                    message: "this '\(shown)' closes nothing", span: place(Syntax(node)))
            }
            return SyntaxFault(
                message: "'\(shown)' is not expected here", span: place(Syntax(node)))
        }

        private func isEnd(_ node: Syntax) -> Bool {
            node.lastToken(viewMode: .all).map(isLast) ?? true
        }

        /// Whether nothing but blanks and comments follows.
        private func isLast(_ token: TokenSyntax) -> Bool {
            guard let next = token.nextToken(viewMode: .sourceAccurate) else { return true }
            return next.tokenKind == .endOfFile
        }

        private mutating func missing(_ token: TokenSyntax) {
            let isAtEnd = isLast(token)
            if let parameter = token.parent?.as(FunctionParameterSyntax.self),
                token.tokenKind == .colon
            {
                found = untyped(parameter)
                found?.isAtEnd = isAtEnd
                return
            }
            if let opening = opening(of: token), isAtEnd {
                found = SyntaxFault(
                    message: "this \(opening.text.hasSuffix("\"") ? "text" : "'\(opening.text)'")"
                        + " is never closed",
                    span: place(Syntax(opening)), isAtEnd: true)
                return
            }
            if let told = explained(token) {
                found = told
                return
            }
            let previous = token.previousToken(viewMode: .sourceAccurate)
            let offset =
                previous?.endPositionBeforeTrailingTrivia.utf8Offset ?? token.position.utf8Offset
            if token.tokenKind == .semicolon, let next = token.nextToken(viewMode: .sourceAccurate)
            {
                found = SyntaxFault(
                    message: "'\(next.text)' begins a new statement: a new line or ';' is missing"
                        + " before it",
                    span: place(Syntax(next)))
                return
            }
            found = SyntaxFault(
                message: "\(name(of: token)) is missing here",
                span: Span(offset: Int32(offset), length: 1), isAtEnd: isAtEnd)
        }

        private func name(of token: TokenSyntax) -> String {
            switch token.tokenKind {
            case .identifier: "a name or value"
            case .stringQuote, .multilineStringQuote: "the closing quote"
            default: token.text.isEmpty ? "something" : "'\(token.text)'"
            }
        }

        /// The bracket or quote that a missing one would close.
        private func opening(of token: TokenSyntax) -> TokenSyntax? {
            let wanted: TokenKind
            switch token.tokenKind {
            case .rightBrace: wanted = .leftBrace
            case .rightParen: wanted = .leftParen
            case .rightSquare: wanted = .leftSquare
            case .stringQuote: wanted = .stringQuote
            case .multilineStringQuote: wanted = .multilineStringQuote
            default: return nil
            }
            return token.parent?.children(viewMode: .sourceAccurate).lazy
                .compactMap { $0.as(TokenSyntax.self) }.first { $0.tokenKind == wanted }
        }

        /// A missing token that says more by where it is missing.
        private func explained(_ token: TokenSyntax) -> SyntaxFault? {
            let next = token.nextToken(viewMode: .sourceAccurate)
            if token.tokenKind == .keyword(.var), let member = token.parent?.parent?.parent?.parent,
                let next
            {
                let isEnum = member.parent?.is(EnumDeclSyntax.self) == true
                let text = token.parent?.trimmedDescription ?? next.text
                return SyntaxFault(
                    message: isEnum
                        ? "the cases of an enum begin with 'case'"
                        : "a property begins with var or let",
                    span: place(Syntax(next)),
                    suggestion: "write \(isEnum ? "case" : "var") \(text)")
            }
            if case .floatLiteral(let number) = token.tokenKind {
                return SyntaxFault(
                    message: "a number has a digit before its point",
                    span: Span(
                        offset: Int32(token.position.utf8Offset), length: Int32(number.count - 1)),
                    suggestion: "write \(number)")
            }
            if token.tokenKind == .identifier(""), let next {
                if case .keyword = next.tokenKind {
                    return keyword(next)
                }
            }
            return nil
        }

        private func keyword(_ token: TokenSyntax) -> SyntaxFault {
            SyntaxFault(
                message: "'\(token.text)' is a word of the language and names nothing",
                span: place(Syntax(token)),
                suggestion: "choose another name, or write it as `\(token.text)`")
        }

        /// Text that does not belong, where its place says what was meant.
        private func explained(_ node: UnexpectedNodesSyntax, _ text: String) -> SyntaxFault? {
            let span = place(Syntax(node))
            let parent = node.parent
            let isInBinding =
                parent?.is(PatternBindingSyntax.self) == true
                || parent?.is(PatternBindingListSyntax.self) == true
                || parent?.is(IdentifierPatternSyntax.self) == true
                || parent?.is(VariableDeclSyntax.self) == true
            if isInBinding {
                if let first = node.first?.as(TokenSyntax.self), case .keyword = first.tokenKind {
                    return keyword(first)
                }
            }
            var around = parent
            while let next = around, !next.is(ClosureExprSyntax.self), !next.is(StmtSyntax.self) {
                around = next.parent
            }
            if text.hasPrefix(","), around?.is(ClosureExprSyntax.self) == true {
                return SyntaxFault(
                    message: "the entries of a block have no ',' between them", span: span,
                    suggestion: "write each on a line of its own, or with ';' between them")
            }
            let isInList =
                parent?.is(FunctionCallExprSyntax.self) == true
                || parent?.is(ArrayExprSyntax.self) == true
                || parent?.is(TupleExprSyntax.self) == true
            if isInList, let first = text.first, first == "\"" || first.isLetter || first.isNumber {
                return SyntaxFault(
                    message: "a ',' is missing before '\(text.prefix(30))'", span: span)
            }
            let isInFunction =
                parent?.is(FunctionDeclSyntax.self) == true
                || parent?.is(FunctionSignatureSyntax.self) == true
                || parent?.is(ReturnClauseSyntax.self) == true
                || parent?.is(CodeBlockSyntax.self) == true
                    && parent?.parent?.is(FunctionDeclSyntax.self) == true
            if isInFunction {
                let type = text.drop { $0 == ":" || $0 == " " }
                if !type.isEmpty, type.allSatisfy({ $0.isLetter || "[]?<>.".contains($0) }) {
                    return SyntaxFault(
                        message: "the result of a function stands after '->'", span: span,
                        suggestion: "write -> \(type)")
                }
            }
            return nil
        }

        private func untyped(_ parameter: FunctionParameterSyntax) -> SyntaxFault {
            let first = parameter.firstName.text
            guard let second = parameter.secondName?.text else {
                return SyntaxFault(
                    message: "the parameter '\(first)' needs its type",
                    span: place(Syntax(parameter.firstName)),
                    suggestion: "write \(first): Int, or _ \(first): Int for calls without a label")
            }
            let type = Habits.typeNames[first] ?? "Int"
            return SyntaxFault(
                message: "the parameter '\(second)' needs its type after it",
                span: place(Syntax(parameter)), suggestion: "write _ \(second): \(type)")
        }

        private func place(_ node: Syntax) -> Span {
            Span(
                offset: Int32(node.positionAfterSkippingLeadingTrivia.utf8Offset),
                length: Int32(max(1, node.trimmedLength.utf8Length)))
        }
    }
}
