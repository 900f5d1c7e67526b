import Glibc

/// Signals turned into calls on a thread of their own, where locks and output are allowed.
///
/// Made first thing in `main`, because threads made before it would still be killed by the signal:
///
///     let watch = SignalWatch([SIGINT]) { _ in session.interrupt() }
public final class SignalWatch: Sendable {
    /// Blocks the signals in this thread and those it makes from now on, and calls `handle` for each
    /// that arrives, until the process ends.
    public init(_ signals: [Int32], handle: @escaping @Sendable (Int32) -> Void) {
        var set = sigset_t()
        sigemptyset(&set)
        for number in signals { sigaddset(&set, number) }
        pthread_sigmask(SIG_BLOCK, &set, nil)
        let watched = set
        let queue = WorkQueue()
        queue.append {
            var set = watched
            var number: Int32 = 0
            while true {
                if sigwait(&set, &number) == 0 { handle(number) }
            }
        }
        precondition(queue.start(stackBytes: 1 << 20), "the system has no thread for signals")
    }
}
