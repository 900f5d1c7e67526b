import Glibc
import Hosting
import Synchronization

/// Output as a terminal shows it, or a pipe or a file in its place.
///
/// On a terminal pictures are drawn with coloured characters, progress is one line that updates in
/// place, and updates replace the display they belong to. Elsewhere pictures are their description
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
        /// Draws the bytes of a picture file within so many columns and rows; `nil` where it cannot.
        public var picture: @Sendable (_ bytes: [UInt8], _ columns: Int, _ rows: Int) -> String?

        /// The process's own streams.
        public init(
            output: Int32 = 1, error: Int32 = 2,
            picture: @escaping @Sendable ([UInt8], Int, Int) -> String? = { _, _, _ in nil }
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
        var size: (columns: Int, rows: Int) {
            var size = winsize()
            guard ioctl(output, UInt(TIOCGWINSZ), &size) == 0, size.ws_col > 0 else {
                return (80, 24)
            }
            return (Int(size.ws_col), Int(size.ws_row))
        }
    }

    private struct State {
        /// Whether a progress line stands unfinished on the terminal.
        var isProgressOpen = false
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
    private let state = Mutex(State())

    public init(_ style: Style) { self.style = style }

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
            if state.isProgressOpen { write("\n", to: style.output, &state) }
            state.isProgressOpen = false
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
        return try TerminalInput.readLine(isPassword: isPassword)
    }

    // MARK: - Drawing

    /// Takes an open progress line away before other output.
    private func prepare(_ state: inout State) {
        if state.isProgressOpen { raw("\r\u{1B}[K") }
        state.isProgressOpen = false
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
        let text = Self.text(of: bundle, style)
        write(text + "\n", to: style.output, &state)
        return text.utf8.count { $0 == 0x0A } + 1
    }

    /// The best form of a value for these streams: its text, under a picture where it has one.
    static func text(of bundle: MIMEBundle, _ style: Style) -> String {
        let forms = ["image/png", "image/jpeg"].compactMap { bundle[$0] }
        guard style.usesColor, case .bytes(let bytes)? = forms.first else { return bundle.plain }
        let size = style.size
        guard let picture = style.picture(bytes, min(size.columns, 80), max(8, size.rows * 2 / 3))
        else { return bundle.plain }
        return bundle.plain.isEmpty ? picture : picture + "\n" + bundle.plain
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
        if !state.isProgressOpen {
            prepare(&state)
            if !state.isAtLineStart { write("\n", to: style.output, &state) }
        }
        // Room for the ^C that a terminal writes after it.
        raw("\r" + ProgressLine.text(progress, columns: style.size.columns - 3) + "\u{1B}[K")
        state.isProgressOpen = !isKept
        if isKept { write("\n", to: style.output, &state) }
    }
}
