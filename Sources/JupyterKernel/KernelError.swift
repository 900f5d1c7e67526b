/// Why the kernel could not start.
public struct KernelError: Error, Equatable, CustomStringConvertible {
    /// What could not be done, and why.
    public let description: String

    /// An error in the given words.
    public init(_ description: String) {
        self.description = description
    }
}
