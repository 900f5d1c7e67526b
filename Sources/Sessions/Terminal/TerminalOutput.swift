import Glibc
import Hosting
import Synchronization

/// Output as a terminal shows it, or a pipe or a file in its place.
///
/// On a terminal pictures are drawn as well as it can show them, progress is one line that updates
/// in place, and updates replace the display they belong to. Elsewhere pictures are their description
/// and of progress and updates only the last state is written.
public final class TerminalOutput: OutputSink {
    /// What the two streams are and can.
    public struct Style: Sendable {
        public var output: Int32
        public var error: Int32
        /// Whether the output is a terminal that can move its cursor.
        public var isTerminal: Bool
        /// Whether the output may have colours: a terminal, and no `NO_COLOR`.
        public var usesColor: Bool
        /// The same for the error stream.
        public var usesErrorColor: Bool
        /// Draws the bytes of a picture file within a room; `nil` where it cannot.
        public var picture: @Sendable (_ bytes: [UInt8], _ room: PictureRoom) -> TerminalDrawing?

        /// The process's own streams.
        public init(
            output: Int32 = 1, error: Int32 = 2,
            picture: @escaping @Sendable ([UInt8], PictureRoom) -> TerminalDrawing? = { _, _ in
                nil
            }
        ) {
            self.output = output
            self.error = error
            self.picture = picture
            let isRefused = getenv("NO_COLOR").map { $0.pointee != 0 } ?? false
            let isDumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? false
            isTerminal = isatty(output) == 1 && !isDumb
            usesColor = isTerminal && !isRefused
            usesErrorColor = isatty(error) == 1 && !isRefused && !isDumb
        }

        /// The terminal's size in characters.
        public var size: (columns: Int, rows: Int) {
            let size = window
            return size.ws_col > 0 ? (Int(size.ws_col), Int(size.ws_row)) : (80, 24)
        }

        /// The pixels of one character, where the system knows them.
        var cell: (width: Int, height: Int)? {
            let size = window
            guard size.ws_xpixel > 0, size.ws_ypixel > 0, size.ws_col > 0, size.ws_row > 0 else {
                return nil
            }
            return (Int(size.ws_xpixel / size.ws_col), Int(size.ws_ypixel / size.ws_row))
        }

        private var window: winsize {
            var size = winsize()
            return ioctl(output, UInt(TIOCGWINSZ), &size) == 0 ? size : winsize()
        }
    }

    private struct State {
        /// The columns of the progress line that stands unfinished on the terminal, 0 without one.
        var openProgress = 0
        var lastProgress: Stopwatch?
        var isAtLineStart = true
        /// The display printed last, while nothing follows it: its name and how many lines it took.
        var last: (id: String, lines: Int)?
        /// Updates that wait for the end of the cell.
        var pending: [(id: String, bundle: MIMEBundle)] = []
        /// Lines printed since the cell began or was cleared, as far as they can be taken back.
        var lines = 0
        var clearsBeforeNext = false
    }

    public let style: Style
    /// What the terminal can; whoever reads its keys takes those that came with the answer.
    public let probe: TerminalProbe
    private let state = Mutex(State())

    public init(_ style: Style, probe: TerminalProbe = TerminalProbe()) {
        self.style = style
        self.probe = probe
    }

    public var medium: OutputMedium {
        guard style.isTerminal, style.usesColor else { return .document }
        return probe.answers.graphics == .blocks ? .coloredText : .pictures
    }

    public func emit(_ event: OutputEvent) {
        state.withLock { state in
            switch event {
            case .text(let text, let stream):
                prepare(&state)
                write(text, to: stream == .standardError ? style.error : style.output, &state)
            case .display(let bundle, let id):
                prepare(&state)
                let lines = show(bundle, &state)
                state.last = id.map { ($0, lines) }
            case .update(let bundle, let id): update(bundle, id, &state)
            case .progress(let progress): draw(progress, &state)
            case .clear(let wait):
                state.clearsBeforeNext = wait
                if !wait { clear(&state) }
            }
        }
    }

    /// Shows the value of a cell.
    public func show(_ result: MIMEBundle) { emit(.display(result, id: nil)) }

    /// Shows the error that ended a cell, on the error stream.
    public func show(_ failure: Failure) {
        finish()
        let text =
            style.usesErrorColor ? failure.traceback.joined(separator: "\n") : failure.rendered
        say(text)
    }

    /// Tells the person something that is no output of their program, on the error stream.
    public func say(_ text: String) { emit(.text(text + "\n", stream: .standardError)) }

    /// Ends a cell: what was held back is written, and the next prompt begins a line.
    public func finish() {
        state.withLock { state in
            // Work that did not come to its end leaves how far it came.
            if state.openProgress > 0 { write("\n", to: style.output, &state) }
            state.openProgress = 0
            prepare(&state)
            for (_, bundle) in state.pending { _ = show(bundle, &state) }
            if style.isTerminal && !state.isAtLineStart { write("\n", to: style.output, &state) }
            state = State()
        }
    }

    public func readLine(prompt: String, isPassword: Bool) throws -> String? {
        state.withLock { state in
            prepare(&state)
            write(prompt, to: style.output, &state)
            state.isAtLineStart = true
        }
        // Keys that came while the terminal was asked what it can were not shown.
        let typed = probe.takeLine()
        if !isPassword { TextFile.writeAll(Array(typed.text.utf8), to: style.output) }
        if typed.isWhole {
            TextFile.writeAll([0x0A], to: style.output)
            return typed.text
        }
        let line = try TerminalInput.readLine(isPassword: isPassword)
        return typed.text.isEmpty ? line : typed.text + (line ?? "")
    }

    // MARK: - Drawing

    /// Takes an open progress line away before other output.
    private func prepare(_ state: inout State) {
        if state.openProgress > 0 { raw(progressStart(state)) }
        state.openProgress = 0
        if state.clearsBeforeNext { clear(&state) }
        state.clearsBeforeNext = false
        state.last = nil
    }

    private func write(_ text: String, to descriptor: Int32, _ state: inout State) {
        guard let last = text.utf8.last else { return }
        TextFile.writeAll(Array(text.utf8), to: descriptor)
        state.isAtLineStart = last == 0x0A
        state.lines += text.utf8.count { $0 == 0x0A }
    }

    private func raw(_ text: String) { TextFile.writeAll(Array(text.utf8), to: style.output) }

    /// Prints the best form and gives its number of lines.
    private func show(_ bundle: MIMEBundle, _ state: inout State) -> Int {
        if !state.isAtLineStart { write("\n", to: style.output, &state) }
        var lines = 0
        if let drawing = picture(of: bundle) {
            TextFile.writeAll(Array((drawing.text + "\n").utf8), to: style.output)
            lines = drawing.rows
            state.lines += lines
        }
        let text = text(of: bundle)
        if lines == 0 || !text.isEmpty {
            write(text + "\n", to: style.output, &state)
            lines += text.utf8.count { $0 == 0x0A } + 1
        }
        state.isAtLineStart = true
        return lines
    }

    /// The picture of a value that has one, where the terminal shows colours.
    private func picture(of bundle: MIMEBundle) -> TerminalDrawing? {
        let forms = ["image/png", "image/jpeg"].compactMap { bundle[$0] }
        guard style.usesColor, case .bytes(let bytes)? = forms.first else { return nil }
        let size = style.size
        let answers = probe.answers
        return style.picture(
            bytes,
            PictureRoom(
                columns: min(size.columns, 80), rows: max(8, size.rows * 2 / 3),
                graphics: answers.graphics, cell: style.cell ?? answers.cell ?? (8, 16)))
    }

    /// The text of a value, in colour where it has one and the terminal shows it.
    private func text(of bundle: MIMEBundle) -> String {
        if style.usesColor, case .text(let text)? = bundle[MIMEBundle.coloredText] { return text }
        return bundle.plain
    }

    private func update(_ bundle: MIMEBundle, _ id: String, _ state: inout State) {
        guard style.isTerminal, let last = state.last, last.id == id, last.lines < style.size.rows
        else {
            state.pending.removeAll { $0.id == id }
            state.pending.append((id, bundle))
            return
        }
        raw("\r\u{1B}[\(last.lines)A\u{1B}[J")
        state.lines -= last.lines
        state.last = (id, show(bundle, &state))
    }

    /// Takes back what the cell has printed, as far as the screen reaches.
    private func clear(_ state: inout State) {
        guard style.isTerminal else { return }
        let lines = min(state.lines, style.size.rows - 1)
        raw("\r" + (lines > 0 ? "\u{1B}[\(lines)A" : "") + "\u{1B}[J")
        state.lines = 0
        state.isAtLineStart = true
    }

    private func draw(_ progress: Progress, _ state: inout State) {
        guard style.isTerminal else {
            if progress.isFinished || progress.isMilestone {
                write(ProgressLine.text(progress) + "\n", to: style.error, &state)
            }
            return
        }
        let isDue = state.lastProgress.map { $0.seconds >= 0.1 } ?? true
        let isKept = progress.isFinished || progress.isMilestone
        guard isDue || isKept else { return }
        state.lastProgress = isKept ? nil : Stopwatch()
        if state.openProgress == 0 {
            prepare(&state)
            if !state.isAtLineStart { write("\n", to: style.output, &state) }
        }
        // Room for the ^C that a terminal writes after it. A state that stays is shown whole.
        let columns = isKept ? nil : style.size.columns - 3
        let line = ProgressLine.text(progress, columns: columns)
        raw(progressStart(state) + line)
        state.openProgress = isKept ? 0 : max(1, line.count)
        if isKept { write("\n", to: style.output, &state) }
    }

    /// What goes back to the beginning of an open progress line and clears it. A terminal that has
    /// become narrower may show it in several rows.
    private func progressStart(_ state: State) -> String {
        let rows = max(0, state.openProgress - 1) / max(1, style.size.columns)
        return "\r" + (rows > 0 ? "\u{1B}[\(rows)A" : "") + "\u{1B}[J"
    }
}
