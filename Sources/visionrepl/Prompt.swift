import Hosting
import Language
import LineEditor
import Sessions
import Synchronization

/// The conversation at a terminal.
final class Prompt {
    private let session: Session
    private let output: TerminalOutput
    private let interpreter: InterpreterThread
    private let editor: LineEditor
    private let isRunning: RunningFlag

    init(
        session: Session, output: TerminalOutput, interpreter: InterpreterThread,
        signals: SignalRouter
    ) {
        self.session = session
        self.output = output
        self.interpreter = interpreter
        isRunning = signals.isRunning
        let entries = session.history?.tail(1000).map(\.source) ?? []
        editor = LineEditor(Self.assistance(session), history: entries)
        signals.attach(editor.wake)
    }

    /// Reads and runs until the person leaves.
    func run() {
        print("Swift Vision \(ProductVersion.current). ':help' lists commands, Ctrl-D leaves.")
        if let notice = session.history?.takeNotice() { print(notice) }
        while true {
            let number = "\(session.executionCount + 1)"
            let input = editor.read(
                prompt: painted("\(number)> "),
                continuation: painted(String(repeating: ".", count: number.count) + "> "))
            switch input {
            case .end: return
            case .cancelled: continue
            case .source(let source):
                if Self.isFarewell(source) { return }
                if !source.isEmpty { execute(source) }
            }
        }
    }

    private func execute(_ source: String) {
        isRunning.value.store(true, ordering: .sequentiallyConsistent)
        let session = session
        let output = output
        let outcome = interpreter.run {
            session.execute(source, output: output)
        }
        isRunning.value.store(false, ordering: .sequentiallyConsistent)
        switch outcome {
        case .success(_, let result, let pages):
            if let result { output.show(result) }
            for page in pages { output.show(page) }
            output.finish()
        case .failure(_, let error):
            // The terminal has written ^C where the cursor was.
            if error.name == "Interrupted" { output.emit(.text("\n", stream: .standardError)) }
            output.show(error)
        }
        if let notice = session.history?.takeNotice() { output.say(notice) }
    }

    /// A prompt in colour, with the marks by which readline knows that colours have no width.
    private func painted(_ text: String) -> String {
        output.style.usesColor ? "\u{1}\u{1B}[36m\u{2}\(text)\u{1}\u{1B}[0m\u{2}" : text
    }

    private static func isFarewell(_ source: String) -> Bool {
        [":quit", ":q", ":exit", "quit", "exit", "quit()", "exit()"].contains(source)
    }

    private static func assistance(_ session: Session) -> LineEditor.Assistance {
        LineEditor.Assistance(
            isReady: { source in
                switch session.completeness(source) {
                case .complete, .invalid: .ready
                case .incomplete(let indent): .needsMore(indent: indent)
                }
            },
            complete: { source, cursor in
                let reply = session.complete(source, cursor: cursor)
                return LineEditor.Completion(
                    candidates: reply.items.map { item in
                        .init(text: item.text, note: item.signature)
                    },
                    start: reply.start)
            })
    }
}
