/// A stretch of source and what it is, which decides how it is shown.
public struct Highlight: Equatable, Sendable {
    public enum Kind: Sendable {
        case keyword, type, string, number, comment, command
        /// One bracket of any shape that is no part of a text or a comment.
        case bracket
    }

    /// Where it stands, in UTF-8 offsets.
    public var range: Range<Int>
    public var kind: Kind

    public init(_ range: Range<Int>, _ kind: Kind) {
        self.range = range
        self.kind = kind
    }
}

/// How the pieces of the prompt are shown, as the numbers of "select graphic rendition". The sixteen
/// colours of the terminal's own theme are used, so that they can be read on any background.
struct Theme {
    static let plain = ""
    static let selected = "7"

    /// Whether colours are wanted; without them only the selected row of a list stands out.
    var usesColor: Bool

    var prompt: String { usesColor ? "36" : Theme.plain }
    var faint: String { usesColor ? "90" : Theme.plain }
    var matchingBracket: String { usesColor ? "1;4;36" : Theme.plain }
    var strayBracket: String { usesColor ? "31" : Theme.plain }

    func style(_ kind: Highlight.Kind) -> String {
        guard usesColor else { return Theme.plain }
        switch kind {
        case .keyword: return "35"
        case .type: return "34"
        case .string: return "32"
        case .number: return "33"
        case .comment: return "90"
        case .command: return "1;34"
        case .bracket: return Theme.plain
        }
    }
}
