import Glibc
import Hosting
import Sessions
import Synchronization

/// The run's side of a process that runs one notebook's cells.
///
///     let worker = try Worker.Program.running.start(inFolder: "Notebooks", threads: nil)
///     let run = worker.run("1 + 1", timeout: nil, onEvent: { print($0) })
///     worker.end()
public final class Worker: Sendable {
    /// The program whose processes run cells.
    public struct Program: Sendable {
        var path: String
        var arguments: [String]

        /// - Parameters:
        ///   - path: its file.
        ///   - arguments: what makes it serve cells; the notebook's folder follows them.
        public init(path: String, arguments: [String]) {
            self.path = path
            self.arguments = arguments
        }

        /// Starts a process.
        ///
        /// - Parameter threads: how many threads it may compute with; `nil` for as many as it likes.
        package func start(inFolder folder: String, threads: Int?) throws(WorkerError) -> Worker {
            // A crash ends in a report of ours, not in minutes of somebody else's.
            var environment = [("SWIFT_BACKTRACE", "enable=no")]
            if let threads { environment.append(("OMP_NUM_THREADS", String(threads))) }
            let process = try WorkerProcess(
                program: path, arguments: arguments + [folder], environment: environment)
            return Worker(socket: process.socket, process: process)
        }
    }

    private struct Conversation {
        var reader: FrameReader
        var death: Death?
    }

    /// How long a cell may take to stop before its process is ended, in seconds.
    private static let patience = 5.0

    private let socket: Int32
    private let process: WorkerProcess?
    private let writer: FrameWriter
    /// Held for the length of a cell by the thread that runs it.
    private let conversation: Mutex<Conversation>

    private init(socket: Int32, process: WorkerProcess?) {
        self.socket = socket
        self.process = process
        writer = FrameWriter(socket)
        conversation = Mutex(Conversation(reader: FrameReader(socket)))
    }

    /// A worker at the other end of a socket that somebody else has opened.
    package convenience init(socket: Int32) { self.init(socket: socket, process: nil) }

    /// How a cell ended.
    struct Run {
        enum Ending {
            case ended(CellEnd)
            /// The process is gone, and with it every name of earlier cells.
            case died(Death)
        }

        var ending: Ending
        /// Whether it was stopped because its time was over.
        var isTimedOut: Bool
    }

    /// Runs a cell and waits for its end.
    ///
    /// - Parameters:
    ///   - timeout: the seconds it may take.
    ///   - onEvent: is given what it puts out, in order.
    ///   - onWait: is called now and then while nothing happens.
    func run(
        _ source: String, timeout: Double?, onEvent: (WorkerEvent) -> Void, onWait: () -> Void = {}
    ) -> Run {
        conversation.withLock { conversation in
            if let death = conversation.death {
                return Run(ending: .died(death), isTimedOut: false)
            }
            let stopwatch = Stopwatch()
            var deadline = timeout
            var isTimedOut = false
            var line: Int?
            do throws(Disconnected) {
                writer.send(.execute, Array(source.utf8))
                while true {
                    while let frame = try conversation.reader.next() {
                        if let event = WorkerEvent(frame) {
                            if case .line(let now) = event { line = now }
                            onEvent(event)
                        } else if let end = CellEnd(payload: frame.payload) {
                            return Run(ending: .ended(end), isTimedOut: isTimedOut)
                        }
                    }
                    if let passed = deadline, stopwatch.seconds >= passed {
                        if isTimedOut { kill() } else { interrupt() }
                        deadline = isTimedOut ? nil : stopwatch.seconds + Self.patience
                        isTimedOut = true
                    }
                    let left = deadline.map { max(0, $0 - stopwatch.seconds) } ?? 1
                    let milliseconds = Int32(min(left * 1000, 200).rounded(.up))
                    if conversation.reader.wait(milliseconds: milliseconds) {
                        try conversation.reader.receive()
                    } else {
                        onWait()
                    }
                }
            } catch {
                var death = process?.wait() ?? Death(exitCode: 0)
                // Some ends leave no time for a note.
                death.line = death.line ?? line
                conversation.death = death
                return Run(ending: .died(death), isTimedOut: isTimedOut)
            }
        }
    }

    /// Asks the running cell to stop. Safe from any thread.
    func interrupt() { writer.send(.interrupt) }

    /// Ends the process with whatever it does. Safe from any thread.
    func kill() {
        process?.kill()
        shutdown(socket, Int32(SHUT_RDWR))
    }

    /// Lets the process end once its cell is over.
    package func end() {
        shutdown(socket, Int32(SHUT_RDWR))
        conversation.withLock { conversation in
            if conversation.death == nil {
                conversation.death = process?.wait() ?? Death(exitCode: 0)
            }
        }
        close(socket)
    }
}
