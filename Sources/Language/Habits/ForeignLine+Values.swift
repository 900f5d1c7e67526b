extension ForeignLine {
    /// Writes the line as Swift, as far as its words tell.
    mutating func rewrite(with surroundings: Surroundings) {
        texts()
        words()
        comprehensions()
        lambdas()
        slices()
        dictionaries()
        choices()
        memberships()
        namedArguments()
        calls()
        statement(surroundings)
    }

    // MARK: Texts and words

    private mutating func texts() {
        for index in pieces.indices {
            switch pieces[index].kind {
            case .text: text(index)
            case .comment where pieces[index].text.hasPrefix("#"):
                note(
                    "'#' begins no comment in Swift", at: index,
                    advice: "a comment begins with //")
                pieces[index].text = "//" + pieces[index].text.dropFirst()
            default: break
            }
        }
    }

    private mutating func text(_ index: Int) {
        var body = pieces[index].text
        let prefix = body.prefix { $0.isLetter }.lowercased()
        body.removeFirst(prefix.count)
        guard let quote = body.first, let last = body.last, body.count > 1 else { return }
        let isTriple = body.count >= 6 && body.hasPrefix(String(repeating: quote, count: 3))
        if prefix.isEmpty, quote == "\"", !isTriple { return }
        let inner = isTriple ? body.dropFirst(3).dropLast(3) : body.dropFirst().dropLast()
        var content = String(inner)
        if quote != "\"" {
            content = content.replacing("\"", with: "\\\"").replacing("\\'", with: "'")
        }
        if prefix.contains("f") {
            note(
                "f\"...\" is Python: Swift puts a value into any string with \\( )", at: index,
                advice: "write \"\\(value)\"")
            content = Self.interpolated(content)
        } else if prefix.contains("r") {
            note("r\"...\" is Python", at: index, advice: "a raw string is #\"...\"#")
            pieces[index].text = "#\"\(inner)\"#"
            return
        } else if "“”„‘’".contains(quote) || "“”‘’".contains(last) {
            note(
                "\(quote) is a typographic quote, as word processors write them", at: index,
                advice: "a string stands in straight double quotes: \"...\"")
        } else if isTriple {
            note(
                "a string in three quotes has lines of its own", at: index,
                advice: "on one line, one quote is enough: \"...\"; a remark begins with ///")
        } else if quote == "'" {
            note(
                "a string stands in double quotes", at: index, advice: "write \"...\"")
        } else {
            note("'\(prefix)' before a string is Python", at: index, advice: "leave it out")
        }
        pieces[index].text = "\"\(content)\""
    }

    /// `{x:.2f}` of a Python text as `\(x)`.
    private static func interpolated(_ text: String) -> String {
        var result = ""
        var rest = Substring(text)
        while let open = rest.firstIndex(of: "{") {
            result += rest[..<open]
            rest = rest[rest.index(after: open)...]
            if rest.first == "{" {
                result += "{"
                rest = rest.dropFirst()
                continue
            }
            guard let close = rest.firstIndex(of: "}") else { return result + "{" + rest }
            var value = rest[..<close]
            if let format = value.lastIndex(of: ":"), !value[format...].contains("]") {
                value = value[..<format]
            }
            if value.hasSuffix("=") { value = value.dropLast() }
            var inner = ForeignLine(String(value))
            inner.rewrite(with: Surroundings())
            result += "\\(\(inner.text))"
            rest = rest[rest.index(after: close)...]
        }
        return (result + rest).replacing("}}", with: "}")
    }

    private static let plainWords = [
        "None": "nil", "True": "true", "False": "false", "null": "nil", "nullptr": "nil",
        "NULL": "nil", "undefined": "nil", "and": "&&", "or": "||",
    ]
    private static let plainSigns = [
        "@": "•", "<>": "!=", "−": "-", "×": "*", "÷": "/", "≤": "<=", "≥": ">=", "≠": "!=",
        "≠=": "!=", "·": "*",
    ]

    private mutating func words() {
        var index = 0
        while index < pieces.count {
            defer { index += 1 }
            let piece = pieces[index]
            if piece.kind == .sign, let ours = Self.plainSigns[piece.text], index > 0 {
                note("'\(piece.text)' is no operator of Swift", at: index, advice: "use \(ours)")
                pieces[index].text = ours
                pieces[index].hasSpace = true
                if index + 1 < pieces.count { pieces[index + 1].hasSpace = true }
            }
            guard piece.kind == .word, !isSign(index - 1, ".") else { continue }
            if piece.text == "new", isWord(index + 1) {
                note("'new' is not Swift", at: index, advice: "leave it out: Name(...)")
                pieces[index + 1].hasSpace = piece.hasSpace
                pieces.remove(at: index)
                continue
            }
            if piece.text == "do", index > 0, isWord(0, "while"), isSign(index + 1, "{") {
                note("'do' is not needed", at: index, advice: "write while condition { ... }")
                pieces.remove(at: index)
                index -= 1
                continue
            }
            if piece.text == "until", isSign(index - 1, "}") {
                note(
                    "'until' is not Swift", at: index,
                    advice: "write while and the opposite: } while !condition")
                continue
            }
            if piece.text == "while", isSign(index - 1, "}"), !isWord(0, "repeat") {
                note(
                    "'do ... while' is 'repeat ... while'", at: index,
                    advice: "begin the block with repeat")
                if isWord(0, "do") { pieces[0].text = "repeat" }
                continue
            }
            if piece.text == "raise", index > 0, isWord(index + 1) {
                note("'raise' is Python", at: index, advice: "write throw")
                pieces[index].text = "throw"
                continue
            }
            if piece.text == "then", index > 0 {
                note("'then' is not Swift", at: index, advice: "write if condition { ... }")
                pieces.remove(at: index)
                index -= 1
                continue
            }
            if piece.text == "elif", isSign(index - 1, "}") {
                note("'elif' is Python", at: index, advice: "write else if")
                pieces[index].text = "else if"
                continue
            }
            if let ours = Self.plainWords[piece.text] {
                note(
                    "'\(piece.text)' is not Swift", at: index,
                    advice: "use \(ours) for '\(piece.text)'")
                pieces[index].text = ours
                if piece.text == "and" || piece.text == "or" { pieces[index].kind = .sign }
            } else if piece.text == "is", isWord(index + 1, "not") {
                note("'is not' is not Swift", at: index, through: index + 1, advice: "use !=")
                replace(index..<index + 2, with: "!=")
            } else if piece.text == "is", isWord(index + 1, "None") || isWord(index + 1, "nil") {
                note("'is None' is not Swift", at: index, through: index + 1, advice: "use == nil")
                pieces[index].text = "=="
                pieces[index].kind = .sign
            } else if piece.text == "not", index + 1 < pieces.count, !isWord(index + 1, "in") {
                note("'not' is not Swift", at: index, advice: "use ! for 'not'")
                pieces[index + 1].hasSpace = pieces[index].hasSpace
                let isPlain = valueEnd(startingAt: index + 1) + 1
                let ends =
                    isPlain >= pieces.count
                    || [":", "{", "&&", "||", ")", ","].contains(pieces[isPlain].text)
                    || ["and", "or", "if", "else"].contains(pieces[isPlain].text)
                pieces.remove(at: index)
                if ends {
                    pieces[index].text = "!" + pieces[index].text
                } else {
                    let end = first(":", in: index..<pieces.count) ?? pieces.count
                    replace(index..<end, with: "!(\(joined(index..<end)))")
                }
            }
        }
    }

    // MARK: Brackets

    private mutating func comprehensions() {
        var open = 0
        while open < pieces.count {
            defer { open += 1 }
            guard isSign(open, "[") || isSign(open, "(") || isSign(open, "{"),
                let close = closing(open), let loop = first("for", in: open + 1..<close),
                loop > open + 1, let sequence = first("in", in: loop + 1..<close)
            else { continue }
            let filter = first("if", in: sequence + 1..<close)
            var names = joined(loop + 1..<sequence)
            if names.contains(","), !names.hasPrefix("(") { names = "(\(names))" }
            let isPair = names.hasPrefix("(")
            let parameters = isPair ? String(names.dropFirst().dropLast()) : names
            var source = joined(sequence + 1..<(filter ?? close))
            var inner = ForeignLine(source)
            inner.calls()
            source = inner.text
            let isOneValue =
                inner.pieces.count == 1
                || inner.valueEnd(startingAt: 0) == inner.pieces.count - 1
                    && !inner.text.contains("..")
            if !isOneValue || source.contains("..<") { source = "(\(source))" }
            if let filter {
                source += ".filter { \(parameters) in \(joined(filter + 1..<close)) }"
            }
            let value = joined(open + 1..<loop)
            if value != names { source += ".map { \(parameters) in \(value) }" }
            note(
                "a list is not written with 'for' inside it", at: open, through: close,
                advice: "use map and filter: values.map { x in x * x }")
            if isSign(open, "("), open > 0, !pieces[open].hasSpace {
                replace(open + 1..<close, with: source)
            } else {
                replace(open..<close + 1, with: source)
            }
        }
    }

    private mutating func lambdas() {
        while let start = pieces.indices.last(where: { isWord($0, "lambda") }),
            let colon = first(":", in: start + 1..<pieces.count)
        {
            var end = colon + 1
            var depth = 0
            while end < pieces.count {
                let text = pieces[end].kind == .sign ? pieces[end].text : ""
                if "([{".contains(text), !text.isEmpty { depth += 1 }
                if ")]}".contains(text), !text.isEmpty { depth -= 1 }
                if depth < 0 || depth == 0 && text == "," { break }
                end += 1
            }
            let names = joined(start + 1..<colon)
            note(
                "'lambda' is Python: a closure stands in braces", at: start,
                advice: "write { x in ... }")
            replace(
                start..<end,
                with: "{ \(names.isEmpty ? "" : "\(names) in ")\(joined(colon + 1..<end)) }")
        }
    }

    private mutating func slices() {
        var open = 1
        while open < pieces.count {
            defer { open += 1 }
            guard isSign(open, "["), !pieces[open].hasSpace, let close = closing(open),
                [.word, .done].contains(pieces[open - 1].kind) || isSign(open - 1, "]")
                    || isSign(open - 1, ")") || pieces[open - 1].kind == .text
            else { continue }
            // `[Int: String]()` and `x ? a[i] : b` are Swift.
            let parts = split(open + 1..<close, at: ",")
            guard parts.contains(where: { first(":", in: $0) != nil }) else { continue }
            note(
                "Swift cuts a piece out with a range, not with ':'",
                at: open, through: close,
                advice: "write a[1..<3], a[1...] or a[..<3]; x[0..., 1] takes a column")
            if joined(open + 1..<close).filter({ $0 != " " }) == "::-1" {
                replace(open..<close + 1, with: ".reversed()")
                pieces[open].hasSpace = false
                continue
            }
            let ranges = parts.map(slice).joined(separator: ", ")
            replace(open + 1..<close, with: ranges)
        }
    }

    private func slice(_ part: Range<Int>) -> String {
        let bounds = split(part, at: ":").map(joined)
        switch bounds.count {
        case 1:
            return ["...": ".ellipsis", "None": ".newAxis", "nil": ".newAxis"][bounds[0]]
                ?? bounds[0]
        case 2:
            if bounds[0].isEmpty { return bounds[1].isEmpty ? "0..." : "..<\(bounds[1])" }
            return bounds[1].isEmpty ? "\(bounds[0])..." : "\(bounds[0])..<\(bounds[1])"
        default:
            let start = bounds[0].isEmpty ? "0" : bounds[0]
            let end = bounds[1].isEmpty ? "n" : bounds[1]
            return ".stride(from: \(start), to: \(end), by: \(bounds[2]))"
        }
    }

    private mutating func dictionaries() {
        for open in pieces.indices.reversed() where isSign(open, "{") {
            let follows =
                open == 0
                || ["=", "(", ",", "[", ":", "return"].contains(pieces[open - 1].text)
            guard follows, let close = closing(open) else { continue }
            let isList =
                first(":", in: open + 1..<close) == nil && first("in", in: open + 1..<close) == nil
                && first(",", in: open + 1..<close) != nil && !isSign(open - 1, "]")
            if isList {
                note(
                    "an array stands in square brackets", at: open, through: close,
                    advice: "write [1, 2, 3]")
                replace(open..<close + 1, with: "[\(joined(open + 1..<close))]")
                continue
            }
            guard let colon = first(":", in: open + 1..<close),
                colon > open + 1, first("in", in: open + 1..<close) == nil,
                split(open + 1..<close, at: ",").allSatisfy({ first(":", in: $0) != nil })
            else { continue }
            note(
                "a dictionary stands in square brackets", at: open, through: close,
                advice: "write [\"a\": 1]")
            pieces[open].text = "["
            pieces[close].text = "]"
            replace(open..<close + 1, with: joined(open..<close + 1))
        }
    }

    /// `a if c else b` as `c ? a : b`.
    private mutating func choices() {
        guard let otherwise = pieces.indices.last(where: { isWord($0, "else") }),
            !isSign(otherwise + 1, ":"), !isSign(otherwise + 1, "{"),
            let test = pieces.indices[..<otherwise].last(where: { isWord($0, "if") }), test > 0,
            !isSign(test - 1, ";"), !isSign(test - 1, "}"), !isWord(test - 1, "else"),
            !isSign(test - 1, "=")
        else { return }
        var start = test - 1
        var depth = 0
        while start >= 0 {
            let text = pieces[start].text
            if pieces[start].kind == .sign {
                if ")]}".contains(text) { depth += 1 }
                if "([{".contains(text) { depth -= 1 }
                if depth < 0 || depth == 0 && ["=", ",", ":", "+="].contains(text) { break }
            }
            if pieces[start].kind == .word, ["return", "in"].contains(text) { break }
            start -= 1
        }
        start += 1
        var end = otherwise + 1
        while end < pieces.count, ![")", "]", ",", "}"].contains(pieces[end].text) {
            end = valueEnd(startingAt: end) + 1
        }
        guard start < test, end <= pieces.count else { return }
        note(
            "'a if b else c' is Python", at: test, through: otherwise,
            advice: "write condition ? a : b")
        replace(
            start..<end,
            with: "\(joined(test + 1..<otherwise)) ? \(joined(start..<test)) : "
                + joined(otherwise + 1..<end))
    }

    /// `x in values` as `values.contains(x)`.
    private mutating func memberships() {
        guard !isWord(0, "for") else { return }
        while let word = pieces.indices.last(where: { isWord($0, "in") }), word > 0,
            word + 1 < pieces.count
        {
            // `{ x in` begins a closure.
            if pieces[..<word].contains(where: { $0.text == "{" }) { return }
            let isNegated = isWord(word - 1, "not")
            let last = isNegated ? word - 2 : word - 1
            guard last >= 0 else { return }
            let start = valueStart(endingAt: last)
            let end = valueEnd(startingAt: word + 1)
            note(
                "'in' asks for nothing here: it belongs to for loops", at: word,
                advice: "write values.contains(x)")
            replace(
                start..<end + 1,
                with: (isNegated ? "!" : "")
                    + "\(joined(word + 1..<end + 1)).contains(\(joined(start..<last + 1)))")
        }
    }

    // MARK: Calls

    /// `f(x=3)` as `f(x: 3)`.
    private mutating func namedArguments() {
        guard !isWord(0, "def") else { return }
        var depth = 0
        for index in pieces.indices where pieces[index].kind == .sign {
            switch pieces[index].text {
            case "(": depth += 1
            case ")": depth -= 1
            case "=" where depth > 0 && index > 1 && index + 1 < pieces.count:
                guard isWord(index - 1), isSign(index - 2, "(") || isSign(index - 2, ",") else {
                    continue
                }
                let label = pieces[index - 1].text
                note(
                    "an argument's label ends with ':', not with '='", at: index - 1,
                    through: index, advice: "write \(label): value")
                pieces[index - 1].text = Habits.labels[label] ?? label
                pieces[index].text = ":"
                pieces[index].hasSpace = false
                pieces[index + 1].hasSpace = true
            default: break
            }
        }
    }

    /// `len(x)` and its like, innermost first.
    mutating func calls() {
        for index in pieces.indices.reversed() {
            guard index + 1 < pieces.count, isWord(index), isSign(index + 1, "("),
                !pieces[index + 1].hasSpace, !isSign(index - 1, "."), !isWord(index - 1, "def"),
                let close = closing(index + 1)
            else { continue }
            let arguments =
                close == index + 2
                ? [] : split(index + 2..<close, at: ",").map { joined($0) }
            let name = pieces[index].text
            guard let ours = Habits.call(name, arguments) else { continue }
            note("there is no '\(name)' here", at: index, advice: "write \(ours)")
            replace(index..<close + 1, with: ours)
        }
    }
}
