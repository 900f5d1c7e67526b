/// One line of source that is not Swift, cut into words and signs so that it can be rewritten.
///
///     var line = ForeignLine("for i in range(3):")
///     line.rewrite(with: .init())
///     print(line.text)  // for i in 0..<3 {
struct ForeignLine {
    struct Piece {
        enum Kind { case word, number, text, sign, comment, done }
        var kind: Kind
        var text: String
        /// Its place in the line, in UTF-8 bytes.
        let offset: Int
        let length: Int
        /// Whether blanks stand before it.
        var hasSpace: Bool
    }

    /// What is not Swift about the line.
    struct Finding {
        var message: String
        var offset: Int
        var length: Int
        /// What to write where the rewritten line is not sure to be right.
        var advice: String
        /// Whether it is about the statement as a whole, which is said before anything else.
        var isHead = false
    }

    /// What rewriting may ask about the program around.
    struct Surroundings {
        /// Whether a name stands for something already.
        var isKnown: (String) -> Bool = { _ in false }
        /// Whether the lines below return a value.
        var returnsValue = false
    }

    var pieces: [Piece] = []
    private(set) var finding: Finding?
    let indent: String

    init(_ line: String) {
        indent = String(line.prefix { $0 == " " || $0 == "\t" })
        var reader = Reader(line)
        pieces = reader.pieces()
    }

    /// The line as it stands now.
    var text: String { joined(pieces.indices) }

    /// Pieces as text, with the blanks between them.
    func joined(_ range: Range<Int>) -> String {
        var result = ""
        for index in range {
            if index > range.lowerBound, pieces[index].hasSpace { result += " " }
            result += pieces[index].text
        }
        return result
    }

    /// Says what is wrong; the first place counts, and a statement's own form goes before the rest.
    mutating func note(
        _ message: String, at index: Int, through last: Int? = nil, advice: String,
        isHead: Bool = false
    ) {
        guard pieces.indices.contains(index) else { return }
        let end = pieces[last ?? index]
        let found = Finding(
            message: message, offset: pieces[index].offset,
            length: end.offset + end.length - pieces[index].offset, advice: advice, isHead: isHead)
        if let known = finding {
            if known.isHead, !isHead { return }
            if known.isHead == isHead, known.offset <= found.offset { return }
        }
        finding = found
    }

    /// Puts one piece in the place of several.
    mutating func replace(_ range: Range<Int>, with text: String) {
        guard let first = range.first, let last = range.last else { return }
        let end = pieces[last].offset + pieces[last].length
        let piece = Piece(
            kind: .done, text: text, offset: pieces[first].offset,
            length: end - pieces[first].offset, hasSpace: pieces[first].hasSpace)
        pieces.replaceSubrange(range, with: [piece])
    }

    func isWord(_ index: Int, _ text: String? = nil) -> Bool {
        pieces.indices.contains(index) && pieces[index].kind == .word
            && (text == nil || pieces[index].text == text)
    }

    func isSign(_ index: Int, _ text: String) -> Bool {
        pieces.indices.contains(index) && pieces[index].kind == .sign && pieces[index].text == text
    }

    // MARK: Brackets

    /// The bracket that closes the one at a place.
    func closing(_ open: Int) -> Int? {
        var depth = 0
        for index in pieces.indices[open...] where pieces[index].kind == .sign {
            switch pieces[index].text {
            case "(", "[", "{": depth += 1
            case ")", "]", "}":
                depth -= 1
                if depth == 0 { return index }
            default: break
            }
        }
        return nil
    }

    /// The first place in a range, outside brackets in it, where a word or sign stands.
    func first(_ wanted: String, in range: Range<Int>) -> Int? {
        var depth = 0
        for index in range where pieces[index].kind == .sign || pieces[index].kind == .word {
            let text = pieces[index].text
            if depth == 0, text == wanted { return index }
            switch text {
            case "(", "[", "{": depth += 1
            case ")", "]", "}": depth -= 1
            default: break
            }
        }
        return nil
    }

    /// The stretches of a range between signs outside brackets.
    func split(_ range: Range<Int>, at sign: String) -> [Range<Int>] {
        var result: [Range<Int>] = []
        var start = range.lowerBound
        while let next = first(sign, in: start..<range.upperBound) {
            result.append(start..<next)
            start = next + 1
        }
        return result + [start..<range.upperBound]
    }

    /// Where the value that ends at a place begins: a name with its members, calls and elements.
    func valueStart(endingAt last: Int) -> Int {
        var index = last
        while true {
            if pieces[index].kind == .sign, pieces[index].text == ")" || pieces[index].text == "]" {
                var open = index - 1
                while open > 0, closing(open) != index { open -= 1 }
                index = max(0, open)
                let follows =
                    index > 0 && !pieces[index].hasSpace && pieces[index - 1].kind != .sign
                if follows {
                    index -= 1
                    continue
                }
            }
            guard index > 1, isSign(index - 1, ".") else { return index }
            index -= 2
        }
    }

    /// Where the value that begins at a place ends.
    func valueEnd(startingAt first: Int) -> Int {
        var index = first
        if isSign(index, "(") || isSign(index, "[") { index = closing(index) ?? index }
        while index + 1 < pieces.count, !pieces[index + 1].hasSpace {
            if isSign(index + 1, "(") || isSign(index + 1, "[") {
                guard let end = closing(index + 1) else { return index }
                index = end
            } else if isSign(index + 1, "."), index + 2 < pieces.count {
                index += 2
            } else {
                break
            }
        }
        return index
    }
}

extension ForeignLine {
    /// Cuts a line into pieces as Python and its like would.
    private struct Reader {
        private let characters: [Character]
        private var position = 0
        private var offset = 0

        private static let signs = [
            "**=", "...", "..<", "===", "!==", "->", "==", "!=", "<=", ">=", "+=", "-=", "*=", "/=",
            "//", "**", "&&", "||", ":=", "++", "--", "<>", "??",
        ].map(Array.init)

        init(_ line: String) { characters = Array(line) }

        mutating func pieces() -> [Piece] {
            var result: [Piece] = []
            var hasSpace = false
            while position < characters.count {
                let character = characters[position]
                if character.isWhitespace {
                    advance(1)
                    hasSpace = true
                    continue
                }
                let start = (position, offset)
                let kind = take(character)
                result.append(
                    Piece(
                        kind: kind, text: String(characters[start.0..<position]), offset: start.1,
                        length: offset - start.1, hasSpace: hasSpace))
                hasSpace = false
            }
            return result
        }

        private mutating func advance(_ count: Int) {
            for character in characters[position..<position + count] {
                offset += character.utf8.count
            }
            position += count
        }

        private mutating func take(_ character: Character) -> Piece.Kind {
            if let quote = quote() {
                takeText(quote)
                return .text
            }
            if character.isLetter || character == "_" || character == "$" {
                takeWhile { $0.isLetter || $0.isNumber || $0 == "_" || $0 == "$" }
                return .word
            }
            if character.isNumber {
                takeNumber()
                return .number
            }
            let rest = characters[position...]
            if rest.starts(with: "//") || character == "#" && isComment {
                advance(characters.count - position)
                return .comment
            }
            let sign = Self.signs.first { rest.starts(with: $0) }
            advance(sign?.count ?? 1)
            return .sign
        }

        private mutating func takeWhile(_ belongs: (Character) -> Bool) {
            while position < characters.count, belongs(characters[position]) { advance(1) }
        }

        private mutating func takeNumber() {
            takeWhile { $0.isNumber || $0.isLetter || $0 == "_" }
            let isFraction =
                position + 1 < characters.count && characters[position] == "."
                && characters[position + 1].isNumber
            if isFraction {
                advance(1)
                takeWhile { $0.isNumber || $0.isLetter || $0 == "_" }
            }
            let isExponent =
                characters[position - 1] == "e" && position + 1 < characters.count
                && (characters[position] == "-" || characters[position] == "+")
            if isExponent {
                advance(1)
                takeWhile(\.isNumber)
            }
        }

        /// Whether a `#` begins a comment, as in Python; `#if` and `#"raw"#` are Swift.
        private var isComment: Bool {
            guard position + 1 < characters.count else { return true }
            let next = characters[position + 1]
            return next == " " || next == "#" || next == "!"
        }

        /// How many letters stand before the quote that begins here; `nil` where none does.
        private func quote() -> Int? {
            var index = position
            let end = min(characters.count, position + 2)
            while index < end, "fFrRbBuU".contains(characters[index]) { index += 1 }
            guard index < characters.count, "\"'“”‘’„".contains(characters[index]) else {
                return nil
            }
            return index - position
        }

        private mutating func takeText(_ prefix: Int) {
            advance(prefix)
            let quote = characters[position]
            let ends: [Character] =
                switch quote {
                case "“", "”", "„": ["”", "“", "\""]
                case "‘", "’": ["’", "‘", "'"]
                default: [quote]
                }
            let isTriple = characters[position...].starts(with: [quote, quote, quote])
            advance(isTriple ? 3 : 1)
            while position < characters.count {
                if characters[position] == "\\", position + 1 < characters.count {
                    advance(2)
                    continue
                }
                if ends.contains(characters[position]) {
                    if !isTriple {
                        advance(1)
                        return
                    }
                    if characters[position...].starts(with: [quote, quote, quote]) {
                        advance(3)
                        return
                    }
                }
                advance(1)
            }
        }
    }
}
