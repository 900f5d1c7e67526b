import Glibc

/// Closures that wait for a thread, and the thread that runs them.
package final class WorkQueue: Sendable {
    private struct State {
        var work: [@Sendable () -> Void] = []
        var isFinished = false
    }

    private let state = Monitor(State())

    func append(_ work: @escaping @Sendable () -> Void) { state.update { $0.work.append(work) } }

    func finish() { state.update { $0.isFinished = true } }

    /// The next closure, waiting for it; `nil` when nothing follows any more.
    private func next() -> (@Sendable () -> Void)? {
        state.wait { state in
            if !state.work.isEmpty { return .some(state.work.removeFirst()) }
            return state.isFinished ? .some(nil) : nil
        }
    }

    /// Does all the work, in order, with so many threads at a time, and waits for its end.
    package static func run(_ work: [@Sendable () -> Void], threads: Int) {
        let queue = WorkQueue()
        let left = Monitor(work.count)
        for item in work {
            queue.append {
                item()
                left.update { $0 -= 1 }
            }
        }
        queue.finish()
        for _ in 0..<min(threads, work.count) {
            precondition(queue.start(stackBytes: 8 << 20), "the system has no thread for work")
        }
        left.wait { count -> Void? in count == 0 ? () : nil }
    }

    /// Starts a thread that works until the queue is finished; false where the system refuses.
    func start(stackBytes: Int) -> Bool {
        var attributes = pthread_attr_t()
        guard pthread_attr_init(&attributes) == 0 else { return false }
        defer { pthread_attr_destroy(&attributes) }
        guard pthread_attr_setstacksize(&attributes, stackBytes) == 0,
            pthread_attr_setdetachstate(&attributes, Int32(PTHREAD_CREATE_DETACHED)) == 0
        else { return false }
        let context = Unmanaged.passRetained(self)
        var thread = pthread_t()
        let status = pthread_create(
            &thread, &attributes,
            { context in
                guard let context else { return nil }
                let queue = Unmanaged<WorkQueue>.fromOpaque(context).takeRetainedValue()
                while let work = queue.next() { work() }
                return nil
            }, context.toOpaque())
        if status != 0 { context.release() }
        return status == 0
    }
}
