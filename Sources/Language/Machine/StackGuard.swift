import Glibc

/// Glibc declares it for GNU C alone, which Swift's overlay does not import.
@_silgen_name("pthread_getattr_np")
private func threadAttributes(
    _ thread: pthread_t, _ attributes: UnsafeMutablePointer<pthread_attr_t>
) -> Int32

/// How much of the thread's native stack is left.
struct StackGuard {
    private let limit: UInt

    init() {
        var attributes = pthread_attr_t()
        guard threadAttributes(pthread_self(), &attributes) == 0 else {
            limit = 0
            return
        }
        var lowest: UnsafeMutableRawPointer?
        var size = 0
        pthread_attr_getstack(&attributes, &lowest, &size)
        pthread_attr_destroy(&attributes)
        limit = UInt(bitPattern: lowest) + UInt(min(size / 3, 1_500_000))
    }

    /// Whether a few more nested calls fit.
    var hasRoom: Bool {
        withUnsafeTemporaryAllocation(byteCount: 8, alignment: 8) {
            UInt(bitPattern: $0.baseAddress) > limit
        }
    }
}
