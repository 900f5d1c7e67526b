import Glibc
import JupyterProtocol

/// The thread that publishes output whose time has come: native output when it is written, and
/// printed text when it has waited long enough for more.
final class OutputPump: Sendable {
    private let native: NativeOutput?
    private let gate: ReaderGate
    private let target = Monitor<CellOutput?>(nil)
    private let wakeEnds: (read: Int32, write: Int32)

    init(native: NativeOutput?, gate: ReaderGate) throws {
        self.native = native
        self.gate = gate
        var ends: [Int32] = [-1, -1]
        guard pipe(&ends) == 0 else {
            throw KernelError("output pump: \(String(cString: strerror(errno)))")
        }
        for end in ends {
            _ = fcntl(end, F_SETFL, O_NONBLOCK)
            _ = fcntl(end, F_SETFD, FD_CLOEXEC)
        }
        wakeEnds = (ends[0], ends[1])
    }

    /// Starts the thread, which lives as long as the process.
    func start() throws {
        try Worker(name: "output", stackBytes: 1 << 20).async { [self] in
            while true { turn() }
        }
    }

    /// Output belongs to this cell from here on, also what arrives after its end.
    func attach(_ output: CellOutput) {
        target.withLock { $0 = output }
        wake()
    }

    func wake() { _ = write(wakeEnds.write, [1], 1) }

    private var nextTurn: UInt64? {
        guard let output = target.withLock({ $0 }) else { return nil }
        return output.tick(gateAnswer: gate.ask(milliseconds: 0))
    }

    /// One wait, for native output or for the time to publish.
    private func turn() {
        let delay = nextTurn
        let isReading = target.withLock { $0 != nil } && gate.ask(milliseconds: 0) != .full
        let watched = [wakeEnds.read] + (isReading ? native?.readEnds ?? [] : [])
        var items = watched.map { pollfd(fd: $0, events: Int16(POLLIN), revents: 0) }
        let milliseconds = delay.map { Int32(clamping: $0 / 1_000_000 + 1) } ?? -1
        poll(&items, nfds_t(items.count), milliseconds)
        var bytes = [UInt8](repeating: 0, count: 64)
        while Glibc.read(wakeEnds.read, &bytes, bytes.count) == bytes.count {}
        // Bursts are taken together: what arrives next belongs into the same message.
        if items.dropFirst().contains(where: { $0.revents != 0 }) { usleep(1000) }
    }
}
