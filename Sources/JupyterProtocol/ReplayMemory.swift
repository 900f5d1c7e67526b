/// Remembers the newest signatures, so that a recorded message cannot be sent a second time.
public struct ReplayMemory: Sendable {
    private let capacity: Int
    private var known: Set<[UInt8]> = []
    private var order: [[UInt8]] = []
    private var oldest = 0

    /// Keeps the newest `capacity` signatures, 65,536 unless told otherwise.
    public init(capacity: Int = 1 << 16) {
        self.capacity = max(1, capacity)
    }

    /// Remembers a signature; `false` when it was seen before. O(1).
    public mutating func insert(_ signature: [UInt8]) -> Bool {
        guard known.insert(signature).inserted else { return false }
        if order.count < capacity {
            order.append(signature)
        } else {
            known.remove(order[oldest])
            order[oldest] = signature
            oldest = (oldest + 1) % capacity
        }
        return true
    }
}
