import Synchronization

/// A request to stop, set from any thread and polled by the work itself: once per statement of a
/// script and once per tensor operation.
///
///     let cancellation = Cancellation()
///     cancellation.request()
///     try cancellation.check()  // throws Interrupted
public final class Cancellation: Sendable {
    private static let none: UInt8 = 0
    private static let interrupted: UInt8 = 1
    private static let exhausted: UInt8 = 2
    private let state = Atomic<UInt8>(none)

    public init() {}

    /// Whether a stop was asked for since the last `reset()`.
    @inlinable
    public var isRequested: Bool { load() }

    @usableFromInline
    func load() -> Bool { state.load(ordering: .relaxed) != Self.none }

    /// Asks the work to stop at its next poll. Safe from any thread and from a signal handler.
    public func request() { state.store(Self.interrupted, ordering: .relaxed) }

    /// Asks the work to stop because memory runs out; it may go on if it then needs less. Safe from
    /// any thread.
    public func requestMemory() {
        _ = state.compareExchange(
            expected: Self.none, desired: Self.exhausted, ordering: .relaxed)
    }

    /// Forgets an earlier request; whoever starts a new piece of work calls it first.
    public func reset() { state.store(Self.none, ordering: .relaxed) }

    /// Throws `Interrupted` when a stop was asked for, `MemoryExhausted` once where memory ran out.
    @inlinable
    public func check() throws {
        if isRequested { try stop() }
    }

    @usableFromInline
    func stop() throws {
        let (wasExhausted, _) = state.compareExchange(
            expected: Self.exhausted, desired: Self.none, ordering: .relaxed)
        if wasExhausted { throw MemoryExhausted() }
        throw Interrupted()
    }
}

/// Thrown by work that stopped because the process holds as much memory as it may.
public struct MemoryExhausted: Error, Sendable, CustomStringConvertible {
    public init() {}
    public var description: String { "no memory is left: the values in use fill the budget" }
}

/// Thrown by work that stopped because its `Cancellation` asked it to.
public struct Interrupted: Error, Sendable, CustomStringConvertible {
    public init() {}
    public var description: String { "interrupted" }
}
