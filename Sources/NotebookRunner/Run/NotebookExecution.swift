import Hosting
import Sessions

/// One notebook while it runs: its cells go to a worker, what they put out into the notebook.
struct NotebookExecution {
    private(set) var notebook: Notebook
    private let owner: NotebookRun
    private let index: Int
    private let stored: Notebook
    private let collector = OutputCollector()
    private var report: NotebookReport

    /// Prepares a run: parameters are put in and old outputs taken out.
    ///
    /// - Throws: `ParameterError` for a value that cannot be written in the language.
    init(of notebook: Notebook, at path: String, index: Int, in run: NotebookRun) throws {
        owner = run
        self.index = index
        var notebook = notebook
        report = NotebookReport(path: path)
        report.notes = try notebook.inject(run.options.parameters)
        stored = notebook
        for index in notebook.cells.indices where notebook.cells[index].kind == .code {
            let cell = notebook.cells[index]
            guard let plan = CellPlan(cell, isChecked: run.options.check != nil) else { continue }
            report.cells.append(
                CellReport(
                    cell: index + 1, title: cell.title,
                    ending: plan.isSkipped ? .skipped : .notRun, seconds: 0))
            guard !plan.isSkipped else { continue }
            notebook.cells[index].outputs = []
            notebook.cells[index].executionCount = nil
        }
        self.notebook = notebook
    }

    /// Runs the cells in order until one fails.
    mutating func run(on worker: Worker) {
        let places = report.cells.indices.filter {
            if case .notRun = report.cells[$0].ending { true } else { false }
        }
        var count = 0
        for (position, place) in places.enumerated() {
            if owner.isInterrupted { break }
            owner.log.started(report.path, index: index, cell: position + 1, of: places.count)
            let stopwatch = Stopwatch()
            let failure = run(place, on: worker, count: &count)
            report.cells[place].seconds = stopwatch.seconds
            owner.log.ended(index: index)
            if let failure {
                report.ending = .failed(failure)
                break
            }
        }
        if owner.isInterrupted { report.ending = .interrupted }
    }

    /// Runs one cell; the failure is `nil` where the run goes on.
    private mutating func run(
        _ place: Int, on worker: Worker, count: inout Int
    ) -> CellReport.Failure? {
        let number = report.cells[place].cell
        let cell = notebook.cells[number - 1]
        let collector = collector
        let log = owner.log
        let index = index
        collector.begin(cell: number - 1)
        let ran = worker.run(
            cell.source, timeout: owner.options.timeout,
            onEvent: { event in
                collector.take(event)
                log.take(event, index: index)
            }, onWait: { log.refresh() })
        var failure: CellFailure
        var isExpected = !cell.markers.isDisjoint(with: CellPlan.raisingTags)
        switch ran.ending {
        case .ended(let end):
            count = end.count
            notebook.cells[number - 1].executionCount = count
            if let result = end.result { collector.append(.result(result, count: count)) }
            guard let ended = end.failure else {
                report.cells[place].ending = .passed
                return nil
            }
            failure = ended
            if ran.isTimedOut, failure.name == "Interrupted" {
                failure = failure.renamed("TimeoutError", timeoutMessage)
                isExpected = false
            }
        case .died(let death):
            count += 1
            notebook.cells[number - 1].executionCount = count
            collector.take(.text(death.lastOutput, .standardOutput))
            collector.take(.text(death.lastError, .standardError))
            failure = CellFailure(
                death, in: cell.source, cell: "In [\(count)]",
                timeout: ran.isTimedOut ? timeoutMessage : nil)
            isExpected = false
        }
        collector.append(
            .error(name: failure.name, message: failure.message, traceback: failure.traceback))
        let reported = CellReport.Failure(
            cell: number, line: failure.line, name: failure.name, message: failure.message,
            rendered: failure.rendered)
        report.cells[place].ending = isExpected ? .raised(reported) : .failed(reported)
        return isExpected ? nil : reported
    }

    private var timeoutMessage: String {
        "the cell took longer than \(ProgressLine.duration(owner.options.timeout ?? 0))"
    }

    /// Puts the outputs into the notebook, compares them, and says what became of it.
    mutating func finish() -> NotebookReport {
        for cell in notebook.cells.indices {
            if let outputs = collector.outputs(of: cell) { notebook.cells[cell].outputs = outputs }
        }
        notebook.describe(.swift)
        if let check = owner.options.check { compare(check) }
        report.notebook = notebook
        return report
    }

    private mutating func compare(_ check: OutputCheck) {
        let codes = stored.cells.filter { $0.kind == .code }
        if codes.allSatisfy({ $0.outputs.isEmpty && $0.executionCount == nil }) {
            report.notes.append(
                "nothing is stored to compare with; a run with --in-place stores it")
        }
        for place in report.cells.indices {
            switch report.cells[place].ending {
            case .passed, .raised: break
            case .failed, .differed, .skipped, .notRun: continue
            }
            let number = report.cells[place].cell
            let differences = check.differences(
                of: notebook.cells[number - 1], from: stored.cells[number - 1], cell: number,
                progress: collector.progressPlaces(of: number - 1))
            if !differences.isEmpty { report.cells[place].ending = .differed(differences) }
        }
        let count = report.cells.count { if case .differed = $0.ending { true } else { false } }
        if case .completed = report.ending, count > 0 { report.ending = .differed(cells: count) }
    }
}

extension CellFailure {
    /// The same place and traceback under another name and message.
    fileprivate func renamed(_ name: String, _ message: String) -> CellFailure {
        var failure = self
        failure.name = name
        failure.message = message
        let head = "\(name): \(message)"
        let tail = rendered.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
        failure.rendered = ([head] + tail.map(String.init)).joined(separator: "\n")
        failure.traceback = [head] + traceback.dropFirst()
        return failure
    }

    /// The end of a cell whose process died.
    fileprivate init(_ death: Death, in source: String, cell: String, timeout: String?) {
        name = timeout == nil ? "KernelDied" : "TimeoutError"
        message = timeout.map { $0 + " and did not stop, so the kernel was ended" } ?? death.message
        line = death.line
        var lines = ["\(name): \(message)"]
        if let line {
            let text = source.split(separator: "\n", omittingEmptySubsequences: false)
            lines.append("  \(cell), line \(line)")
            if line <= text.count { lines.append("  \(line) | \(text[line - 1])") }
        }
        traceback = lines
        rendered = lines.joined(separator: "\n")
    }
}
