import JupyterProtocol

/// Signs messages and hands them to the transport.
final class Publisher: Sendable {
    let transport: any Transport
    let wire: WireFormat
    private let factory: MessageFactory
    private let report: @Sendable (String) -> Void

    init(transport: any Transport, key: String, report: @escaping @Sendable (String) -> Void) {
        self.transport = transport
        self.report = report
        wire = WireFormat(key: key)
        factory = MessageFactory()
    }

    /// Publishes to every front end, in order.
    func publish(
        _ type: String, parent: MessageHeader?, _ content: [String: JSONValue],
        metadata: [String: JSONValue] = [:], topic: [UInt8]? = nil, lane: Lane = .ordered
    ) {
        var message = factory.message(
            type, parent: parent, content: content, metadata: metadata)
        message.identities = [topic ?? Array("kernel.\(factory.session).\(type)".utf8)]
        send(message, on: .iopub, lane: lane)
    }

    func status(_ state: String, parent: MessageHeader?) {
        publish("status", parent: parent, ["execution_state": .string(state)])
    }

    /// Answers a request on the channel it came by.
    func reply(
        to request: Message, on channel: Channel, lane: Lane, _ content: [String: JSONValue]
    ) {
        send(factory.reply(to: request, content: content), on: channel, lane: lane)
    }

    /// Asks the front end that sent `request`. Answers the question's identifier, which
    /// `willSend` gets to know first.
    func ask(
        _ request: Message, _ content: [String: JSONValue], willSend: (String) -> Void
    ) -> String {
        var message = factory.message("input_request", parent: request.header, content: content)
        message.identities = request.identities
        willSend(message.header.id)
        send(message, on: .stdin, lane: .ordered)
        return message.header.id
    }

    private func send(_ message: Message, on channel: Channel, lane: Lane) {
        do {
            transport.send(try wire.encode(message), on: channel, lane: lane)
        } catch {
            report("\(message.type) was not sent: \(error)")
        }
    }
}
