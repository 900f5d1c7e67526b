@preconcurrency import CReadline
import Glibc

/// Reads source typed at a terminal: editing of whole blocks in colour, history and completion.
///
///     let editor = LineEditor(LineEditor.Assistance(isReady: { _ in .ready }))
///     while case .source(let source) = editor.read(prompt: "1> ", continuation: " . ") {
///         print(source)
///     }
///
/// A source of several lines is edited as one text, in which the arrow keys move. readline provides
/// keys, undo, search and history; the editor draws by itself. readline has one state for the whole
/// process, so there is one editor, used from one thread.
///
/// Where the terminal cannot move its cursor, lines are read as they come.
public final class LineEditor {
    /// What the editor asks the language.
    public struct Assistance {
        /// Whether a source can run, or what the next line of it starts with.
        public var isReady: (String) -> Readiness
        /// What can be written at a cursor, counted in Unicode scalars.
        public var complete: (String, Int) -> Completion
        /// The declarations of the function whose arguments the cursor stands among.
        public var signatures: (String, Int) -> [String]
        /// The pieces of a source that have a colour, and its brackets, in order.
        public var highlight: (String) -> [Highlight]

        public init(
            isReady: @escaping (String) -> Readiness,
            complete: @escaping (String, Int) -> Completion = { _, cursor in
                Completion(candidates: [], start: cursor)
            },
            signatures: @escaping (String, Int) -> [String] = { _, _ in [] },
            highlight: @escaping (String) -> [Highlight] = { _ in [] }
        ) {
            self.isReady = isReady
            self.complete = complete
            self.signatures = signatures
            self.highlight = highlight
        }
    }

    public enum Readiness: Equatable, Sendable {
        case ready
        case needsMore(indent: String)
    }

    public struct Completion: Sendable {
        /// A text that may stand at the place, and what is shown for it in a list.
        public struct Candidate: Sendable {
            public var text: String
            public var note: String

            public init(text: String, note: String = "") {
                self.text = text
                self.note = note
            }
        }

        public var candidates: [Candidate]
        /// Where the text that a candidate replaces begins, in Unicode scalars.
        public var start: Int

        public init(candidates: [Candidate], start: Int) {
            self.candidates = candidates
            self.start = start
        }
    }

    /// What the person did.
    public enum Input: Equatable, Sendable {
        case source(String)
        /// Ctrl-C: what was typed is dropped.
        case cancelled
        /// Ctrl-D on an empty line, or the end of the terminal.
        case end
    }

    /// Wakes the editor from other threads.
    public let wake = WakePipe()

    let assistance: Assistance
    let theme: Theme
    var painter = ScreenPainter()
    var prompt: [ScreenCell] = []
    var continuation: [ScreenCell] = []
    /// The columns of the terminal when the screen was drawn.
    var drawnColumns = 0
    /// The pieces of the text drawn last; they change with the text alone.
    var drawn: (text: String, highlights: [Highlight]) = ("", [])
    var menu: Menu?
    /// Where the last step through the history led.
    var historyPlace: Readline.Place?
    /// Keys that were pressed before the editor read.
    private var typedAhead: [UInt8] = []
    private var finished: Input?
    private let canMoveCursor: Bool

    /// Sets the terminal library up.
    ///
    /// - Parameters:
    ///   - history: what the arrow keys and Ctrl-R find, oldest first.
    ///   - usesColor: whether prompt and source may be coloured.
    public init(_ assistance: Assistance, history: [String] = [], usesColor: Bool = false) {
        self.assistance = assistance
        theme = Theme(usesColor: usesColor)
        let terminal = getenv("TERM").map { String(cString: $0) } ?? ""
        canMoveCursor = isatty(STDOUT_FILENO) == 1 && !["", "dumb"].contains(terminal)
        Readline.setUp()
        for source in history { add_history(source) }
    }

    /// Reads one source: a line, or a block of as many as the language needs.
    ///
    /// - Parameter typedAhead: keys that somebody else took from the terminal before.
    public func read(
        prompt: String, continuation: String, typedAhead: [UInt8] = []
    ) -> Input {
        self.typedAhead += typedAhead
        // A Ctrl-C that came too late for the last cell is not meant for the next line.
        wake.drain()
        guard canMoveCursor else { return readLines(prompt, continuation) }
        self.prompt = [ScreenCell](prompt, theme.prompt)
        self.continuation = [ScreenCell](continuation, theme.prompt)
        Readline.editor = self
        defer { Readline.editor = nil }
        menu = nil
        historyPlace = nil
        painter.reset()
        let input = edit(prompt)
        if case .source(let source) = input, source.contains(where: { !$0.isWhitespace }) {
            remember(source)
        }
        return input
    }

    /// Takes the line that readline has finished; `nil` at the end of input.
    func accept(_ line: String?) {
        rl_callback_handler_remove()
        if finished == nil { finished = line.map { .source($0) } ?? .end }
    }

    /// Ends the editing once the key at hand has been dealt with.
    func finish(_ input: Input) {
        finished = input
        rl_done = 1
    }

    /// The next byte of a key: one that was typed before, or one from the terminal.
    func nextByte() -> Int32? {
        typedAhead.isEmpty ? nil : Int32(typedAhead.removeFirst())
    }

    /// Whether more keys wait, as they do in the middle of a paste.
    var isInputWaiting: Bool {
        if !typedAhead.isEmpty { return true }
        var descriptor = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        return poll(&descriptor, 1, 0) > 0
    }

    private func edit(_ prompt: String) -> Input {
        finished = nil
        rl_callback_handler_install(prompt) { line in
            let text = line.map { String(cString: $0) }
            free(line)
            Readline.editor?.accept(text)
        }
        while true {
            if let finished {
                write(painter.leave())
                if case .source(let source) = finished { return .source(source.tidied) }
                return finished
            }
            if !typedAhead.isEmpty {
                rl_callback_read_char()
                continue
            }
            switch wake.wait(with: STDIN_FILENO) {
            case .input: rl_callback_read_char()
            case .interrupt: return cancel()
            case .resize: rl_resize_terminal()
            case .resume:
                // The shell has set the terminal up for itself; readline believes that it is still
                // as it left it.
                rl_cleanup_after_signal()
                rl_reset_after_signal()
                painter.reset()
                rl_forced_update_display()
            }
        }
    }

    /// Drops the text, and a search or a repeat count in the middle of it.
    private func cancel() -> Input {
        typedAhead = []
        menu = nil
        // These draw once more, and so come before the last drawing.
        rl_free_line_state()
        rl_callback_sigcleanup()
        rl_point = rl_end
        redisplay(isFinal: true)
        write("^C" + painter.leave())
        rl_replace_line("", 0)
        rl_callback_handler_remove()
        return .cancelled
    }

    private func remember(_ source: String) {
        let last = history_get(history_base + history_length - 1)
        if let last, String(cString: last.pointee.line) == source { return }
        add_history(source)
    }

    /// Reads a source from a terminal that only prints.
    private func readLines(_ prompt: String, _ continuation: String) -> Input {
        var lines: [String] = []
        while true {
            write(lines.isEmpty ? prompt : continuation)
            var line: [UInt8] = []
            while line.last != 0x0A {
                var byte = UInt8(truncatingIfNeeded: nextByte() ?? 0)
                if byte == 0 {
                    guard wake.wait(with: STDIN_FILENO) != .interrupt else {
                        write("\n")
                        return .cancelled
                    }
                    let count = Glibc.read(STDIN_FILENO, &byte, 1)
                    if count < 0 && errno == EINTR { continue }
                    if count <= 0 {
                        write("\n")
                        return lines.isEmpty && line.isEmpty ? .end : .cancelled
                    }
                }
                line.append(byte)
            }
            lines.append(String(decoding: line.dropLast(), as: UTF8.self))
            let source = lines.joined(separator: "\n").tidied
            if source.isEmpty || assistance.isReady(source) == .ready { return .source(source) }
        }
    }

    /// Writes to the terminal at once.
    func write(_ text: String) {
        guard !text.isEmpty else { return }
        fputs(text, rl_outstream)
        fflush(rl_outstream)
    }
}

extension String {
    /// The source without blanks at its end; empty where there is nothing else.
    fileprivate var tidied: String {
        var text = self[...]
        while text.last?.isWhitespace == true { text.removeLast() }
        return String(text)
    }
}
