@preconcurrency import CReadline
import Glibc

extension LineEditor {
    /// Draws the text as it is now. In the middle of a paste nothing is drawn until its end.
    ///
    /// - Parameter isFinal: whether this is what stays on the screen: no list below, and no bracket
    ///   that stands out because of the cursor.
    func redisplay(isFinal: Bool = false) {
        guard isFinal || !isInputWaiting else { return }
        let (columns, height) = Self.screenSize
        if drawnColumns != columns && drawnColumns != 0 { write(painter.erase(columns: columns)) }
        drawnColumns = columns
        if menu?.isCurrent != true { menu = nil }
        // The last column stays free: a terminal that is about to wrap a line is hard to address.
        var layout = layout(columns: columns - 1, isFinal: isFinal)
        if let menu, !isFinal {
            let room = max(1, min(12, height - layout.rows.count - 1))
            layout.append(
                below: menu.rows(height: room, theme, assistance.highlight), columns: columns - 1)
        }
        layout.crop(to: height)
        write(painter.paint(layout))
    }

    /// Clears the screen and draws at its top.
    func clearScreen() {
        write("\u{1B}[H\u{1B}[2J")
        painter.reset()
        redisplay()
    }

    private func layout(columns: Int, isFinal: Bool) -> ScreenLayout {
        let text = Readline.line
        let source = Array(text.utf8)
        let point = Readline.text(0..<rl_point).utf8.count
        if drawn.text != text { drawn = (text, assistance.highlight(text)) }
        var styles = [String](repeating: Theme.plain, count: source.count)
        for highlight in drawn.highlights {
            let style = theme.style(highlight.kind)
            for offset in highlight.range.clamped(to: source.indices) { styles[offset] = style }
        }
        let brackets = Brackets(in: source, drawn.highlights)
        for offset in brackets.strays { styles[offset] = theme.strayBracket }
        if !isFinal {
            for offset in brackets.pair(at: point) {
                styles[offset] = theme.matchingBracket
            }
        }
        return ScreenLayout(
            prompt: Readline.message.map { [ScreenCell]($0, theme.faint) } ?? prompt,
            continuation: continuation, source: source, styles: styles, point: point,
            columns: columns)
    }

    /// The terminal's columns and rows.
    static var screenSize: (columns: Int, rows: Int) {
        var size = winsize()
        guard ioctl(STDOUT_FILENO, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 1, size.ws_row > 0
        else { return (80, 24) }
        return (Int(size.ws_col), Int(size.ws_row))
    }
}
