@preconcurrency import CReadline

extension LineEditor {
    /// Return: runs the source where it is whole and the cursor is in its last line, and begins
    /// another line elsewhere.
    func enter() {
        let source = Readline.line
        let isBlank = source.allSatisfy(\.isWhitespace)
        let isLastLine = Readline.lineEnd == rl_end
        guard isBlank || isLastLine && assistance.isReady(source) == .ready else {
            return breakLine()
        }
        menu = nil
        rl_point = rl_end
        redisplay(isFinal: true)
        finish(.source(source))
    }

    /// Begins a line, indented as the text before it asks for.
    func breakLine() {
        let start = Readline.lineStart
        let before = Readline.text(start..<rl_point)
        // A line that holds nothing but its indentation is left empty.
        if before.allSatisfy(\.isWhitespace) && Readline.lineEnd == rl_point {
            rl_delete_text(start, rl_point)
            rl_point = start
        }
        var indent = String(before.prefix { $0 == " " })
        if case .needsMore(let wanted) = assistance.isReady(Readline.text(0..<rl_point)) {
            indent = wanted
        }
        // Lines that were pasted or typed ahead bring their own indentation.
        rl_insert_text("\n" + (isInputWaiting ? "" : indent))
    }

    /// Ctrl-D on the empty last line of a block drops the block.
    func leaveBlock() -> Bool {
        let isBlank = Readline.text(Readline.lineStart..<rl_end).allSatisfy(\.isWhitespace)
        guard rl_point == rl_end, isBlank, Readline.lineStart > 0 else { return false }
        redisplay(isFinal: true)
        finish(.cancelled)
        return true
    }

    /// Takes a step of indentation away where nothing else stands before the cursor in its line.
    ///
    /// - Parameter toMultiple: whether a part of a step is one too.
    @discardableResult
    func outdent(toMultiple: Bool) -> Bool {
        let start = Readline.lineStart
        let count = rl_point - start
        let isIndentation = Readline.text(start..<rl_point).allSatisfy { $0 == " " }
        guard isIndentation, count >= (toMultiple ? 2 : 4) else { return false }
        let step = toMultiple ? (count - 1) % 4 + 1 : 4
        rl_delete_text(rl_point - step, rl_point)
        rl_point -= step
        return true
    }

    // MARK: - Up and down

    /// To the line above, and from the first one to earlier sources that begin like this one.
    func up() {
        let start = Readline.lineStart
        if start > 0, historyPlace != .current {
            let column = Readline.text(start..<rl_point).count
            rl_point = start - 1
            move(toColumn: column)
        } else {
            search("history-search-backward")
        }
    }

    /// To the line below, and from the last one to later sources.
    func down() {
        let end = Readline.lineEnd
        if end < rl_end, historyPlace != .current {
            let column = Readline.text(Readline.lineStart..<rl_point).count
            rl_point = end + 1
            move(toColumn: column)
        } else {
            search("history-search-forward")
        }
    }

    /// Moves within the cursor's line; a column counts characters.
    private func move(toColumn column: Int) {
        let start = Readline.lineStart
        let text = Readline.text(start..<Readline.lineEnd)
        Readline.moveCursor(to: start + Int32(text.prefix(column).utf8.count))
    }

    private func search(_ name: String) {
        guard let command = rl_named_function(name) else { return }
        // readline goes on with the beginning searched for when the last key searched too.
        rl_last_func = historyPlace == .current ? command : nil
        _ = command(1, 0)
        rl_point = rl_end
        historyPlace = .current
    }
}
