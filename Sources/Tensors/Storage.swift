import OneDNN

/// A buffer of tensor elements, freed when nobody refers to it.
final class Storage: @unchecked Sendable {
    // Invariant: the elements are written only while one owner is known, or before the storage is
    // shared; the block itself never changes.
    let block: Block
    /// Counts writes after the first, so that the tape notices a saved tensor that changed.
    var version = 0

    init(byteCount: Int) throws(OneDNNError) {
        block = try Allocator.shared.allocate(byteCount: byteCount)
    }

    deinit { Allocator.shared.free(block) }

    var pointer: UnsafeMutableRawPointer { block.pointer }
}

/// Where a tensor's elements lie in its storage. Users never see it.
enum Layout: Hashable, Sendable {
    /// Element `i` is at `offset + sum(i * strides)`, counted in elements.
    case strided(offset: Int, strides: [Int])
    /// A format of oneDNN's with inner blocks or padding.
    case blocked(MemoryDescriptor)

    /// The layout of a tensor with `rank` axes over a buffer with the format of `descriptor`.
    init(_ descriptor: MemoryDescriptor, rank: Int) {
        if rank == 0 {
            self = .strided(offset: 0, strides: [])
        } else if let strides = descriptor.plainStrides, strides.count == rank {
            self = .strided(offset: 0, strides: strides)
        } else {
            self = .blocked(descriptor)
        }
    }
}

/// A tensor's elements as they are kept.
struct Representation: Sendable {
    var storage: Storage
    var layout: Layout
}

/// The caching allocator's figures, in bytes.
public enum Memory {
    /// What tensors and scratchpads may use together; 80% of the machine's or the control group's
    /// memory unless set.
    public static var budget: Int {
        get { Allocator.shared.budget }
        set { Allocator.shared.budget = newValue }
    }

    /// What they use now.
    public static var used: Int { Allocator.shared.used }

    /// The most they used at once since `resetPeak()`.
    public static var peak: Int { Allocator.shared.peak }

    /// Starts `peak` again from what is used now.
    public static func resetPeak() { Allocator.shared.resetPeak() }

    /// Gives what is kept for reuse back to the system. Safe from any thread.
    public static func trim() { Allocator.shared.trim() }
}
