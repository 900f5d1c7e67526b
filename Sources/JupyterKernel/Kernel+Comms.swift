import JupyterProtocol

/// Comms, the side channels of widgets. This kernel offers no target, so every comm that a front end
/// opens is closed again, as the specification asks.
extension Kernel {
    @Sendable func commInfo(_ request: Message) -> [String: JSONValue]? {
        ["status": "ok", "comms": [:]]
    }

    @Sendable func openComm(_ message: Message) -> [String: JSONValue]? {
        publisher.publish(
            "comm_close", parent: message.header,
            ["comm_id": message.content["comm_id"] ?? "", "data": [:]])
        return nil
    }

    /// Messages to a comm that is not open have no effect.
    @Sendable func ignoreComm(_ message: Message) -> [String: JSONValue]? { nil }
}
