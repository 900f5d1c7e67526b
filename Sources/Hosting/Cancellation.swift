import Synchronization

/// A request to stop, set from any thread and polled by the work itself: once per statement of a
/// script and once per tensor operation.
///
///     let cancellation = Cancellation()
///     cancellation.request()
///     try cancellation.check()  // throws Interrupted
public final class Cancellation: Sendable {
    private let requested = Atomic<Bool>(false)

    public init() {}

    /// Whether a stop was asked for since the last `reset()`.
    @inlinable
    public var isRequested: Bool { load() }

    @usableFromInline
    func load() -> Bool { requested.load(ordering: .relaxed) }

    /// Asks the work to stop at its next poll. Safe from any thread and from a signal handler.
    public func request() { requested.store(true, ordering: .relaxed) }

    /// Forgets an earlier request; whoever starts a new piece of work calls it first.
    public func reset() { requested.store(false, ordering: .relaxed) }

    /// Throws `Interrupted` when a stop was asked for.
    @inlinable
    public func check() throws {
        if isRequested { throw Interrupted() }
    }
}

/// Thrown by work that stopped because its `Cancellation` asked it to.
public struct Interrupted: Error, Sendable, CustomStringConvertible {
    public init() {}
    public var description: String { "interrupted" }
}
