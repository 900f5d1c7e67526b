import SwiftParser
import SwiftSyntax

/// A piece of source and what it is, for whoever shows source in colour.
///
///     SourcePiece.pieces(of: "let x = 1").map(\.kind)  // [.keyword, .number]
public struct SourcePiece: Equatable, Sendable {
    public enum Kind: Sendable {
        case keyword, type, string, number, comment
        /// One bracket of any shape that is no part of a text or a comment.
        case bracket
    }

    /// Where it stands, in UTF-8 offsets.
    public var range: Range<Int>
    public var kind: Kind

    /// The pieces of a source that are something special, in order; names and operators are not
    /// among them. Any text is a source: what does not parse has the pieces that can be told.
    public static func pieces(of source: String) -> [SourcePiece] {
        guard BracketDepth.firstBeyondLimit(in: Array(source.utf8)) == nil else { return [] }
        var reader = Reader()
        for token in Parser.parse(source: source).tokens(viewMode: .sourceAccurate) {
            reader.read(token)
        }
        return reader.pieces
    }

    private struct Reader {
        var pieces: [SourcePiece] = []

        mutating func read(_ token: TokenSyntax) {
            comments(token.leadingTrivia, from: token.position.utf8Offset)
            let start = token.positionAfterSkippingLeadingTrivia.utf8Offset
            let end = token.endPositionBeforeTrailingTrivia.utf8Offset
            if let kind = kind(of: token), start < end {
                pieces.append(SourcePiece(range: start..<end, kind: kind))
            }
            comments(token.trailingTrivia, from: end)
        }

        private mutating func comments(_ trivia: Trivia, from start: Int) {
            var offset = start
            for piece in trivia {
                let end = offset + piece.sourceLength.utf8Length
                switch piece {
                case .lineComment, .blockComment, .docLineComment, .docBlockComment:
                    pieces.append(SourcePiece(range: offset..<end, kind: .comment))
                default: break
                }
                offset = end
            }
        }

        private func kind(of token: TokenSyntax) -> SourcePiece.Kind? {
            switch token.tokenKind {
            case .keyword: return isName(token) ? nil : .keyword
            case .stringQuote, .multilineStringQuote, .singleQuote, .stringSegment,
                .rawStringPoundDelimiter:
                return .string
            case .integerLiteral, .floatLiteral: return .number
            case .leftParen, .rightParen, .leftSquare, .rightSquare, .leftBrace, .rightBrace:
                return .bracket
            case .identifier(let name): return isType(token, name) ? .type : nil
            default: return nil
            }
        }

        /// Whether a word of the language stands where a name does: a label, or a member such as
        /// `self` in `.self`.
        private func isName(_ token: TokenSyntax) -> Bool {
            guard let parent = token.parent else { return false }
            if let argument = parent.as(LabeledExprSyntax.self) {
                return argument.label?.id == token.id
            }
            if let parameter = parent.as(FunctionParameterSyntax.self) {
                return parameter.firstName.id == token.id || parameter.secondName?.id == token.id
            }
            return false
        }

        /// Types are known by their place, or by the capital letter that begins them.
        private func isType(_ token: TokenSyntax, _ name: String) -> Bool {
            guard let parent = token.parent else { return false }
            if parent.is(IdentifierTypeSyntax.self) || parent.is(MemberTypeSyntax.self) {
                return true
            }
            guard name.first?.isUppercase == true else { return false }
            if let access = parent.parent?.as(MemberAccessExprSyntax.self),
                access.declName.id == parent.id
            {
                // A member of a type may be one, a member of a value is none.
                let base = access.base?.as(DeclReferenceExprSyntax.self)?.baseName.text
                return base?.first?.isUppercase == true
            }
            return parent.is(DeclReferenceExprSyntax.self) || parent.is(StructDeclSyntax.self)
                || parent.is(EnumDeclSyntax.self)
        }
    }
}
