import SwiftParser
import SwiftSyntax

extension Interpreter {
    /// Whether the source can run as it stands, needs more lines or never will.
    public func completeness(of source: String) -> Completeness {
        let text = SourceText(source, cell: "input")
        if let deep = BracketDepth.firstBeyondLimit(in: text.bytes) {
            return .invalid(BracketDepth.error(in: text, at: deep))
        }
        let tree = Parser.parse(source: source)
        guard let fault = SyntaxFault.first(in: tree) else {
            return Self.isOpen(tree) ? .incomplete(indent: Self.indent(after: source)) : .complete
        }
        let told = SyntaxHabits.explain(fault, in: text) { _ in true }
        if told == nil, fault.isAtEnd,
            !fault.message.hasPrefix("this text") || source.contains("\"\"\"")
        {
            return .incomplete(indent: Self.indent(after: source))
        }
        let shown = told ?? fault
        return .invalid(
            ScriptError(
                .syntax, shown.message,
                at: text.location(Int(shown.span.offset), length: Int(shown.span.length)),
                suggestion: shown.suggestion))
    }

    /// Whether a source without faults still waits for something: a function for its body, a comment
    /// for its end.
    private static func isOpen(_ tree: SourceFileSyntax) -> Bool {
        if case .decl(let declaration)? = tree.statements.last?.item,
            let function = declaration.as(FunctionDeclSyntax.self), function.body == nil
        {
            return true
        }
        return tree.endOfFileToken.leadingTrivia.contains { piece in
            switch piece {
            case .blockComment(let text), .docBlockComment(let text):
                text.count < 4 || !text.hasSuffix("*/")
            default: false
            }
        }
    }

    /// The indent of the next line: that of the last one, and a step more after an opening bracket.
    private static func indent(after source: String) -> String {
        let lines = source.split(separator: "\n", omittingEmptySubsequences: false)
        guard let last = lines.last(where: { !$0.allSatisfy(\.isWhitespace) }) else { return "" }
        let lead = String(last.prefix { $0 == " " || $0 == "\t" })
        let opened = last.filter { "{([".contains($0) }.count
        let closed = last.filter { "})]".contains($0) }.count
        let opensClosure = last.hasSuffix(" in") && last.contains("{")
        let content = last.drop { $0 == " " || $0 == "\t" }
        let opensCase =
            content.hasSuffix(":") && (content.hasPrefix("case ") || content.hasPrefix("default"))
        return opened > closed || opensClosure || opensCase ? lead + "    " : lead
    }
}
