/// What went wrong with published weights: finding, fetching or checking their file.
public struct HubError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What to tell errors apart by.
    public enum Kind: Sendable, Equatable {
        /// There are no weights of that name.
        case unknown
        /// The file is not here and cannot be fetched: no network, no library, or told not to.
        case unavailable
        /// The server answered with an error or with nothing.
        case download
        /// The file is another one than the one that was published.
        case damaged
    }

    /// Which sort of mistake it is, for code that treats them differently.
    public var kind: Kind
    /// The whole message.
    public var description: String

    /// An error with its message.
    public init(_ kind: Kind, _ description: String) {
        self.kind = kind
        self.description = description
    }
}
