import Glibc
import Hosting
import JupyterKernel
import JupyterProtocol

/// An evaluator whose cells are words: each line says what to do.
final class ScriptedEvaluator: Evaluator {
    private struct Failed: Error, CustomStringConvertible {
        var description: String
    }

    private let count = Monitor(0)
    private let cancellation = Cancellation()
    private let gate = Monitor(false)
    private let queries = Monitor<[HistoryQuery]>([])

    var executionCount: Int { count.withLock { $0 } }
    var lastQuery: HistoryQuery? { queries.withLock { $0.last } }

    /// Lets a cell that says `wait` go on.
    func open() { gate.notify { $0 = true } }

    func execute(
        _ source: String, storeHistory: Bool, silent: Bool, output: any OutputSink,
        atRest: @escaping @Sendable () -> Void
    ) -> Evaluation {
        if Host.current.cancellation !== cancellation { cancellation.reset() }
        let number = count.withLock { count in
            if storeHistory { count += 1 }
            return count
        }
        do {
            let host = Host(output: output, cancellation: cancellation, turn: atRest)
            var result: MIMEBundle?
            var pages: [MIMEBundle] = []
            try Host.$current.withValue(host) {
                for line in source.split(separator: "\n") {
                    try run(line.split(separator: " ").map(String.init), &result, &pages)
                }
            }
            return .success(count: number, result: result, pages: pages)
        } catch {
            let name = error is Interrupted ? "Interrupted" : "RuntimeError"
            return .failure(
                count: number,
                EvaluationFailure(name: name, message: "\(error)", traceback: ["trace"]))
        }
    }

    private func run(
        _ words: [String], _ result: inout MIMEBundle?, _ pages: inout [MIMEBundle]
    ) throws {
        let output = Host.current.output
        let rest = words.dropFirst().joined(separator: " ")
        switch words[0] {
        case "value": result = MIMEBundle(plain: rest)
        case "page": pages.append(MIMEBundle(plain: rest))
        case "print": output.emit(.text(rest + "\n", stream: .standardOutput))
        case "warn": output.emit(.text(rest + "\n", stream: .standardError))
        case "prints":
            for number in 0..<(Int(rest) ?? 0) {
                output.emit(.text("line \(number)\n", stream: .standardOutput))
            }
        case "both":
            for _ in 0..<(Int(rest) ?? 0) {
                output.emit(.text("o", stream: .standardOutput))
                output.emit(.text("e", stream: .standardError))
            }
        case "begin": output.emit(.text(rest, stream: .standardOutput))
        case "display": output.emit(.display(MIMEBundle(plain: rest), id: "d"))
        case "update": output.emit(.update(MIMEBundle(plain: rest), id: "d"))
        case "clear": output.emit(.clear(wait: true))
        case "progress": progress(Int(rest) ?? 0, output)
        case "ask":
            let line = try output.readLine(prompt: rest, isPassword: true)
            output.emit(.text("got \(line ?? "nothing")\n", stream: .standardOutput))
        case "wait": _ = gate.wait(milliseconds: 5000) { $0 ? true : nil }
        case "spin": while true { try cancellation.check() }
        case "rest": while !gate.withLock({ $0 }) { try Host.current.rest() }
        default: throw Failed(description: "unknown \(words[0])")
        }
    }

    private func progress(_ total: Int, _ output: any OutputSink) {
        for completed in 0...total {
            var picture = MIMEBundle(plain: "curve")
            picture["image/svg+xml"] = .text("<svg/>")
            output.emit(
                .progress(
                    Progress(
                        id: "p", title: "Epoch <1>", completed: completed, total: total,
                        unit: "steps", elapsed: Double(completed), picture: picture,
                        isFinished: completed == total)))
        }
    }

    func setAwaited(_ isAwaited: Bool) { cancellation.setAwaited(isAwaited) }

    func interrupt() { cancellation.request() }

    func complete(_ source: String, cursor: Int) -> CompletionList {
        CompletionList(
            items: [.init(text: "print", kind: "function", signature: "(Any...)")], start: 0,
            end: cursor)
    }

    func inspect(_ source: String, cursor: Int, detail: Int) -> MIMEBundle? {
        source.isEmpty ? nil : MIMEBundle(plain: "\(source) at \(cursor), detail \(detail)")
    }

    func isComplete(_ source: String) -> SourceState {
        switch source {
        case "open": .incomplete(indent: "  ")
        case "bad": .invalid
        default: .complete
        }
    }

    func history(_ query: HistoryQuery) -> [HistoryEntry] {
        queries.withLock { $0.append(query) }
        return [HistoryEntry(session: 2, line: 1, source: "x", output: "1")]
    }
}
