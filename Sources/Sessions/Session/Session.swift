import Hosting
import Language
import Synchronization

/// One conversation with the language: runs cells, keeps their names, and helps to write them. Every
/// front end is a sink of its output and a reader of its outcomes.
///
///     let session = Session(library: Library(), history: nil, frontEnd: "example")
///     let outcome = session.execute("let x = 6\nx * 7", output: StandardOutput())
///     if case .success(_, let result?, _) = outcome { print(result.plain) }  // 42
///
/// `execute` may come from any thread, one call at a time; front ends call it on an
/// `InterpreterThread`. A cell that rests lets its thread run other cells meanwhile. Everything else
/// answers at once, also while a cell runs.
public final class Session: Sendable {
    private struct State {
        var count = 0
        /// The cells that ran to their end, for `:save`.
        var sources: [String] = []
        /// The results that later cells can name, oldest first.
        var results: [KeptResult] = []
    }

    /// Where cells are remembered beyond this session; `nil` for a session that leaves no trace.
    public let history: History?
    /// Who talks to the session: `repl`, `kernel`, `run`.
    public let frontEnd: String
    let interpreter: Interpreter
    private let explain: @Sendable (any Error) -> String?
    private let cancellation = Cancellation()
    private let warnings = WarningMemory()
    private let state = Mutex(State())
    private let execution = Mutex(())

    /// - Parameters:
    ///   - library: the names the language knows besides its own.
    ///   - explain: what more can be said about an engine's error, such as a repair that was tried.
    public init(
        library: Library, history: History?, frontEnd: String,
        explain: @escaping @Sendable (any Error) -> String? = { _ in nil }
    ) {
        interpreter = Interpreter(library: library)
        self.history = history
        self.frontEnd = frontEnd
        self.explain = explain
    }

    /// The number of the last cell that counted; 0 before the first.
    public var executionCount: Int { state.withLock { $0.count } }

    /// Asks the running cells to stop at their next statement or operation. Harmless when none runs.
    public func interrupt() { cancellation.request() }

    /// Says whether other cells wait for the running one to rest. Safe from any thread.
    public func setAwaited(_ isAwaited: Bool) { cancellation.setAwaited(isAwaited) }

    /// The line of the running cell that is being carried out, from 1; `nil` where none runs. May be
    /// asked from a signal's handler.
    public var runningLine: Int? { interpreter.runningLine }

    /// Runs a cell, or a command such as `:help`, and waits for its end.
    ///
    /// Output goes to the sink on this thread, in order, before this returns.
    ///
    /// - Parameters:
    ///   - storeHistory: whether the cell counts and is remembered. Empty ones never are.
    ///   - silent: runs without output, result, count or memory.
    ///   - cellName: what errors call the cell; `In [n]` unless given.
    ///   - atRest: called on this thread where the cell rests while others wait (`setAwaited`); it
    ///     may execute other cells of this session.
    public func execute(
        _ source: String, storeHistory: Bool = true, silent: Bool = false,
        output: any OutputSink, cellName: String? = nil, atRest: (@Sendable () -> Void)? = nil
    ) -> Outcome {
        alone {
            let counts = storeHistory && !silent && source.contains { !$0.isWhitespace }
            let count = state.withLock { state in
                if counts { state.count += 1 }
                return state.count
            }
            if counts { history?.record(line: count, source: source) }
            let sink = ProgressEnds(silent ? SilentOutput(inputFrom: output) : output)
            defer { sink.close() }
            let host = Host(
                output: sink, cancellation: cancellation, warnings: warnings, turn: atRest)
            let name = cellName.map { CellName($0) } ?? .cell(counts ? count : count + 1)
            // Only running code rests; what this session does around it does not.
            let around = Host(output: sink, cancellation: cancellation)
            let result = Host.$current.withValue(around) {
                Result { () throws(ScriptError) in
                    try dispatch(source, Evaluation(name: name, host: host))
                }
            }
            switch result {
            case .failure(let error):
                return .failure(count: count, error: Failure(explained(error)))
            case .success(let answer):
                if counts {
                    if answer.isCode { remember(source) }
                    if let value = answer.value { keep(value, count) }
                    if let result = answer.result {
                        history?.recordOutput(line: count, result.plain)
                    }
                }
                return .success(
                    count: count, result: silent ? nil : answer.result, pages: answer.pages)
            }
        }
    }

    /// Runs a cell while no other thread does. One that has a turn while another cell rests is inside
    /// the lock, and an interrupt is for both of them.
    private func alone(_ run: () -> Outcome) -> Outcome {
        if Host.current.cancellation === cancellation { return run() }
        return execution.withLock { _ in
            cancellation.reset()
            return run()
        }
    }

    /// The cells that ran to their end, oldest first; commands are not among them.
    var sources: [String] { state.withLock { $0.sources } }

    /// Adds code that ran to its end.
    func remember(_ source: String) { state.withLock { $0.sources.append(source) } }

    /// Forgets every name of earlier cells. Numbers go on.
    func reset() {
        interpreter.reset()
        state.withLock { state in
            state.sources = []
            state.results = []
        }
    }

    private func dispatch(
        _ source: String, _ evaluation: Evaluation
    ) throws(ScriptError) -> Answer {
        if let call = CommandCall(source) { return try run(call, evaluation) }
        var answer = try evaluate(source, evaluation)
        answer.isCode = true
        return answer
    }

    /// Runs code inside the present cell and gives its value and that value's forms.
    func evaluate(
        _ source: String, _ evaluation: Evaluation
    ) throws(ScriptError) -> Answer {
        let result = try interpreter.run(source, cell: evaluation.name, host: evaluation.host)
        for warning in result.warnings {
            evaluation.host.output.emit(.text("warning: \(warning)\n", stream: .standardError))
        }
        do {
            return Answer(result: try result.display(), value: result)
        } catch let error as ScriptError {
            throw error
        } catch is Interrupted {
            throw ScriptError(.interrupted, "interrupted while the value was being drawn")
        } catch {
            throw ScriptError(.runtime, String(describing: error), underlying: error)
        }
    }

    // MARK: - Earlier results

    /// What a session keeps of a result that later cells can name.
    struct KeptResult {
        var count: Int
        var bytes: Int
    }

    /// The memory that all kept results may hold together, and how many there may be.
    private static let resultLimit = (bytes: 64 << 20, count: 1000)

    /// Lets later cells call a cell's result `_` and `_n`. The oldest results make room for it.
    private func keep(_ value: CellResult, _ count: Int) {
        guard value.value != nil else { return }
        let limit = Self.resultLimit
        let names = ["_", "_\(count)"]
        guard let bytes = interpreter.keep(value, as: names, limit: limit.bytes) else { return }
        let dropped = state.withLock { state in
            state.results.append(KeptResult(count: count, bytes: bytes))
            var total = state.results.reduce(0) { $0 + $1.bytes }
            var dropped: [Int] = []
            while total > limit.bytes || state.results.count > limit.count {
                let oldest = state.results.removeFirst()
                total -= oldest.bytes
                dropped.append(oldest.count)
            }
            return dropped
        }
        for count in dropped { interpreter.forgetResult("_\(count)") }
    }

    private func explained(_ error: ScriptError) -> ScriptError {
        guard let underlying = error.underlying, let explanation = explain(underlying) else {
            return error
        }
        var error = error
        error.notes.append(explanation)
        return error
    }
}

/// A cell that is being run: what it is called and where its output goes.
struct Evaluation {
    var name: CellName
    var host: Host
}

/// What a cell or a command leaves.
struct Answer {
    var result: MIMEBundle?
    var pages: [MIMEBundle] = []
    /// The value whose forms the result has, where the interpreter gave one.
    var value: CellResult?
    /// Whether it was code, which `:save` writes.
    var isCode = false
}

/// The sink of a silent cell: nothing is shown, questions are still asked.
private final class SilentOutput: OutputSink {
    private let inner: any OutputSink

    init(inputFrom inner: any OutputSink) { self.inner = inner }

    func emit(_ event: OutputEvent) {}

    func readLine(prompt: String, isPassword: Bool) throws -> String? {
        try inner.readLine(prompt: prompt, isPassword: isPassword)
    }
}
