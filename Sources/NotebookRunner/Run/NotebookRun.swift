import Hosting
import Sessions
import Synchronization

/// Notebooks executed without a front end, each in a session and in the folder of its own.
///
///     let run = NotebookRun(
///         .init(notebooks: ["tour.ipynb"], destination: .file("out.ipynb")),
///         makeSession: { Session(library: library, history: nil, frontEnd: "run") })
///     exit(run.run().exitCode)
public final class NotebookRun: Sendable {
    public struct Options: Sendable {
        /// What happens to the executed notebook.
        public enum Destination: Sendable, Equatable {
            /// It is not kept; the report is what was wanted.
            case nowhere
            case file(String)
            /// It takes the place of the one that was read, in one step.
            case inPlace
        }

        public var notebooks: [String]
        public var destination: Destination
        /// Seconds a cell may take; `nil` for as long as it likes.
        public var timeout: Double?

        public init(
            notebooks: [String], destination: Destination = .nowhere, timeout: Double? = nil
        ) {
            self.notebooks = notebooks
            self.destination = destination
            self.timeout = timeout
        }
    }

    private struct State: Sendable {
        var session: Session?
        var isInterrupted = false
    }

    private let options: Options
    private let makeSession: @Sendable () -> Session
    private let log: RunLog
    private let state = Mutex(State())

    /// - Parameters:
    ///   - makeSession: a fresh session for each notebook.
    ///   - log: where the run tells how far it is.
    public init(
        _ options: Options, log: RunLog = RunLog(), makeSession: @escaping @Sendable () -> Session
    ) {
        self.options = options
        self.log = log
        self.makeSession = makeSession
    }

    /// Stops the running cell and the run with it. Safe from any thread.
    public func interrupt() {
        let session = state.withLock { state in
            state.isInterrupted = true
            return state.session
        }
        session?.interrupt()
    }

    /// Runs all notebooks, the following ones also after one has failed, and waits for the end.
    public func run() -> RunReport {
        let interpreter = InterpreterThread()
        var reports: [NotebookReport] = []
        for path in options.notebooks where !isInterrupted {
            let report = run(path, on: interpreter)
            log.finished(report)
            reports.append(report)
        }
        return RunReport(notebooks: reports)
    }

    private var isInterrupted: Bool { state.withLock { $0.isInterrupted } }

    private func run(_ path: String, on interpreter: InterpreterThread) -> NotebookReport {
        let stopwatch = Stopwatch()
        var report = NotebookReport(path: path, ending: .completed, cellsRun: 0, seconds: 0)
        do {
            var notebook = try Notebook(contentsOf: path)
            let session = makeSession()
            state.withLock { $0.session = session }
            defer { state.withLock { $0.session = nil } }
            WorkingFolder.ofNotebook(at: path) {
                execute(&notebook, session, interpreter, &report)
            }
            if let output = destination(for: path) {
                try notebook.write(to: output)
                report.output = output
            }
        } catch {
            report.ending = .unusable(String(describing: error))
        }
        report.seconds = stopwatch.seconds
        return report
    }

    private func destination(for path: String) -> String? {
        switch options.destination {
        case .nowhere: nil
        case .file(let file): file
        case .inPlace: path
        }
    }

    /// Runs the cells in order until one fails, and puts the outputs into the notebook.
    private func execute(
        _ notebook: inout Notebook, _ session: Session, _ interpreter: InterpreterThread,
        _ report: inout NotebookReport
    ) {
        let log = log
        let collector = OutputCollector { log.progress($0) }
        let indices = notebook.cells.indices.filter { Self.isRun(notebook.cells[$0]) }
        for index in indices {
            notebook.cells[index].outputs = []
            notebook.cells[index].executionCount = nil
        }
        for (position, index) in indices.enumerated() {
            if isInterrupted { break }
            log.started(report.path, cell: position + 1, of: indices.count)
            collector.begin(cell: index)
            let ran = run(notebook.cells[index], session, collector, on: interpreter)
            report.cellsRun += 1
            notebook.cells[index].executionCount = ran.outcome.count
            log.ended(report.path, cell: position + 1, of: indices.count)
            if let failure = ran.failure {
                report.ending = .failed(failure.located(inCell: index + 1))
                break
            }
        }
        if isInterrupted { report.ending = .interrupted }
        for index in indices {
            if let outputs = collector.outputs(of: index) {
                notebook.cells[index].outputs = outputs
            }
        }
        notebook.describe(.swift)
    }

    /// Runs one cell and collects how it ended; the failure is `nil` where the run goes on.
    private func run(
        _ cell: NotebookCell, _ session: Session, _ collector: OutputCollector,
        on interpreter: InterpreterThread
    ) -> (outcome: Outcome, failure: CellFailure?) {
        let timedOut = Mutex(false)
        let source = cell.source
        let work: @Sendable () -> Outcome = { session.execute(source, output: collector) }
        let outcome =
            if let timeout = options.timeout {
                interpreter.run(
                    timeout: timeout,
                    onTimeout: {
                        timedOut.withLock { $0 = true }
                        session.interrupt()
                    }, work)
            } else {
                interpreter.run(work)
            }
        switch outcome {
        case .success(let count, let result, _):
            if let result {
                collector.append(.result(NotebookOutput.data(result), count: count))
            }
            return (outcome, nil)
        case .failure(_, var error):
            let isTimedOut = timedOut.withLock { $0 } && error.name == "Interrupted"
            if isTimedOut, let timeout = options.timeout {
                error = error.renamed(
                    "TimeoutError", "the cell took longer than \(ProgressLine.duration(timeout))")
            }
            collector.append(
                .error(name: error.name, message: error.message, traceback: error.traceback))
            let isExpected = cell.tags.contains("raises-exception") && !isTimedOut
            return (outcome, isExpected ? nil : CellFailure(error: error))
        }
    }

    /// Whether a cell is code that is to run.
    private static func isRun(_ cell: NotebookCell) -> Bool {
        cell.kind == .code && !cell.tags.contains("skip-execution")
            && cell.source.contains { !$0.isWhitespace }
    }
}

/// How a cell ended that ends the run.
private struct CellFailure {
    var error: Failure

    func located(inCell cell: Int) -> NotebookReport.Failure {
        NotebookReport.Failure(
            cell: cell, line: error.line, name: error.name, message: error.message,
            rendered: error.rendered)
    }
}
