/// A source that is a command and not code: `:name argument`, `?name` or `name?`.
struct CommandCall: Equatable {
    var name: String
    var argument: String

    /// Reads a source; `nil` where it is code.
    init?(_ source: String) {
        let text = source.trimmed
        if text.hasPrefix(":"), let letter = text.dropFirst().first, letter.isLetter {
            let rest = text.dropFirst()
            let name = rest.prefix { !$0.isWhitespace }
            self.name = String(name)
            argument = String(rest.dropFirst(name.count)).trimmed
        } else if text.hasPrefix("?") {
            name = "help"
            argument = text.drop { $0 == "?" }.description.trimmed
        } else if text.hasSuffix("?"), let topic = Self.topic(text) {
            name = "help"
            argument = topic
        } else {
            return nil
        }
    }

    /// The dotted name before question marks.
    private static func topic(_ text: String) -> String? {
        var topic = text[...]
        while topic.last == "?" { topic.removeLast() }
        let parts = topic.split(separator: ".", omittingEmptySubsequences: false)
        let isName = parts.allSatisfy { part in
            guard let first = part.first else { return false }
            return (first.isLetter || first == "_")
                && part.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" }
        }
        return isName ? String(topic) : nil
    }
}

extension StringProtocol {
    /// The text without white space and line ends around it.
    var trimmed: String {
        var text = self[...]
        while text.first?.isWhitespace == true { text = text.dropFirst() }
        while text.last?.isWhitespace == true { text = text.dropLast() }
        return String(text)
    }
}
