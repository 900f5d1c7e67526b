import Synchronization

/// Says which kernel is wanted: the operation, its numbers, and the formats of its buffers.
public protocol PrimitiveConfiguration: Hashable, Sendable {
    /// Compiles the kernel; takes about a millisecond.
    func makePrimitive() throws(OneDNNError) -> Primitive
}

extension PrimitiveConfiguration {
    /// The kernel for this configuration, compiled at its first use in the process.
    public func primitive() throws(OneDNNError) -> Primitive {
        try PrimitiveCache.shared.primitive(for: self)
    }
}

/// The kernels compiled so far. Process-wide and safe from any thread.
final class PrimitiveCache: Sendable {
    static let shared = PrimitiveCache()

    private static let capacity = 2_000
    private let primitives = Mutex<[Key: Primitive]>([:])

    /// A configuration of any kind.
    private struct Key: Hashable, @unchecked Sendable {
        // Invariant: made only from a `PrimitiveConfiguration`, which is `Sendable`.
        let configuration: AnyHashable
    }

    func primitive(
        for configuration: some PrimitiveConfiguration
    ) throws(OneDNNError) -> Primitive {
        let key = Key(configuration: AnyHashable(configuration))
        if let known = primitives.withLock({ $0[key] }) { return known }
        let made = try configuration.makePrimitive()
        return primitives.withLock { primitives in
            if let earlier = primitives[key] { return earlier }
            if primitives.count >= Self.capacity { primitives.removeAll() }
            primitives[key] = made
            return made
        }
    }
}
