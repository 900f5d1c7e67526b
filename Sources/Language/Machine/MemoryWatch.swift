import Foundation
import Hosting
import Synchronization

/// Gives freed memory back to the system; declared in a header that Swift's overlay leaves out.
@_silgen_name("malloc_trim")
private func trimHeap(_ padding: Int) -> Int32

/// How much memory the process may hold while scripts run, and how to get some back.
public struct MemoryBudget: Sendable {
    /// Bytes the process may have in memory.
    public let limit: @Sendable () -> Int
    /// Gives back what is merely kept for reuse; called from any thread.
    public let release: @Sendable () -> Void

    public init(
        limit: @escaping @Sendable () -> Int, release: @escaping @Sendable () -> Void = {}
    ) {
        self.limit = limit
        self.release = release
    }

    /// 80% of what the machine has.
    public static let machine = MemoryBudget(
        limit: { sysconf(Int32(_SC_PHYS_PAGES)) / 10 * 8 * sysconf(Int32(_SC_PAGESIZE)) })
}

/// Looks at the memory of the process while scripts run, and stops them with an error before the
/// system would kill the process.
///
/// A thread of its own looks a hundred times a second, so that no instruction has to count what it
/// allocates; it sleeps while nothing runs.
final class MemoryWatch: Sendable {
    static let shared = MemoryWatch()

    private struct Run {
        let id: Int
        let cancellation: Cancellation
        let budget: MemoryBudget
    }

    private struct State {
        var runs: [Run] = []
        var count = 0
        var hasThread = false
    }

    private let state = Mutex(State())
    private let wake = DispatchSemaphore(value: 0)

    /// Begins to watch a run; gives what `end` takes.
    func watch(_ cancellation: Cancellation, _ budget: MemoryBudget) -> Int {
        let (id, isFirst) = state.withLock { state in
            state.count += 1
            state.runs.append(
                Run(id: state.count, cancellation: cancellation, budget: budget))
            defer { state.hasThread = true }
            if !state.hasThread { Thread.detachNewThread { [self] in look() } }
            return (state.count, state.runs.count == 1)
        }
        if isFirst { wake.signal() }
        return id
    }

    func end(_ id: Int) {
        state.withLock { $0.runs.removeAll { $0.id == id } }
    }

    private func look() {
        while true {
            wake.wait()
            while true {
                let runs = state.withLock { $0.runs }
                if runs.isEmpty { break }
                for run in runs where Self.residentBytes() > run.budget.limit() {
                    run.budget.release()
                    _ = trimHeap(0)
                    if Self.residentBytes() > run.budget.limit() {
                        run.cancellation.requestMemory()
                    }
                }
                usleep(10_000)
            }
        }
    }

    /// What the process has in memory now.
    static func residentBytes() -> Int {
        let file = open("/proc/self/statm", O_RDONLY)
        guard file >= 0 else { return 0 }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 128)
        let count = read(file, &bytes, bytes.count)
        guard count > 0 else { return 0 }
        let fields = String(decoding: bytes[..<count], as: UTF8.self).split(separator: " ")
        guard fields.count > 1, let pages = Int(fields[1]) else { return 0 }
        return pages * sysconf(Int32(_SC_PAGESIZE))
    }
}
