import Glibc
import Synchronization

/// A piece of memory from the allocator, aligned to 64 bytes.
public struct Block: @unchecked Sendable {
    // Invariant: whoever holds the block owns the memory until it gives it back.
    public let pointer: UnsafeMutableRawPointer
    /// Bytes that may be used: at least what was asked for.
    public let byteCount: Int
}

/// Memory for tensors and scratchpads, kept for reuse after it is freed, within a budget.
///
/// Linux hands out memory it does not have and kills the process later; the budget, by default
/// 80% of what the machine or the control group has, makes that a typed error instead.
/// Safe from any thread.
public final class Allocator: Sendable {
    public static let shared = Allocator(budget: defaultBudget())

    private struct State {
        var budget: Int
        var used = 0
        var cached = 0
        var peak = 0
        var free: [Int: [UnsafeMutableRawPointer]] = [:]
    }

    private let state: Mutex<State>

    /// An allocator of its own, for tests.
    package init(budget: Int) { state = Mutex(State(budget: budget)) }

    /// Bytes that may be in use at once.
    public var budget: Int {
        get { state.withLock { $0.budget } }
        set { state.withLock { $0.budget = max(0, newValue) } }
    }

    /// Bytes in use now, without what is merely kept for reuse.
    public var used: Int { state.withLock { $0.used } }

    /// The most bytes in use at once since the last `resetPeak()`.
    public var peak: Int { state.withLock { $0.peak } }

    public func resetPeak() { state.withLock { $0.peak = $0.used } }

    /// Memory of at least `byteCount` bytes with unspecified content.
    ///
    /// Throws `OneDNNError` with reason `.memory` when it would exceed the budget.
    public func allocate(byteCount: Int) throws(OneDNNError) -> Block {
        let size = Self.rounded(byteCount)
        let reused = try state.withLock { state throws(OneDNNError) -> UnsafeMutableRawPointer? in
            guard size <= state.budget - state.used else {
                throw OneDNNError(
                    call: "allocate",
                    reason: .memory(
                        requested: byteCount, used: state.used, budget: state.budget))
            }
            state.used += size
            state.peak = max(state.peak, state.used)
            if let pointer = state.free[size]?.popLast() {
                state.cached -= size
                return pointer
            }
            if state.cached > 0, size > state.budget - state.used - state.cached + size {
                Self.release(&state)
            }
            return nil
        }
        if let reused { return Block(pointer: reused, byteCount: size) }
        var pointer: UnsafeMutableRawPointer?
        let alignment = size >= Self.hugePage ? Self.hugePage : 64
        if posix_memalign(&pointer, alignment, size) != 0 {
            trim()
            _ = posix_memalign(&pointer, alignment, size)
        }
        guard let pointer else {
            let (used, budget) = state.withLock { state in
                state.used -= size
                return (state.used, state.budget)
            }
            throw OneDNNError(
                call: "posix_memalign",
                reason: .memory(requested: byteCount, used: used, budget: budget))
        }
        if size >= Self.hugePage { madvise(pointer, size, MADV_HUGEPAGE) }
        return Block(pointer: pointer, byteCount: size)
    }

    /// Throws as `allocate` would, without allocating: before work whose result has no room.
    public func checkRoom(byteCount: Int) throws(OneDNNError) {
        let (used, budget) = state.withLock { ($0.used, $0.budget) }
        guard byteCount <= budget - used else {
            throw OneDNNError(
                call: "allocate",
                reason: .memory(requested: byteCount, used: used, budget: budget))
        }
    }

    /// Takes a block back.
    public func free(_ block: Block) {
        state.withLock { state in
            state.used -= block.byteCount
            state.cached += block.byteCount
            state.free[block.byteCount, default: []].append(block.pointer)
            if state.used + state.cached > state.budget { Self.release(&state) }
        }
    }

    /// Gives everything that is kept for reuse back to the system.
    public func trim() { state.withLock { Self.release(&$0) } }

    private static let hugePage = 2 << 20

    private static func release(_ state: inout State) {
        for pointers in state.free.values { for pointer in pointers { Glibc.free(pointer) } }
        state.free.removeAll()
        state.cached = 0
    }

    /// Sizes come in eight steps for each doubling, so that freed blocks fit again.
    private static func rounded(_ byteCount: Int) -> Int {
        if byteCount <= 512 { return max(64, (byteCount + 63) & ~63) }
        if byteCount > Int.max / 2 { return Int.max / 2 }
        let top = Int.bitWidth - 1 - (byteCount - 1).leadingZeroBitCount
        let step = 1 << (top - 3)
        return (byteCount + step - 1) & ~(step - 1)
    }
}

/// 80% of the memory that the machine has, or the control group allows.
private func defaultBudget() -> Int {
    var total = sysconf(Int32(_SC_PHYS_PAGES)) * sysconf(Int32(_SC_PAGESIZE))
    for path in ["/sys/fs/cgroup/memory.max", "/sys/fs/cgroup/memory/memory.limit_in_bytes"] {
        if let limit = readSmallFile(path).flatMap({ Int($0) }), limit > 0 {
            total = min(total, limit)
        }
    }
    return total / 10 * 8
}

/// The first line of a small file in `/sys` or `/proc`; `nil` where there is none.
func readSmallFile(_ path: String) -> String? { readLines(path)?.first }

/// The lines of a small file in `/sys` or `/proc`.
func readLines(_ path: String) -> [String]? {
    let descriptor = open(path, O_RDONLY)
    guard descriptor >= 0 else { return nil }
    defer { close(descriptor) }
    var bytes = [UInt8](repeating: 0, count: 8192)
    let count = read(descriptor, &bytes, bytes.count)
    guard count > 0 else { return nil }
    return String(decoding: bytes.prefix(count), as: UTF8.self)
        .split(whereSeparator: \.isNewline).map(String.init)
}
