import SwiftParser

/// What stands behind a syntax error where somebody wrote Python, C or JavaScript: the line's first
/// such habit and the same line in Swift.
enum SyntaxHabits {
    /// The fault as a habit explains it; `nil` where the line shows none.
    static func explain(
        _ fault: SyntaxFault, in source: SourceText, isKnown: @escaping (String) -> Bool
    ) -> SyntaxFault? {
        // Between the quotes of a long text stands no code.
        if fault.message == "this text is never closed" { return nil }
        var place = source.line(at: Int(fault.span.offset))
        // A statement that needs more is noticed where the next one begins.
        for _ in 0..<2 {
            if let found = habit(of: place, in: source, isKnown) { return found }
            guard let above = source.line(before: place) else { return nil }
            place = above
        }
        return nil
    }

    private static func habit(
        of place: Range<Int>, in source: SourceText, _ isKnown: @escaping (String) -> Bool
    ) -> SyntaxFault? {
        // A line of data is no line of code.
        guard place.count <= 400 else { return nil }
        var line = ForeignLine(source.text(place))
        var surroundings = ForeignLine.Surroundings(isKnown: isKnown)
        surroundings.returnsValue = returnsValue(below: place, in: source, indent: line.indent)
        line.rewrite(with: surroundings)
        guard let finding = line.finding else { return nil }
        let swift = line.text
        return SyntaxFault(
            message: finding.message,
            span: Span(
                offset: Int32(place.lowerBound + finding.offset), length: Int32(finding.length)),
            suggestion: !swift.isEmpty && parses(swift) ? "write \(swift)" : finding.advice)
    }

    /// Whether the deeper lines below one return something.
    private static func returnsValue(
        below place: Range<Int>, in source: SourceText, indent: String
    ) -> Bool {
        var line = place
        while let next = source.line(after: line) {
            let text = source.text(next)
            let content = text.drop { $0 == " " || $0 == "\t" }
            let isDeeper = text.count - content.count > indent.count
            if !content.isEmpty, !isDeeper { return false }
            if content.hasPrefix("return ") { return true }
            line = next
        }
        return false
    }

    /// Whether a rewritten line is a beginning of Swift.
    private static func parses(_ line: String) -> Bool {
        var text = line
        if text.hasPrefix("} catch") { text = "do {\n" + text }
        if text.hasPrefix("}") { text = "if true {\n" + text }
        if text.hasPrefix("init(") { text = "struct S {\n" + text }
        let opened = text.filter { $0 == "{" }.count - text.filter { $0 == "}" }.count
        text += "\n" + String(repeating: "}", count: max(0, opened))
        let tree = Parser.parse(source: text)
        return !tree.hasError
    }
}
