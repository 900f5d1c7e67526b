@preconcurrency import CReadline
import Glibc

/// Reads source typed at a terminal: editing, history, completion and as many lines as it takes.
///
///     let editor = LineEditor(LineEditor.Assistance(isReady: { _ in .ready }))
///     while case .source(let source) = editor.read(prompt: "1> ", continuation: " . ") {
///         print(source)
///     }
///
/// readline has one state for the whole process, so there is one editor, used from one thread.
public final class LineEditor {
    /// What the editor asks the language.
    public struct Assistance {
        /// Whether a source can run, or what the next line of it starts with.
        public var isReady: (String) -> Readiness
        /// What can be written at a cursor, counted in Unicode scalars.
        public var complete: (String, Int) -> Completion

        public init(
            isReady: @escaping (String) -> Readiness,
            complete: @escaping (String, Int) -> Completion = { _, cursor in
                Completion(candidates: [], start: cursor)
            }
        ) {
            self.isReady = isReady
            self.complete = complete
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
    /// The lines before the one being edited.
    var linesBefore: [String] = []
    /// The candidates of the list being shown.
    var shownCandidates: [Completion.Candidate] = []
    private var finished: Input?

    /// Sets the terminal library up; `history` is what the arrow keys and Ctrl-R find, oldest first.
    public init(_ assistance: Assistance, history: [String] = []) {
        self.assistance = assistance
        Readline.setUp()
        for source in history { add_history(source) }
    }

    /// Reads one source: a line, and further ones while the language needs more.
    public func read(prompt: String, continuation: String) -> Input {
        Readline.editor = self
        // A Ctrl-C that came too late for the last cell is not meant for the next line.
        wake.drain()
        defer { Readline.editor = nil }
        linesBefore = []
        var indent = ""
        while true {
            let input = readLine(linesBefore.isEmpty ? prompt : continuation, indent: indent)
            guard case .source(let line) = input else {
                return input == .end && !linesBefore.isEmpty ? .cancelled : input
            }
            linesBefore.append(line.allSatisfy(\.isWhitespace) ? "" : line)
            let source = linesBefore.joined(separator: "\n")
            guard source.contains(where: { !$0.isWhitespace }) else { return .source("") }
            switch assistance.isReady(source) {
            case .needsMore(let next): indent = next
            case .ready:
                add_history(source)
                return .source(source)
            }
        }
    }

    /// Takes the line that readline has finished; `nil` at the end of input.
    func accept(_ line: String?) {
        finished = line.map { .source($0) } ?? .end
        rl_callback_handler_remove()
    }

    private func readLine(_ prompt: String, indent: String) -> Input {
        finished = nil
        rl_callback_handler_install(prompt) { line in
            let text = line.map { String(cString: $0) }
            free(line)
            Readline.editor?.accept(text)
        }
        // Lines that were pasted or typed ahead bring their own indentation.
        if !indent.isEmpty && !isInputWaiting {
            rl_insert_text(indent)
            rl_redisplay()
        }
        while true {
            if let finished { return finished }
            switch wake.wait(with: STDIN_FILENO) {
            case .input: rl_callback_read_char()
            case .interrupt: return cancel()
            case .resize: rl_resize_terminal()
            case .resume:
                rl_reset_after_signal()
                rl_forced_update_display()
            }
        }
    }

    /// Drops the line, and a search or a repeat count in the middle of it.
    private func cancel() -> Input {
        rl_point = rl_end
        rl_redisplay()
        fputs("^C", rl_outstream)
        rl_free_line_state()
        rl_callback_sigcleanup()
        rl_replace_line("", 0)
        rl_callback_handler_remove()
        fputs("\n", rl_outstream)
        fflush(rl_outstream)
        return .cancelled
    }

    private var isInputWaiting: Bool {
        var descriptor = pollfd(fd: STDIN_FILENO, events: Int16(POLLIN), revents: 0)
        return poll(&descriptor, 1, 0) > 0
    }
}
