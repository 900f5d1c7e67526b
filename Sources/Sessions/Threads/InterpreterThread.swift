/// The one thread that runs cells. Its stack is large, so that deep recursion ends in an error and
/// not in a crash, and because it is always the same thread the engine keeps one team of workers.
///
///     let interpreter = InterpreterThread()
///     let outcome = interpreter.run { session.execute("1 + 1", output: sink) }
public final class InterpreterThread: Sendable {
    /// The stack's size in bytes; the system hands out its pages as they are first touched.
    public static let stackBytes = 512 << 20

    private let queue = WorkQueue()

    /// Starts the thread.
    public init() {
        // A machine that forbids so much address space still runs cells, with less recursion.
        let isStarted = [Self.stackBytes, 8 << 20].contains { queue.start(stackBytes: $0) }
        precondition(isStarted, "the system has no thread for the interpreter")
    }

    /// Lets the thread end once what was handed in is done.
    deinit { queue.finish() }

    /// Hands in work and returns; closures run one at a time, in the order they came.
    public func async(_ work: @escaping @Sendable () -> Void) { queue.append(work) }

    /// Runs work on the thread and waits for its result. Must not be called from the thread itself.
    public func run<Result: Sendable>(_ work: @escaping @Sendable () -> Result) -> Result {
        let result = Monitor<Result?>(nil)
        async {
            let value = work()
            result.update { $0 = value }
        }
        return result.wait { $0 }
    }
    /// Runs work on the thread and waits for its result; after `seconds` calls `onTimeout` once, which
    /// may ask the work to stop, and waits on.
    public func run<Result: Sendable>(
        timeout seconds: Double, onTimeout: () -> Void, _ work: @escaping @Sendable () -> Result
    ) -> Result {
        let result = Monitor<Result?>(nil)
        async {
            let value = work()
            result.update { $0 = value }
        }
        if let value = result.wait(seconds: seconds, { $0 }) { return value }
        onTimeout()
        return result.wait { $0 }
    }
}
