import CZeroMQ
import JupyterProtocol

/// The five sockets of a kernel, bound and ready.
final class ChannelSockets {
    /// How many publications may wait inside libzmq for one reader; the rest waits in our queue,
    /// whose size is known.
    private static let publicationsInFlight: Int32 = 100

    private let context: UnsafeMutableRawPointer
    private let shell, control, stdin, iopub: Socket
    let heartbeat: Socket

    init(_ connection: ConnectionInfo, listeners: InheritedListeners) throws {
        guard let context = zmq_ctx_new() else { throw ZeroMQError("zmq_ctx_new", "kernel") }
        do {
            func socket(_ type: Int32, _ name: String, _ port: Int) throws -> Socket {
                let socket = try Socket(context, type: type, name: name)
                try socket.set(ZMQ_LINGER, 500, "ZMQ_LINGER")
                if connection.ip.contains(":") { try socket.set(ZMQ_IPV6, 1, "ZMQ_IPV6") }
                if let key = connection.curveSecretKey {
                    try socket.setCurveServer(secretKey: key)
                }
                if type == ZMQ_XPUB {
                    try socket.set(ZMQ_XPUB_VERBOSE, 1, "ZMQ_XPUB_VERBOSE")
                    // Subscriptions count when we say so: after the queue, before the welcome.
                    try socket.set(ZMQ_XPUB_MANUAL, 1, "ZMQ_XPUB_MANUAL")
                    try socket.set(ZMQ_XPUB_NODROP, 1, "ZMQ_XPUB_NODROP")
                    try socket.set(ZMQ_SNDHWM, Self.publicationsInFlight, "ZMQ_SNDHWM")
                } else {
                    // A router would silently drop a reply beyond its limit.
                    try socket.set(ZMQ_SNDHWM, 0, "ZMQ_SNDHWM")
                }
                if type == ZMQ_ROUTER {
                    // A front end that reconnects under its old name takes the place over.
                    try socket.set(ZMQ_ROUTER_HANDOVER, 1, "ZMQ_ROUTER_HANDOVER")
                }
                try socket.bind(
                    connection.endpoint(port: port), listener: listeners.descriptors[port])
                return socket
            }
            // The shell first: a front end that comes too early tries again only after 100 ms.
            // Nobody is answered before all five are open.
            shell = try socket(ZMQ_ROUTER, "shell", connection.shellPort)
            iopub = try socket(ZMQ_XPUB, "iopub", connection.iopubPort)
            control = try socket(ZMQ_ROUTER, "control", connection.controlPort)
            stdin = try socket(ZMQ_ROUTER, "stdin", connection.stdinPort)
            heartbeat = try socket(ZMQ_ROUTER, "heartbeat", connection.heartbeatPort)
        } catch {
            // Sockets made so far closed themselves when their last reference went.
            zmq_ctx_shutdown(context)
            throw error
        }
        self.context = context
    }

    subscript(channel: Channel) -> Socket {
        switch channel {
        case .shell: shell
        case .control: control
        case .stdin: stdin
        case .iopub: iopub
        }
    }

    /// Ends the library's work: closes the sockets and waits for what they still send, half a
    /// second at most.
    func close() {
        for socket in [shell, control, stdin, iopub, heartbeat] { socket.close() }
        zmq_ctx_term(context)
    }
}
