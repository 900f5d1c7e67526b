import FoundationEssentials
import Glibc
import Synchronization

/// Makes the messages of one process: one session identifier, a new message identifier each.
public final class MessageFactory: Sendable {
    /// The version of the messaging protocol these messages follow.
    public static let protocolVersion = "5.5"

    /// The identifier of this process's session, a UUID.
    public let session: String
    private let username: String
    private let count = Atomic<Int>(0)
    private let process = getpid()

    /// A factory for one process: a session of its own, and the name messages are signed with.
    public init(session: String = UUID().uuidString.lowercased(), username: String = "kernel") {
        self.session = session
        self.username = username
    }

    /// A new message of the given type, addressed to nobody yet.
    public func message(
        _ type: String, parent: MessageHeader?, content: [String: JSONValue],
        metadata: [String: JSONValue] = [:]
    ) -> Message {
        let number = count.add(1, ordering: .relaxed).newValue
        let header = MessageHeader(
            id: "\(session)_\(process)_\(number)", session: session, username: username,
            date: messageDate(), type: type, version: Self.protocolVersion)
        return Message(header: header, parent: parent, metadata: metadata, content: content)
    }

    /// The answer to a request: its type with `_reply`, sent back the way the request came.
    public func reply(to request: Message, content: [String: JSONValue]) -> Message {
        let suffix = "_request"
        let base =
            request.type.hasSuffix(suffix)
            ? String(request.type.dropLast(suffix.count)) : request.type
        var message = message(base + "_reply", parent: request.header, content: content)
        message.identities = request.identities
        return message
    }
}
