import Synchronization

/// Why frames from the network were not a message.
public enum WireError: Error, Equatable, CustomStringConvertible {
    case noDelimiter
    case truncated(frames: Int)
    case badSignature
    case replayed
    case malformed(frame: String, String)

    public var description: String {
        switch self {
        case .noDelimiter: "message: no <IDS|MSG> delimiter among its frames"
        case .truncated(let frames):
            "message: truncated, expected at least 5 frames after the delimiter, got \(frames)"
        case .badSignature: "message: the signature does not match the frames"
        case .replayed: "message: a message with this signature came before"
        case .malformed(let frame, let problem): "message: bad \(frame) frame, \(problem)"
        }
    }
}

/// Turns messages into signed frames and frames into messages.
///
/// The frames are `identities..., <IDS|MSG>, signature, header, parent header, metadata, content,
/// buffers...`. A signature is checked before any JSON is parsed.
public final class WireFormat: Sendable {
    private static let delimiter = Array("<IDS|MSG>".utf8)
    private static let emptyObject = Array("{}".utf8)

    private let signer: MessageSigner
    private let seen: Mutex<ReplayMemory>

    /// Frames signed with `key`; an empty one turns signatures off.
    public init(key: String, replayMemory: ReplayMemory = ReplayMemory()) {
        signer = MessageSigner(key: key)
        seen = Mutex(replayMemory)
    }

    /// The frames of a message, ready to send.
    public func encode(_ message: Message) throws -> [[UInt8]] {
        let metadata =
            message.metadata.isEmpty
            ? Self.emptyObject : try JSONValue.object(message.metadata).serialized()
        let json = [
            try message.header.serialized(),
            try message.parent?.serialized() ?? Self.emptyObject,
            metadata,
            try JSONValue.object(message.content).serialized(),
        ]
        return message.identities + [Self.delimiter, signer.signature(json[...])] + json
            + message.buffers
    }

    /// The message in these frames. Throws `WireError` where they are not one, are not signed with
    /// the key, or came before.
    public func decode(_ frames: [[UInt8]]) throws -> Message {
        guard let delimiter = frames.firstIndex(of: Self.delimiter) else {
            throw WireError.noDelimiter
        }
        let rest = frames[(delimiter + 1)...]
        guard rest.count >= 5 else { throw WireError.truncated(frames: rest.count) }
        let first = rest.startIndex
        let json = rest[(first + 1)...(first + 4)]
        guard signer.isValid(rest[first], for: json) else { throw WireError.badSignature }
        if signer.isSigning, !seen.withLock({ $0.insert(rest[first]) }) {
            throw WireError.replayed
        }
        let parent = try object(rest[first + 2], "parent_header")
        return Message(
            identities: Array(frames[..<delimiter]),
            header: try header(rest[first + 1], "header"),
            parent: parent.isEmpty ? nil : try header(rest[first + 2], "parent_header"),
            metadata: try object(rest[first + 3], "metadata"),
            content: try object(rest[first + 4], "content"),
            buffers: Array(rest[(first + 5)...]))
    }

    private func header(_ frame: [UInt8], _ name: String) throws -> MessageHeader {
        do {
            return try MessageHeader(parsing: frame)
        } catch let error as WireError {
            throw error
        } catch {
            throw WireError.malformed(frame: name, "not JSON")
        }
    }

    private func object(_ frame: [UInt8], _ name: String) throws -> [String: JSONValue] {
        if frame == Self.emptyObject { return [:] }
        guard let value = try? JSONValue(parsing: frame) else {
            throw WireError.malformed(frame: name, "not JSON")
        }
        if let members = value.object { return members }
        throw WireError.malformed(frame: name, "expected an object")
    }
}
