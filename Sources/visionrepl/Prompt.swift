import Glibc
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
        editor = LineEditor(
            Self.assistance(session), history: entries, usesColor: output.style.usesColor)
        signals.attach(editor.wake)
    }

    /// Reads and runs until the person leaves.
    ///
    /// - Parameter initFile: a source that runs before the first line.
    func run(initFile: String?) {
        print("Swift Vision \(ProductVersion.current). ':help' lists commands, Ctrl-D leaves.")
        if let notice = session.history?.takeNotice() { print(notice) }
        // What was printed so far comes before what the cells and the editor write.
        fflush(nil)
        if let initFile { load(initFile) }
        while true {
            let number = "\(session.executionCount + 1)"
            let input = editor.read(
                prompt: "\(number)> ",
                continuation: String(repeating: ".", count: number.count) + "> ",
                typedAhead: output.probe.takeKeys())
            switch input {
            case .end: return
            case .cancelled: continue
            case .source(let source):
                if Command.isFarewell(source) { return }
                if !source.isEmpty { execute(source) }
            }
        }
    }

    /// Runs the person's own file, whose names the session then has. A fault in it is told and
    /// leaves the prompt as it is without the rest.
    private func load(_ path: String) {
        do throws(FileError) {
            execute(try TextFile.text(of: path), as: path)
        } catch {
            output.say("visionrepl: \(error)")
        }
    }

    /// - Parameter file: the file that the source comes from, which is no numbered cell.
    private func execute(_ source: String, as file: String? = nil) {
        isRunning.value.store(true, ordering: .sequentiallyConsistent)
        let session = session
        let output = output
        let outcome = interpreter.run {
            session.execute(source, storeHistory: file == nil, output: output, cellName: file)
        }
        isRunning.value.store(false, ordering: .sequentiallyConsistent)
        switch outcome {
        case .success(_, let result, let pages):
            if file == nil, let result { output.show(result) }
            for page in pages { Pager(output: output).show(page) }
            output.finish()
        case .failure(_, let error):
            // The terminal has written ^C where the cursor was.
            if error.name == "Interrupted" { output.emit(.text("\n", stream: .standardError)) }
            output.show(error)
        }
        if let notice = session.history?.takeNotice() { output.say(notice) }
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
            },
            signatures: { source, cursor in
                session.signatures(source, cursor: cursor)
            },
            highlight: { source in
                SourceHighlight.highlights(of: source).map { piece in
                    Highlight(piece.range, kind(piece.kind))
                }
            })
    }

    private static func kind(_ kind: SourceHighlight.Kind) -> Highlight.Kind {
        switch kind {
        case .command: .command
        case .source(.keyword): .keyword
        case .source(.type): .type
        case .source(.string): .string
        case .source(.number): .number
        case .source(.comment): .comment
        case .source(.bracket): .bracket
        }
    }
}
