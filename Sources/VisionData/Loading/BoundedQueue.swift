import Glibc

/// Hands values from one thread to another in order and holds at most `capacity` of them: who puts
/// waits for room, who takes waits for a value.
final class BoundedQueue<Element: Sendable>: @unchecked Sendable {
    // Invariant: `elements`, `isFinished` and `isClosed` are touched only with `mutex` held.
    private let mutex: UnsafeMutablePointer<pthread_mutex_t>
    private let changed: UnsafeMutablePointer<pthread_cond_t>
    private let capacity: Int
    private var elements: [Element] = []
    private var isFinished = false
    private var isClosed = false

    init(capacity: Int) {
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

    /// Adds a value when there is room; `false` when nobody takes any more.
    func put(_ element: Element) -> Bool {
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while elements.count >= capacity && !isClosed { pthread_cond_wait(changed, mutex) }
        guard !isClosed else { return false }
        elements.append(element)
        pthread_cond_broadcast(changed)
        return true
    }

    /// Says that no more values come.
    func finish() {
        pthread_mutex_lock(mutex)
        isFinished = true
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(mutex)
    }

    /// Says that no more values are wanted, and forgets those that wait.
    func close() {
        pthread_mutex_lock(mutex)
        isClosed = true
        elements = []
        pthread_cond_broadcast(changed)
        pthread_mutex_unlock(mutex)
    }

    /// The next value, or `nil` after the last. Calls `poll` before waiting and 50 times a second
    /// while it waits; what `poll` throws ends the wait.
    func take(poll: () throws -> Void) throws -> Element? {
        try poll()
        pthread_mutex_lock(mutex)
        defer { pthread_mutex_unlock(mutex) }
        while elements.isEmpty && !isFinished && !isClosed {
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
        guard !elements.isEmpty else { return nil }
        let element = elements.removeFirst()
        pthread_cond_broadcast(changed)
        return element
    }
}
