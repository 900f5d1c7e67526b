import Hosting
import JupyterKernel
import JupyterProtocol
import Testing

/// A transport without a network: tests put requests in and read what comes out.
final class MemoryTransport: Transport {
    struct Sent: Sendable {
        var frames: [[UInt8]]
        var channel: Channel
    }

    private struct State {
        var receive: (@Sendable (TransportEvent) -> Void)?
        var sent: [Sent] = []
        var isFull = false
        var isClosed = false
    }

    private let state = Monitor(State())

    func start(_ receive: @escaping @Sendable (TransportEvent) -> Void) throws {
        state.withLock { $0.receive = receive }
    }

    func send(_ frames: [[UInt8]], on channel: Channel, lane: Lane) {
        state.notify { $0.sent.append(Sent(frames: frames, channel: channel)) }
    }

    func waitForRoom(milliseconds: Int) -> Bool {
        state.wait(milliseconds: milliseconds) { $0.isFull ? nil : true } ?? false
    }

    var deliveredCount: Int { 0 }

    func close(milliseconds: Int) { state.notify { $0.isClosed = true } }

    /// How many messages were sent and not taken.
    var sentCount: Int { state.withLock { $0.sent.count } }

    var isClosed: Bool { state.withLock { $0.isClosed } }

    /// Whether the reader of publications is too slow.
    func setFull(_ isFull: Bool) { state.notify { $0.isFull = isFull } }

    func deliver(_ event: TransportEvent) {
        state.withLock { $0.receive }?(event)
    }

    /// Takes the first sent message that `isWanted` accepts, waiting for it.
    func take(where isWanted: (Sent) -> Bool) -> Sent? {
        state.wait(milliseconds: 5000) { state in
            state.sent.firstIndex(where: isWanted).map { state.sent.remove(at: $0) }
        }
    }
}

/// A kernel with a scripted evaluator, and the front end that talks to it.
final class FrontEnd: Sendable {
    static let key = "a key"

    let transport = MemoryTransport()
    let evaluator = ScriptedEvaluator()
    let kernel: Kernel
    private let wire = WireFormat(key: key)
    private let factory = MessageFactory(session: "front end", username: "ada")
    private let reports = Monitor<[String]>([])

    init(readerPatience: Int = 30_000) throws {
        let evaluator = evaluator
        let reports = reports
        kernel = try Kernel(
            transport: transport, key: Self.key,
            info: KernelInfo(
                implementation: "test", version: "1", languageVersion: "6.3", banner: "hello",
                helpLinks: [("Help", "https://example.org")]),
            readerPatience: readerPatience,
            report: { text in reports.notify { $0.append(text) } },
            makeEvaluator: { evaluator })
        try kernel.start()
    }

    /// Sends a request and answers its message identifier.
    @discardableResult
    func send(
        _ type: String, _ content: [String: JSONValue] = [:], on channel: Channel = .shell,
        parent: MessageHeader? = nil, subshell: JSONValue? = nil
    ) throws -> String {
        var message = factory.message(type, parent: parent, content: content)
        message.header.subshell = subshell?.string
        message.identities = [[7], [8, 9]]
        transport.deliver(.message(try wire.encode(message), channel))
        return message.header.id
    }

    func execute(
        _ code: String, _ options: [String: JSONValue] = [:], in subshell: JSONValue? = nil
    ) throws -> String {
        try send(
            "execute_request", options.merging(["code": .string(code)]) { $1 }, subshell: subshell)
    }

    /// Makes a subshell and answers its identifier.
    func makeSubshell() throws -> JSONValue {
        let request = try send("create_subshell_request", on: .control)
        return try #require(next(.control, to: request).content["subshell_id"])
    }

    /// The next message on a channel that answers the given request.
    func next(_ channel: Channel, to request: String?) throws -> Message {
        let wire = WireFormat(key: Self.key)
        let sent = transport.take { sent in
            guard sent.channel == channel else { return false }
            let message = try? WireFormat(key: Self.key).decode(sent.frames)
            return message?.parent?.id == request
        }
        return try wire.decode(try #require(sent, "nothing came on \(channel)").frames)
    }

    /// Everything published for a request, from busy to idle, both included.
    func publications(for request: String) throws -> [Message] {
        var messages: [Message] = []
        repeat {
            messages.append(try next(.iopub, to: request))
        } while messages.last?.content["execution_state"] != "idle"
        return messages
    }

    /// The next thing the kernel reported to its log.
    func nextReport() -> String? {
        reports.wait(milliseconds: 5000) { $0.isEmpty ? nil : $0.removeFirst() }
    }
}

extension [Message] {
    /// The kinds of these messages, statuses by their state.
    var kinds: [String] { map { $0.content["execution_state"]?.string ?? $0.type } }
}
