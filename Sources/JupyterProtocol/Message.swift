/// One message of the Jupyter protocol, apart from how it travels.
public struct Message: Sendable, Equatable {
    /// Routing frames before the delimiter: a peer's address, or the topic of a publication.
    public var identities: [[UInt8]]
    /// Who sent it, and what it is.
    public var header: MessageHeader
    /// The header of the request this message answers; `nil` where there is none.
    public var parent: MessageHeader?
    /// What is said about the message; empty for most.
    public var metadata: [String: JSONValue]
    /// What the message says; its members depend on the type.
    public var content: [String: JSONValue]
    /// Binary frames after the content.
    public var buffers: [[UInt8]]

    /// A message with the given parts.
    public init(
        identities: [[UInt8]] = [], header: MessageHeader, parent: MessageHeader? = nil,
        metadata: [String: JSONValue] = [:], content: [String: JSONValue],
        buffers: [[UInt8]] = []
    ) {
        self.identities = identities
        self.header = header
        self.parent = parent
        self.metadata = metadata
        self.content = content
        self.buffers = buffers
    }

    /// What kind of message it is, such as `execute_request`.
    public var type: String { header.type }
}
