@preconcurrency import Glibc
import Hosting
import Sessions

/// A process that runs cells, and the pipes by which it speaks even after its end.
struct WorkerProcess: Sendable {
    let socket: Int32
    private let identifier: pid_t
    private let output: Int32
    private let error: Int32
    private let note: Int32

    /// Starts a program with the descriptors of `CellServer.Descriptors` open.
    ///
    /// - Parameters:
    ///   - program: the file to run.
    ///   - arguments: what follows its name.
    ///   - environment: variables to set where they are not set yet.
    /// - Throws: `WorkerError` where the system refuses.
    init(
        program: String, arguments: [String], environment: [(name: String, value: String)] = []
    ) throws(WorkerError) {
        var ends: [Int32] = [-1, -1]
        guard socketpair(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0, &ends) == 0 else {
            throw WorkerError("socket")
        }
        var pipes: [(read: Int32, write: Int32)] = []
        for _ in 0..<3 {
            var pair: [Int32] = [-1, -1]
            guard pipe(&pair) == 0 else { throw WorkerError("pipe") }
            // Shared with the process, which must not wait where there is nothing.
            _ = fcntl(pair[0], F_SETFL, O_NONBLOCK)
            pipes.append((Self.moved(pair[0]), Self.moved(pair[1])))
        }
        socket = Self.moved(ends[0])
        let theirs = Self.moved(ends[1])
        (output, error, note) = (pipes[0].read, pipes[1].read, pipes[2].read)
        defer { for end in [theirs] + pipes.map(\.write) { close(end) } }

        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
        let places: [(Int32, Int32)] = [
            (pipes[0].write, 1), (pipes[1].write, 2), (theirs, CellServer.Descriptors.socket),
            (output, CellServer.Descriptors.output), (error, CellServer.Descriptors.error),
            (pipes[2].write, CellServer.Descriptors.note),
        ]
        for (from, to) in places { posix_spawn_file_actions_adddup2(&actions, from, to) }
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var signals = sigset_t()
        sigemptyset(&signals)
        posix_spawnattr_setsigmask(&attributes, &signals)
        posix_spawnattr_setflags(&attributes, Int16(POSIX_SPAWN_SETSIGMASK))

        var identifier = pid_t()
        let status = Self.withStrings([program] + arguments) { arguments in
            Self.withStrings(Self.environment(adding: environment)) { environment in
                posix_spawn(
                    &identifier, program, &actions, &attributes, arguments, environment)
            }
        }
        guard status == 0 else { throw WorkerError("start \(program)", code: status) }
        self.identifier = identifier
    }

    func kill() { Glibc.kill(identifier, SIGKILL) }

    /// Waits for the process, whose socket is closed, and says how it ended; one that does not end
    /// by itself is ended.
    func wait() -> Death {
        var status: Int32 = 0
        let stopwatch = Stopwatch()
        while waitpid(identifier, &status, WNOHANG) == 0 {
            if stopwatch.seconds > 5 { kill() }
            usleep(2000)
        }
        let signal = status & 0x7F
        let death = Death(
            signal: signal == 0 ? nil : signal, exitCode: status >> 8 & 0xFF,
            line: CrashNote.line(from: note),
            lastOutput: NativeText.available(output), lastError: NativeText.available(error))
        for descriptor in [output, error, note] { close(descriptor) }
        return death
    }

    /// The same file under a number that no place of the new process has; closed in that process.
    private static func moved(_ descriptor: Int32) -> Int32 {
        let moved = fcntl(descriptor, F_DUPFD_CLOEXEC, 16)
        close(descriptor)
        return moved
    }

    private static func environment(adding added: [(name: String, value: String)]) -> [String] {
        var entry: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?> = environ
        var all: [String] = []
        while let text = entry.pointee {
            all.append(String(cString: text))
            entry += 1
        }
        for (name, value) in added where !all.contains(where: { $0.hasPrefix(name + "=") }) {
            all.append("\(name)=\(value)")
        }
        return all
    }

    private static func withStrings<Result>(
        _ strings: [String],
        _ body: (UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>) -> Result
    ) -> Result {
        var pointers = strings.map { strdup($0) } + [nil]
        defer { for pointer in pointers { free(pointer) } }
        return pointers.withUnsafeMutableBufferPointer { buffer in
            // Never empty: it ends with nil.
            body(buffer.baseAddress.unsafelyUnwrapped)
        }
    }
}

/// How the process of a notebook ended before its notebook did.
struct Death: Sendable, Equatable {
    /// What killed it; `nil` where it ended by itself.
    var signal: Int32?
    var exitCode: Int32
    /// The line that was being carried out; `nil` where that is not known.
    var line: Int?
    /// What the process still wrote.
    var lastOutput: [UInt8] = []
    var lastError: [UInt8] = []

    /// What happened, in words.
    var message: String {
        guard let signal else { return "the kernel ended with exit code \(exitCode)" }
        let meaning = String(cString: strsignal(signal)).lowercased()
        let text = "the kernel died of signal \(signal) (\(Self.name(signal)), \(meaning))"
        return signal == SIGKILL ? text + ", perhaps because memory ran out" : text
    }

    private static func name(_ signal: Int32) -> String {
        switch signal {
        case SIGSEGV: "SIGSEGV"
        case SIGBUS: "SIGBUS"
        case SIGILL: "SIGILL"
        case SIGFPE: "SIGFPE"
        case SIGABRT: "SIGABRT"
        case SIGTRAP: "SIGTRAP"
        case SIGKILL: "SIGKILL"
        case SIGTERM: "SIGTERM"
        default: "signal \(signal)"
        }
    }
}

/// A process that could not be started.
public struct WorkerError: Error, Sendable, CustomStringConvertible {
    public var operation: String
    public var problem: String

    init(_ operation: String, code: Int32 = errno) {
        self.operation = operation
        problem = String(cString: strerror(code))
    }

    public var description: String { "the process for the cells: \(operation): \(problem)" }
}
