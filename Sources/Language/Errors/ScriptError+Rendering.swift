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
        var lines = ["\(paint.red(name)): \(paint.bold(message))"]
        if let location {
            let number = String(location.line)
            let gutter = String(repeating: " ", count: number.count)
            lines.append("  \(paint.dim(Self.place(location)))")
            lines.append("  \(paint.dim("\(number) |")) \(location.text)")
            lines.append("  \(paint.dim("\(gutter) |")) \(paint.red(marker(location)))")
        }
        for note in notes {
            lines.append("  note: " + note.replacing("\n", with: "\n        "))
        }
        if let suggestion { lines.append("  \(paint.green("hint:")) \(suggestion)") }
        lines += stackLines.map { "  \(paint.dim($0))" }
        return lines.joined(separator: "\n")
    }

    static func place(_ location: Location) -> String { "\(location.cell), line \(location.line)" }

    private func marker(_ location: Location) -> String {
        let column = max(1, location.column)
        // Tabs stay tabs, so that the caret stands under its character on every terminal.
        let lead = location.text.prefix(column - 1).map { $0 == "\t" ? Character("\t") : " " }
        let room = max(1, location.text.count - column + 1)
        let length = min(max(1, location.length), room)
        return String(lead) + "^" + String(repeating: "~", count: length - 1)
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
