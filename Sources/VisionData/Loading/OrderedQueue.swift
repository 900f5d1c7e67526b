import Glibc
import Hosting

/// Hands results from several threads to one in the order of their numbers, and lets the threads
/// run at most `capacity` pieces of work ahead of it.
final class OrderedQueue<Element: Sendable>: @unchecked Sendable {
    // Invariant: the variables are touched only with `mutex` held.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let changed: UnsafeMutablePointer<pthread_cond_t>
    private let capacity: Int
    private let count: Int
    /// The next number that nobody works on.
    private var next = 0
    /// How many results were taken.
    private var taken = 0
    private var results: [Int: Element] = [:]
    private var isClosed = false

    /// For the pieces of work `0..<count`.
    init(count: Int, capacity: Int) {
        self.count = count
        self.capacity = max(1, capacity)
        mutex = .allocate(capacity: 1)
        changed = .allocate(capacity: 1)
        pthread_mutex_init(mutex, nil)
        var attributes = pthread_condattr_t()
        pthread_condattr_init(&attributes)
        pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC)
        pthread_cond_init(changed, &attributes)
        pthread_condattr_destroy(&attributes)
    }

    deinit {
        pthread_cond_destroy(changed)
        pthread_mutex_destroy(mutex)
        changed.deallocate()
        mutex.deallocate()
    }

    /// The number of a piece of work for the calling thread, when there is room for its result;
    /// `nil` when nothing is left to do or wanted.
    func claim() -> Int? {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while next < count && next >= taken + capacity && !isClosed {
            pthread_cond_wait(changed, mutex)
        }
        guard next < count, !isClosed else { return nil }
        next += 1
        return next - 1
    }

    /// The result of a piece of work that was claimed.
    func put(_ element: Element, at number: Int) {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        guard !isClosed else { return }
        results[number] = element
        pthread_cond_broadcast(changed)
    }

    /// Says that no more results are wanted, and forgets those that wait.
    func close() {
        pthread_mutex_lock(mutex)
        isClosed = true
        results = [:]
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(mutex)
    }

    /// The next result, or `nil` after the last. Calls `poll` before waiting and 50 times a second
    /// while it waits; what `poll` throws ends the wait.
    func take(poll: () throws -> Void) throws -> Element? {
        try poll()
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while results[taken] == nil && taken < count && !isClosed {
            var deadline = timespec()
            clock_gettime(CLOCK_MONOTONIC, &deadline)
            deadline.tv_nsec += 20_000_000
            if deadline.tv_nsec >= 1_000_000_000 {
                deadline.tv_nsec -= 1_000_000_000
                deadline.tv_sec += 1
            }
            pthread_cond_timedwait(changed, mutex, &deadline)
            try poll()
        }
        guard let element = results.removeValue(forKey: taken) else { return nil }
        taken += 1
        pthread_cond_broadcast(changed)
        return element
    }
}
