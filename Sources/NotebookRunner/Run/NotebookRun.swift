import Glibc
import Sessions
import Synchronization

/// Notebooks executed without a front end, each in a process and in the folder of its own.
///
///     let program = Worker.Program(path: "/proc/self/exe", arguments: ["cells"])
///     let run = NotebookRun(
///         .init(notebooks: ["tour.ipynb"], destination: .file("out.ipynb")),
///         startWorker: { try program.start(inFolder: $0, threads: $1) })
///     exit(run.run().exitCode)
public final class NotebookRun: Sendable {
    public struct Options: Sendable {
        /// What happens to the executed notebook.
        public enum Destination: Sendable, Equatable {
            /// It is not kept; the report is what was wanted.
            case nowhere
            case file(String)
            /// It goes under its own name into a folder, which is made.
            case folder(String)
            /// It takes the place of the one that was read, in one step.
            case inPlace
        }

        public var notebooks: [String]
        public var destination: Destination
        /// Seconds a cell may take; `nil` for as long as it likes.
        public var timeout: Double?
        /// How many notebooks run at a time.
        public var jobs: Int
        /// Values that take the place of the defaults in the cell tagged `parameters`.
        public var parameters: [Parameter]
        /// How to compare with the stored outputs; `nil` where they are not compared.
        public var check: OutputCheck?

        public init(
            notebooks: [String], destination: Destination = .nowhere, timeout: Double? = nil,
            jobs: Int = 1, parameters: [Parameter] = [], check: OutputCheck? = nil
        ) {
            self.notebooks = notebooks
            self.destination = destination
            self.timeout = timeout
            self.jobs = jobs
            self.parameters = parameters
            self.check = check
        }
    }

    private struct State {
        var workers: [Int: Worker] = [:]
        var interruptions = 0
        /// What stopped the run.
        var signal: Int32?
    }

    /// Starts a worker for a folder that may compute with so many threads.
    public typealias StartWorker =
        @Sendable (_ folder: String, _ threads: Int?) throws -> Worker

    let options: Options
    let log: RunLog
    private let startWorker: StartWorker
    private let state = Mutex(State())

    /// - Parameters:
    ///   - log: where the run tells how far it is.
    ///   - startWorker: makes what runs the cells of one notebook.
    public init(
        _ options: Options, log: RunLog = RunLog(), startWorker: @escaping StartWorker
    ) {
        self.options = options
        self.log = log
        self.startWorker = startWorker
    }

    /// A run whose cells are run by processes of a program.
    public convenience init(_ options: Options, log: RunLog = RunLog(), program: Worker.Program) {
        self.init(options, log: log) { try program.start(inFolder: $0, threads: $1) }
    }

    /// Stops the running cells and the run with them; the second time, whatever they do. Safe from
    /// any thread.
    ///
    /// - Parameter signal: what made it, which the exit code tells.
    public func interrupt(signal: Int32 = SIGINT) {
        state.withLock { state in
            state.signal = signal
            state.interruptions += 1
            for worker in state.workers.values {
                if state.interruptions == 1 { worker.interrupt() } else { worker.kill() }
            }
        }
    }

    var isInterrupted: Bool { state.withLock { $0.interruptions > 0 } }

    /// Runs all notebooks, the following ones also after one has failed, and waits for the end.
    public func run() -> RunReport {
        let reports = Mutex<[Int: NotebookReport]>([:])
        let work = options.notebooks.indices.map { index -> @Sendable () -> Void in
            { [self] in
                if isInterrupted { return }
                let report = run(index)
                log.finished(report, index: index)
                reports.withLock { $0[index] = report }
            }
        }
        WorkQueue.run(work, threads: options.jobs)
        let report = RunReport(
            notebooks: reports.withLock { reports in
                reports.sorted { $0.key < $1.key }.map(\.value)
            }, signal: state.withLock { $0.signal })
        log.finished(report)
        return report
    }

    private func run(_ index: Int) -> NotebookReport {
        let path = options.notebooks[index]
        let stopwatch = Stopwatch()
        var report = NotebookReport(path: path)
        do {
            var execution = try NotebookExecution(
                of: Notebook(contentsOf: path), at: path, index: index, in: self)
            let worker = try startWorker(Self.folder(of: path), threads)
            state.withLock { state in
                state.workers[index] = worker
                // Asked to stop while the worker was being made.
                if state.interruptions > 0 { worker.interrupt() }
            }
            execution.run(on: worker)
            _ = state.withLock { $0.workers.removeValue(forKey: index) }
            worker.end()
            report = execution.finish()
            if let output = try destination(for: path) {
                try execution.notebook.write(to: output)
                report.output = output
            }
        } catch {
            report.ending = .unusable(String(describing: error))
        }
        report.seconds = stopwatch.seconds
        return report
    }

    /// The share of the machine's cores that each of several notebooks gets.
    private var threads: Int? {
        let jobs = min(options.jobs, options.notebooks.count)
        guard jobs > 1 else { return nil }
        return max(1, Int(sysconf(Int32(_SC_NPROCESSORS_ONLN))) / jobs)
    }

    private static func folder(of path: String) -> String {
        path.lastIndex(of: "/").map { String(path[...$0]) } ?? "."
    }

    private func destination(for path: String) throws(FileError) -> String? {
        switch options.destination {
        case .nowhere: return nil
        case .file(let file): return file
        case .inPlace: return path
        case .folder(let folder):
            guard mkdir(folder, 0o777) == 0 || errno == EEXIST else {
                throw FileError(
                    operation: "make", path: folder, problem: String(cString: strerror(errno)))
            }
            let name = path.split(separator: "/").last.map(String.init) ?? path
            return folder.hasSuffix("/") ? folder + name : "\(folder)/\(name)"
        }
    }
}
