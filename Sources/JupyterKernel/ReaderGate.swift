import Glibc
import JupyterProtocol

/// Decides whether output may be queued: a full queue makes the producer wait, and a reader that
/// takes nothing for a while loses output instead of stopping the cell for ever.
final class ReaderGate: Sendable {
    enum Answer { case open, full, stalled }

    private struct Wait {
        var since: UInt64?
        var delivered = 0
        var isInterrupted = false
    }

    private let transport: any Transport
    /// How many milliseconds a reader may take nothing.
    let patience: Int
    private let wait = Monitor(Wait())

    init(transport: any Transport, patience: Int) {
        self.transport = transport
        self.patience = patience
    }

    /// Whether output may be queued, waiting at most this long for room.
    func ask(milliseconds: Int) -> Answer {
        if transport.waitForRoom(milliseconds: milliseconds) {
            wait.withLock { $0.since = nil }
            return .open
        }
        let delivered = transport.deliveredCount
        let time = monotonicNanoseconds()
        return wait.withLock { wait in
            guard let since = wait.since, wait.delivered == delivered else {
                wait.since = time
                wait.delivered = delivered
                return .full
            }
            return time - since >= UInt64(patience) * 1_000_000 ? .stalled : .full
        }
    }

    /// Waits for room as long as it takes; `false` when output is to be dropped. A cell that was
    /// asked to stop does not wait: it ends with what it has.
    func waitForRoom() -> Bool {
        while true {
            switch ask(milliseconds: 50) {
            case .open: return true
            case .stalled: return false
            case .full: if wait.withLock({ $0.isInterrupted }) { return true }
            }
        }
    }

    /// A new cell begins: an interrupt of the one before does not concern it.
    func begin() { wait.withLock { $0.isInterrupted = false } }

    /// The cell was asked to stop: its last output is queued without waiting.
    func interrupt() { wait.withLock { $0.isInterrupted = true } }
}

/// Nanoseconds on the clock that never jumps.
func monotonicNanoseconds() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
