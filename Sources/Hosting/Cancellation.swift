import Synchronization

/// What others ask of a piece of work while it runs, set from any thread and polled by the work
/// itself once per statement of a script and once per tensor operation: to stop, or to rest a
/// moment so that somebody else has a turn on its thread.
///
///     let cancellation = Cancellation()
///     cancellation.request()
///     try cancellation.check()  // throws Interrupted
public final class Cancellation: Sendable {
    private static let interrupted: UInt8 = 1
    private static let exhausted: UInt8 = 2
    private static let stops = interrupted | exhausted
    private static let awaited: UInt8 = 4
    private let state = Atomic<UInt8>(0)

    public init() {}

    /// Whether a stop was asked for since the last `reset()`.
    public var isRequested: Bool { state.load(ordering: .relaxed) & Self.stops != 0 }

    /// Whether somebody waits for the work to rest: see `Host.rest()`.
    public var isAwaited: Bool { state.load(ordering: .relaxed) & Self.awaited != 0 }

    /// Whether anything at all is asked, a stop or a rest.
    @inlinable
    public var isRaised: Bool { load() }

    @usableFromInline
    func load() -> Bool { state.load(ordering: .relaxed) != 0 }

    /// Asks the work to stop at its next poll. Safe from any thread and from a signal handler.
    public func request() { state.bitwiseOr(Self.interrupted, ordering: .relaxed) }

    /// Asks the work to stop because memory runs out; it may go on if it then needs less. Safe from
    /// any thread.
    public func requestMemory() { state.bitwiseOr(Self.exhausted, ordering: .relaxed) }

    /// Says whether somebody waits for the work to rest. Safe from any thread.
    public func setAwaited(_ isAwaited: Bool) {
        if isAwaited {
            state.bitwiseOr(Self.awaited, ordering: .relaxed)
        } else {
            state.bitwiseAnd(~Self.awaited, ordering: .relaxed)
        }
    }

    /// Forgets an earlier request to stop; whoever starts a new piece of work calls it first.
    public func reset() { state.bitwiseAnd(~Self.stops, ordering: .relaxed) }

    /// Throws `Interrupted` when a stop was asked for, `MemoryExhausted` once where memory ran out.
    @inlinable
    public func check() throws {
        if isRaised { try stop() }
    }

    @usableFromInline
    func stop() throws {
        let asked = state.load(ordering: .relaxed)
        if asked & Self.interrupted != 0 { throw Interrupted() }
        if asked & Self.exhausted != 0 {
            state.bitwiseAnd(~Self.exhausted, ordering: .relaxed)
            throw MemoryExhausted()
        }
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
