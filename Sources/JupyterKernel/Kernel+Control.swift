import JupyterProtocol

/// Requests about the kernel itself.
extension Kernel {
    @Sendable func kernelInfo(_ request: Message) -> [String: JSONValue]? { info.content }

    @Sendable func interrupt(_ request: Message) -> [String: JSONValue]? {
        interrupt()
        return ["status": "ok"]
    }

    @Sendable func shutdownReply(_ request: Message) -> [String: JSONValue]? {
        ["status": "ok", "restart": .bool(request.content["restart"]?.bool ?? false)]
    }

    /// Tells every front end, and then begins to end the kernel.
    func broadcastShutdown(_ request: Message) {
        if let content = shutdownReply(request) {
            publisher.publish("shutdown_reply", parent: request.header, content)
        }
        publisher.status("idle", parent: request.header)
        shutDown()
    }
}
