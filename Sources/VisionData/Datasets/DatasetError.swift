/// What went wrong with a data set: its files, or an argument that selects none of it.
public struct DatasetError: Error, Sendable, Equatable, CustomStringConvertible {
    /// What to tell errors apart by.
    public enum Kind: Sendable, Equatable {
        /// A file is not there.
        case missing
        /// A file breaks its format's rules, or files do not fit each other.
        case corrupt
        /// An argument of an operation on a data set.
        case argument
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
