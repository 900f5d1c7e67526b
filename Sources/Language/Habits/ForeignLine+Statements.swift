extension ForeignLine {
    /// Rewrites what the line as a whole is: a loop, a function, a declaration.
    mutating func statement(_ surroundings: Surroundings) {
        while let last = pieces.last, last.kind == .sign, last.text == "\\" { pieces.removeLast() }
        guard let head = pieces.first else { return }
        switch (head.kind, head.text) {
        case (.word, "def"): function(surroundings)
        case (.word, "async") where isWord(1, "def"):
            note(
                "'async' is not part of this language", at: 0, advice: "leave it out", isHead: true)
        case (.word, "class"): type()
        case (.word, "for"): loop()
        case (.word, "if"), (.word, "while"), (.word, "elif"), (.word, "else"), (.word, "try"),
            (.word, "except"), (.word, "finally"), (.word, "with"):
            block()
        case (.word, "import"), (.word, "from"): module()
        case (.word, "return"): returned()
        case (.word, "print"): printed()
        case (.word, "raise"): raised()
        case (.word, "assert"): asserted()
        case (.word, "del"):
            note(
                "'del' is Python", at: 0,
                advice: "write list.remove(at: i), or dictionary[key] = nil", isHead: true)
        case (.word, "pass"):
            note("'pass' is Python", at: 0, advice: "leave the block empty: { }", isHead: true)
        case (.word, "yield"):
            note(
                "'yield' is Python", at: 0, advice: "append to an array and return it",
                isHead: true)
        case (.word, "global"), (.word, "nonlocal"):
            note(
                "'\(head.text)' is Python", at: 0,
                advice: "leave it out: functions see the variables around them", isHead: true)
        case (.word, "foreach"), (.word, "forEach"): each()
        case (.word, "function"), (.word, "fn"), (.word, "fun"), (.word, "proc"):
            guard isWord(1) else { break }
            note("'\(head.text)' is not Swift", at: 0, advice: "write func", isHead: true)
            pieces[0].text = "func"
        case (.sign, "@")
        where isWord(1) && !["discardableResult", "main"].contains(pieces[1].text):
            note(
                "there are no decorators here", at: 0, through: 1,
                advice: "call the function with the other: name(function)", isHead: true)
        default: declaration(surroundings)
        }
        increment()
    }

    // MARK: Blocks

    /// Turns the `:` that begins a block into braces.
    private mutating func braces(from start: Int, _ language: String = "Python") {
        guard let colon = first(":", in: start..<pieces.count) else { return }
        note(
            "a block stands in braces, where \(language) has ':'", at: colon,
            advice: "write \(pieces[0].text) ... { }", isHead: true)
        if colon == pieces.count - 1 || pieces[colon + 1].kind == .comment {
            pieces[colon].text = "{"
            pieces[colon].hasSpace = true
        } else {
            replace(
                colon..<pieces.count, with: "{ \(joined(colon + 1..<pieces.count)) }")
            pieces[colon].hasSpace = true
        }
    }

    private mutating func block() {
        let word = pieces[0].text
        switch word {
        case "elif":
            note(
                "'elif' is Python", at: 0, advice: "write } else if condition {", isHead: true)
            pieces[0].text = "} else if"
        case "except":
            note(
                "'except' is Python", at: 0, advice: "write do { ... } catch { ... }", isHead: true)
            if let colon = first(":", in: 1..<pieces.count) { pieces.removeSubrange(1..<colon) }
            pieces[0].text = "} catch"
        case "try" where isSign(1, ":"):
            note(
                "'try:' is Python", at: 0, through: 1,
                advice: "write do { ... } catch { ... }", isHead: true)
            pieces[0].text = "do"
        case "finally":
            note(
                "'finally' is Python", at: 0,
                advice: "write defer { ... } at the top of the block", isHead: true)
            return
        case "with":
            if joined(1..<pieces.count).contains("no_grad") {
                note(
                    "'with' is Python", at: 0, advice: "write withoutGradient { ... }", isHead: true
                )
                replace(0..<pieces.count, with: "withoutGradient {")
                return
            }
            note(
                "'with' is Python", at: 0,
                advice: "leave it out: files close themselves", isHead: true)
            return
        case "else":
            guard isSign(1, ":") else { return }
            pieces[0].text = "} else"
        default: break
        }
        braces(from: 1)
    }

    private mutating func loop() {
        if isSign(1, "("), let close = closing(1), counted(close) { return }
        guard let word = first("in", in: 1..<pieces.count), word > 1 else { return }
        if pieces[1..<word].contains(where: { $0.text == "," }), !isSign(1, "(") {
            note(
                "several names stand in parentheses", at: 1, through: word - 1,
                advice: "write for (a, b) in values")
            replace(1..<word, with: "(\(joined(1..<word)))")
        }
        if let items = pieces.indices.last(where: { isWord($0, "items") }), isSign(items - 1, "."),
            isSign(items + 1, "("), isSign(items + 2, ")")
        {
            pieces.removeSubrange(items - 1..<items + 3)
        }
        braces(from: 2)
    }

    /// `for (int i = 0; i < n; i++) {` as `for i in 0..<n {`.
    private mutating func counted(_ close: Int) -> Bool {
        let parts = split(2..<close, at: ";")
        guard parts.count == 3, let equals = first("=", in: parts[0]), equals > parts[0].lowerBound,
            let less = first("<", in: parts[1]) ?? first("<=", in: parts[1])
        else { return false }
        let range = pieces[less].text == "<" ? "..<" : "..."
        let name = pieces[equals - 1].text
        let start = joined(equals + 1..<parts[0].upperBound)
        let end = joined(less + 1..<parts[1].upperBound)
        note(
            "a loop goes through a range", at: 0, through: close,
            advice: "write for i in 0..<n { }", isHead: true)
        replace(0..<close + 1, with: "for \(name) in \(start)\(range)\(end)")
        return true
    }

    /// `foreach (var x in xs) {` as `for x in xs {`.
    private mutating func each() {
        guard isSign(1, "("), let close = closing(1), let word = first("in", in: 2..<close),
            word > 2
        else { return }
        note(
            "'\(pieces[0].text)' is not Swift", at: 0, advice: "write for x in values { }",
            isHead: true)
        replace(0..<close + 1, with: "for \(pieces[word - 1].text) in \(joined(word + 1..<close))")
    }

    // MARK: Functions and types

    private static func type(_ name: String) -> String {
        if name.hasPrefix("List["), name.hasSuffix("]") {
            return "[\(type(String(name.dropFirst(5).dropLast())))]"
        }
        if name.hasPrefix("Optional["), name.hasSuffix("]") {
            return "\(type(String(name.dropFirst(9).dropLast())))?"
        }
        return Habits.typeNames[name] ?? name
    }

    private mutating func function(_ surroundings: Surroundings) {
        guard isWord(1), isSign(2, "("), let close = closing(2) else {
            note(
                "'def' is Python", at: 0, advice: "write func name(x: Int) -> Int { ... }",
                isHead: true)
            return
        }
        let name = pieces[1].text
        let isForward = name == "forward" || name == "call" || name == "__call__"
        var parameters: [String] = []
        for part in split(3..<close, at: ",") where !part.isEmpty {
            if isWord(part.lowerBound, "self") { continue }
            parameters.append(parameter(part, standard: isForward ? "Tensor" : "Double"))
        }
        var result = ""
        if let arrow = first("->", in: close + 1..<pieces.count) {
            let end = first(":", in: arrow..<pieces.count) ?? pieces.count
            let type = Self.type(joined(arrow + 1..<end))
            if type != "Void" { result = " -> \(type)" }
        } else if surroundings.returnsValue || isForward {
            result = isForward ? " -> Tensor" : " -> Double"
        }
        note(
            "'def' is Python: a function begins with 'func' and names its types", at: 0,
            advice: "write func name(x: Int) -> Int { ... }", isHead: true)
        let list = parameters.joined(separator: ", ")
        let rest =
            first(":", in: close + 1..<pieces.count).map { joined($0 + 1..<pieces.count) } ?? ""
        let head =
            name == "__init__"
            ? "init(\(list))" : "func \(isForward ? "forward" : name)(\(list))\(result)"
        replace(0..<pieces.count, with: rest.isEmpty ? "\(head) {" : "\(head) { \(rest) }")
    }

    private func parameter(_ part: Range<Int>, standard: String) -> String {
        let equals = first("=", in: part)
        let colon = first(":", in: part.lowerBound..<(equals ?? part.upperBound))
        var name = joined(part.lowerBound..<(colon ?? equals ?? part.upperBound))
        let value = equals.map { joined($0 + 1..<part.upperBound) }
        if name.hasPrefix("**") { return "\(name.dropFirst(2)): [String: Any]" }
        if name.hasPrefix("*") { return "_ \(name.dropFirst()): \(standard)..." }
        var type = standard
        if let colon {
            type = Self.type(joined(colon + 1..<(equals ?? part.upperBound)))
        } else if let value {
            type =
                value.hasPrefix("\"")
                ? "String"
                : value == "true" || value == "false"
                    ? "Bool" : Int(value) != nil ? "Int" : standard
            if value == "nil" { type = "\(standard)?" }
        }
        if value == nil { name = "_ \(name)" }
        return "\(name): \(type)" + (value.map { " = \($0)" } ?? "")
    }

    private mutating func type() {
        guard isWord(1) else { return }
        var base = ""
        if isSign(2, "("), let close = closing(2) { base = joined(3..<close) }
        let isLayer = ["Module", "Layer", "Model"].contains { base.hasSuffix($0) }
        let isError = ["Exception", "Error"].contains { base.hasSuffix($0) }
        note(
            "'class' is Python here: a type of one's own is a struct", at: 0, through: 1,
            advice: "write struct \(pieces[1].text) { ... }", isHead: true)
        let kind = isLayer ? ": Layer" : isError ? ": Error" : ""
        replace(0..<pieces.count, with: "struct \(pieces[1].text)\(kind) {")
    }

    // MARK: Single statements

    private mutating func module() {
        let name = pieces.count > 1 ? joined(1..<(1 + valueLength(from: 1))) : ""
        let root = String(name.prefix { $0 != "." })
        note(
            "there is nothing to import", at: 0, through: pieces.count - 1,
            advice: Habits.imports[root] ?? "leave it out: tensors, layers and images are here",
            isHead: true)
        pieces = []
    }

    private func valueLength(from index: Int) -> Int { valueEnd(startingAt: index) - index + 1 }

    private mutating func returned() {
        guard first(",", in: 1..<pieces.count) != nil else { return }
        note(
            "several values are returned as a tuple", at: 1, through: pieces.count - 1,
            advice: "write return (a, b)", isHead: true)
        replace(1..<pieces.count, with: "(\(joined(1..<pieces.count)))")
        pieces[1].hasSpace = true
    }

    private mutating func printed() {
        guard pieces.count > 1, !isSign(1, "("), !isSign(1, "="), !isSign(1, ".") else { return }
        note(
            "print is a function and needs parentheses", at: 0, advice: "write print(...)",
            isHead: true)
        replace(1..<pieces.count, with: "(\(joined(1..<pieces.count)))")
        pieces[1].hasSpace = false
    }

    private mutating func raised() {
        note(
            "'raise' is Python", at: 0,
            advice: "write throw and a value of a struct of yours that is an Error", isHead: true)
        pieces[0].text = "throw"
    }

    private mutating func asserted() {
        guard pieces.count > 1, !isSign(1, "(") || closing(1) != pieces.count - 1 else { return }
        note(
            "assert is a function and needs parentheses", at: 0,
            advice: "write assert(condition, \"text\")", isHead: true)
        replace(1..<pieces.count, with: "(\(joined(1..<pieces.count)))")
        pieces[1].hasSpace = false
    }

    // MARK: Declarations

    private mutating func declaration(_ surroundings: Surroundings) {
        let head = pieces[0]
        if head.text == "let" || head.text == "var", pieces.count > 1,
            pieces[1].kind == .number, pieces[1].text.contains(where: \.isLetter)
        {
            note(
                "a name does not begin with a digit", at: 1, advice: "begin it with a letter",
                isHead: true)
            return
        }
        if ["let", "var", "const", "final", "local", "my"].contains(head.text), isWord(1) {
            if head.text != "let", head.text != "var" {
                note(
                    "'\(head.text)' is not Swift", at: 0,
                    advice: "write let for what stays, var for what changes", isHead: true)
                pieces[0].text = "let"
            }
            if isWord(1, "mut"), isWord(2) {
                note("'mut' is not Swift", at: 1, advice: "write var", isHead: true)
                pieces[0].text = "var"
                pieces.remove(at: 1)
            }
            named()
            names(from: 1)
            return
        }
        // `int main() {`
        if head.kind == .word, let type = Habits.typeNames[head.text], isWord(1), isSign(2, "(") {
            let result = type == "Void" || type.isEmpty ? "" : " -> \(type)"
            note(
                "a function begins with 'func', its result stands at the end", at: 0, through: 1,
                advice: "write func \(pieces[1].text)()\(result) { ... }", isHead: true)
            return
        }
        // `int x = 5`
        if head.kind == .word, let type = Habits.typeNames[head.text], isWord(1), isSign(2, "=") {
            let name = pieces[1].text
            note(
                "a declaration begins with let or var; its type follows the name", at: 0,
                through: 1, advice: "write let \(name) = ...", isHead: true)
            replace(0..<2, with: type.isEmpty ? "let \(name)" : "let \(name): \(type)")
            return
        }
        // `String s = "a"`
        if head.kind == .word, head.text.first?.isUppercase == true, isWord(1), isSign(2, "=") {
            let name = pieces[1].text
            note(
                "a declaration begins with let or var; its type follows the name", at: 0,
                through: 1, advice: "write let \(name) = ...", isHead: true)
            replace(0..<2, with: "let \(name): \(head.text)")
            if let last = pieces.last, last.text == ";" { pieces.removeLast() }
            return
        }
        guard let equals = first("=", in: pieces.indices) ?? first(":=", in: pieces.indices),
            equals > 0, head.kind == .word
        else { return }
        if isSign(equals, ":=") {
            note("':=' is not Swift", at: equals, advice: "write let name = value", isHead: true)
            pieces[equals].text = "="
            pieces[equals].kind = .sign
        }
        if first(",", in: 0..<equals) != nil {
            names(from: 0)
            let isNew = !surroundings.isKnown(head.text)
            if isNew { pieces[0].text = "let " + pieces[0].text }
            return
        }
        if let colon = first(":", in: 0..<equals) {
            let type = Self.type(joined(colon + 1..<equals))
            note(
                "a declaration begins with let or var", at: 0,
                advice: "write let \(head.text): \(type) = ...", isHead: true)
            replace(0..<equals, with: "let \(head.text): \(type)")
            return
        }
        if equals == 1, !surroundings.isKnown(head.text) { pieces[0].text = "let \(head.text)" }
    }

    /// What is wrong with the name after `let` or `var`, or with the `=` after it.
    private mutating func named() {
        if isSign(2, "==") {
            note(
                "'==' compares; a declaration gives its value with '='", at: 2,
                advice: "write =", isHead: true)
            pieces[2].text = "="
        } else if isSign(2, "-"), isWord(3) {
            note("a name has no '-'", at: 1, through: 3, advice: "write one word", isHead: true)
            let second = pieces[3].text
            replace(
                1..<4, with: pieces[1].text + second.prefix(1).uppercased() + second.dropFirst())
        }
    }

    /// `a, b = 1, 2` as `(a, b) = (1, 2)`.
    private mutating func names(from start: Int) {
        guard let equals = first("=", in: start..<pieces.count),
            first(",", in: start..<equals) != nil, equals + 1 < pieces.count
        else { return }
        note(
            "several names at once are a tuple", at: start, through: equals - 1,
            advice: "write let (a, b) = (1, 2)", isHead: true)
        if first(",", in: equals + 1..<pieces.count) != nil {
            replace(equals + 1..<pieces.count, with: "(\(joined(equals + 1..<pieces.count)))")
        }
        pieces[equals + 1].hasSpace = true
        replace(start..<equals, with: "(\(joined(start..<equals)))")
    }

    /// `i++` as `i += 1`.
    private mutating func increment() {
        for index in pieces.indices.dropFirst()
        where pieces[index].kind == .sign && ["++", "--"].contains(pieces[index].text) {
            let ours = pieces[index].text == "++" ? "+= 1" : "-= 1"
            note("there is no '\(pieces[index].text)'", at: index, advice: "write \(ours)")
            pieces[index].text = ours
            pieces[index].hasSpace = true
        }
    }
}
