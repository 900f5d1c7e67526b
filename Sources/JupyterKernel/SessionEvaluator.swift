import Hosting
import Sessions

/// A session as the kernel sees it.
public final class SessionEvaluator: Evaluator {
    private let session: Session

    /// Passes everything on to `session`.
    public init(_ session: Session) {
        self.session = session
    }

    public var executionCount: Int { session.executionCount }

    public func execute(
        _ source: String, storeHistory: Bool, silent: Bool, output: any OutputSink,
        atRest: @escaping @Sendable () -> Void
    ) -> Evaluation {
        let outcome = session.execute(
            source, storeHistory: storeHistory, silent: silent, output: output, atRest: atRest)
        switch outcome {
        case .success(let count, let result, let pages):
            return .success(count: count, result: result, pages: pages)
        case .failure(let count, let error):
            return .failure(
                count: count,
                EvaluationFailure(
                    name: error.name, message: error.message, traceback: error.traceback))
        }
    }

    public func setAwaited(_ isAwaited: Bool) { session.setAwaited(isAwaited) }

    public func interrupt() { session.interrupt() }

    public func complete(_ source: String, cursor: Int) -> CompletionList {
        let reply = session.complete(source, cursor: cursor)
        let items = reply.items.map {
            CompletionList.Item(text: $0.text, kind: $0.type, signature: $0.signature)
        }
        return CompletionList(items: items, start: reply.start, end: reply.end)
    }

    public func inspect(_ source: String, cursor: Int, detail: Int) -> MIMEBundle? {
        session.inspect(source, cursor: cursor, detail: detail)
    }

    public func isComplete(_ source: String) -> SourceState {
        switch session.completeness(source) {
        case .complete: .complete
        case .incomplete(let indent): .incomplete(indent: indent)
        case .invalid: .invalid
        }
    }

    public func history(_ query: HistoryQuery) -> [HistoryEntry] {
        guard let history = session.history else { return [] }
        let entries =
            switch query {
            case .tail(let count, let outputs): history.tail(count, outputs: outputs)
            case .range(let number, let start, let stop, let outputs):
                history.range(session: number, start: start, stop: stop, outputs: outputs)
            case .search(let pattern, let count, let unique, let outputs):
                history.search(pattern, count: count, unique: unique, outputs: outputs)
            }
        return entries.map {
            HistoryEntry(
                session: $0.session, line: $0.line, source: $0.source, output: $0.output)
        }
    }
}
