import Glibc
import Hosting

/// Pieces of work `0..<count`, done ahead on threads of their own; their results come in order.
///
/// The threads see the pixel limit of whoever began the work. An interrupt ends the wait for a
/// result; the threads end with the last reference, in the middle of a piece of work where that
/// asks its host.
///
///     let work = OrderedWork(count: paths.count) { try Image(paths[$0]) }
///     while let image = try work.next() { print(image) }
final class OrderedWork<Element: Sendable> {
    private let queue: OrderedQueue<Result<Element, any Error>>
    private let threads: [PlainThread]
    private let cancellation = Cancellation()
    private let isEmpty: Bool
    /// How long `next()` has waited for results, in seconds.
    private(set) var secondsWaited = 0.0

    /// How many threads work where the pieces are long: one for each processor.
    static var usualThreads: Int { max(1, min(64, sysconf(Int32(_SC_NPROCESSORS_ONLN)))) }

    /// - Parameters:
    ///   - threads: how many threads work.
    ///   - ahead: how many results wait at most.
    init(
        count: Int, threads: Int = usualThreads, ahead: Int = 2 * usualThreads,
        _ body: @escaping @Sendable (Int) throws -> Element
    ) {
        let queue = OrderedQueue<Result<Element, any Error>>(count: count, capacity: ahead)
        let host = Host(output: Host.current.output, cancellation: cancellation)
        let limit = Image.pixelLimit
        self.queue = queue
        isEmpty = count == 0
        self.threads = (0..<min(threads, count)).compactMap { _ in
            PlainThread {
                Host.$current.withValue(host) {
                    Image.$pixelLimit.withValue(limit) {
                        while let number = queue.claim() {
                            queue.put(Result { try body(number) }, at: number)
                        }
                    }
                }
            }
        }
    }

    deinit {
        close()
        for thread in threads { thread.join() }
    }

    /// Ends the work; `next()` gives nothing more.
    func close() {
        cancellation.request()
        queue.close()
    }

    /// The next result, or `nil` after the last.
    ///
    /// Throws what its piece of work threw, and `Interrupted` when the host asks to stop.
    func next() throws -> Element? {
        guard isEmpty || !threads.isEmpty else {
            throw DatasetError(.argument, "the system has no thread left to read pictures with")
        }
        let cancellation = Host.current.cancellation
        let start = ContinuousClock.now
        defer { secondsWaited += (ContinuousClock.now - start).inSeconds }
        return try queue.take { try cancellation.check() }?.get()
    }
}
