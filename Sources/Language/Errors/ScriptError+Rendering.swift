extension ScriptError {
    /// The error as a person reads it: message, the line with a caret under the place, notes,
    /// suggestion and the calls that led there.
    ///
    ///     TypeError: cannot add String and Int
    ///       In [3], line 2
    ///       2 | let y = "a" + 1
    ///         |         ^~~~~~~
    public func rendered(color: Bool) -> String {
        let paint = Paint(isOn: color)
        var lines = ["\(paint.red(name)): \(paint.bold(message))"] + details(paint)
        lines += stackLines.map { "  \(paint.dim($0))" }
        for other in others {
            let error = ScriptError(
                other.kind, other.message, at: other.location, notes: other.notes,
                suggestion: other.suggestion)
            lines.append(error.rendered(color: color))
        }
        return lines.joined(separator: "\n")
    }

    /// The same of something worth saying that stops nothing: its message and its place.
    var asWarning: String { ([message] + details(Paint(isOn: false))).joined(separator: "\n") }

    /// The place with its caret, the notes and the suggestion.
    private func details(_ paint: Paint) -> [String] {
        var lines: [String] = []
        if let location {
            let number = String(location.line)
            let gutter = String(repeating: " ", count: number.count)
            let excerpt = Excerpt(location)
            lines.append("  \(paint.dim(Self.place(location)))")
            lines.append("  \(paint.dim("\(number) |")) \(excerpt.text)")
            lines.append("  \(paint.dim("\(gutter) |")) \(paint.red(excerpt.marker))")
        }
        for note in notes {
            lines.append("  note: " + Self.wrapped(note).replacing("\n", with: "\n        "))
        }
        if let suggestion {
            lines.append(
                "  \(paint.green("hint:")) \(suggestion.replacing("\n", with: "\n        "))")
        }
        return lines
    }

    static func place(_ location: Location) -> String { "\(location.cell), line \(location.line)" }

    /// A long declaration in lines that fit a screen, broken between its parameters.
    private static func wrapped(_ note: String) -> String {
        guard note.count > 100, !note.contains("\n") else { return note }
        var lines: [String] = []
        var line = ""
        for part in note.split(separator: ", ", omittingEmptySubsequences: false) {
            let isFull = !line.isEmpty && line.count + part.count > 88
            if isFull {
                lines.append(line + ",")
                line = "  "
            }
            line += line.isEmpty || isFull ? part : ", \(part)"
        }
        return (lines + [line]).joined(separator: "\n")
    }

    private var stackLines: [String] {
        func line(_ frame: Frame) -> String {
            let who = frame.function.isEmpty ? "" : " in \(frame.function)"
            return "called from \(Self.place(frame.location))\(who)"
        }
        guard stack.count > 12 else { return stack.map(line) }
        return stack.prefix(6).map(line) + ["... \(stack.count - 9) more calls ..."]
            + stack.suffix(3).map(line)
    }
}

/// ANSI colours, or none.
private struct Paint {
    let isOn: Bool
    func red(_ text: String) -> String { wrap(text, "31;1") }
    func green(_ text: String) -> String { wrap(text, "32") }
    func bold(_ text: String) -> String { wrap(text, "1") }
    func dim(_ text: String) -> String { wrap(text, "2") }
    private func wrap(_ text: String, _ code: String) -> String {
        isOn ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
