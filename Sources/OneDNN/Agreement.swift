import Synchronization

/// What several threads agree on unless one of them denies it.
public final class Agreement: Sendable {
    private let denied = Atomic<Bool>(false)

    public init() {}

    public func deny() { denied.store(true, ordering: .relaxed) }

    /// Whether anyone denied it; asked after all are done.
    public var isDenied: Bool { denied.load(ordering: .relaxed) }
}
