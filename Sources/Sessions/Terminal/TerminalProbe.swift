import Glibc
import Synchronization

/// Asks the terminal once what it can, when that is first wanted.
///
/// The terminal itself is asked, so that the answer is right over ssh and in tmux, where the
/// environment tells of another machine or of another terminal.
public final class TerminalProbe: Sendable {
    private struct State {
        var answers: TerminalAnswers?
        var keys: [UInt8] = []
    }

    private let state = Mutex(State())
    private let input: Int32
    private let output: Int32
    private let patience: Double

    /// - Parameter patience: the seconds to wait for a terminal that says nothing.
    public init(input: Int32 = 0, output: Int32 = 1, patience: Double = 1) {
        self.input = input
        self.output = output
        self.patience = patience
    }

    /// What the terminal says. Where `VISION_PICTURES` names a way to show pictures, that one is
    /// taken.
    public var answers: TerminalAnswers {
        state.withLock { state in
            if let answers = state.answers { return answers }
            var answers = ask()
            state.keys += answers.keys
            if let choice = getenv("VISION_PICTURES").map({ String(cString: $0) }),
                let graphics = TerminalAnswers.Graphics(rawValue: choice)
            {
                answers.graphics = graphics
            }
            state.answers = answers
            return answers
        }
    }

    /// The keys pressed while the terminal was asked; whoever reads keys next takes them.
    public func takeKeys() -> [UInt8] {
        state.withLock { state in
            defer { state.keys = [] }
            return state.keys
        }
    }

    /// The first line among those keys without its end, or what there is of it.
    func takeLine() -> (text: String, isWhole: Bool) {
        state.withLock { state in
            let end = state.keys.firstIndex { $0 == 0x0A || $0 == 0x0D }
            let line = String(decoding: state.keys[..<(end ?? state.keys.count)], as: UTF8.self)
            state.keys.removeFirst(end.map { $0 + 1 } ?? state.keys.count)
            return (line, end != nil)
        }
    }

    /// Sends the question and reads until the last answer, or until patience ends.
    private func ask() -> TerminalAnswers {
        var settings = termios()
        guard isatty(output) == 1, tcgetattr(input, &settings) == 0 else {
            return TerminalAnswers(parsing: [])
        }
        var raw = settings
        raw.c_lflag &= ~tcflag_t(ICANON | ECHO)
        guard tcsetattr(input, TCSANOW, &raw) == 0 else { return TerminalAnswers(parsing: []) }
        defer { tcsetattr(input, TCSANOW, &settings) }
        TextFile.writeAll(Array(TerminalAnswers.question.utf8), to: output)
        let stopwatch = Stopwatch()
        var bytes: [UInt8] = []
        while true {
            let answers = TerminalAnswers(parsing: bytes)
            let left = patience - stopwatch.seconds
            if answers.isComplete || left <= 0 { return answers }
            var waited = pollfd(fd: input, events: Int16(POLLIN), revents: 0)
            guard poll(&waited, 1, Int32(left * 1000) + 1) > 0 else { continue }
            var buffer = [UInt8](repeating: 0, count: 1024)
            let count = read(input, &buffer, buffer.count)
            if count > 0 {
                bytes += buffer[..<count]
            } else if count == 0 || errno != EINTR {
                return answers
            }
        }
    }
}
