import CZeroMQ
import Glibc
import JupyterProtocol

/// The thread that owns the sockets: delivers what arrives and sends what is queued.
///
/// `@unchecked Sendable`: made on one thread, then handed to and used by the polling thread alone.
final class PollLoop: @unchecked Sendable {
    /// How long to wait before trying a full socket again. libzmq does not report that room came.
    private static let retryMilliseconds = 2
    /// How many messages of one channel are taken before the others get their turn.
    private static let messagesPerTurn = 64

    private let sockets: ChannelSockets
    private let queues: Monitor<OutboundQueues>
    private let wakeUp: WakeUp
    private let report: @Sendable (String) -> Void
    private let receive: @Sendable (TransportEvent) -> Void
    /// Whether a reader is so slow that publications wait.
    private var isBlocked = false

    init(
        sockets: ChannelSockets, queues: Monitor<OutboundQueues>, wakeUp: WakeUp,
        report: @escaping @Sendable (String) -> Void,
        receive: @escaping @Sendable (TransportEvent) -> Void
    ) {
        self.sockets = sockets
        self.queues = queues
        self.wakeUp = wakeUp
        self.report = report
        self.receive = receive
    }

    func run() {
        let channels = Channel.allCases
        var items = channels.map {
            zmq_pollitem_t(
                socket: sockets[$0].handle, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0)
        }
        items.append(
            zmq_pollitem_t(
                socket: sockets.heartbeat.handle, fd: 0, events: Int16(ZMQ_POLLIN), revents: 0))
        items.append(
            zmq_pollitem_t(
                socket: nil, fd: wakeUp.descriptor, events: Int16(ZMQ_POLLIN), revents: 0))
        while !isTimeToEnd() {
            let timeout = isBlocked ? Self.retryMilliseconds : -1
            let count = zmq_poll(&items, Int32(items.count), timeout)
            if count < 0 && zmq_errno() != EINTR {
                report("\(ZeroMQError("zmq_poll", "all channels"))")
                break
            }
            let ready = count > 0 ? items.map { $0.revents != 0 } : []
            if ready.last == true { wakeUp.clear() }
            for (channel, isReady) in zip(channels, ready) where isReady { deliver(channel) }
            if ready.dropLast().last == true { echoHeartbeats() }
            sendQueued()
        }
        sockets.close()
        queues.notify { $0.isClosed = true }
    }

    private func isTimeToEnd() -> Bool {
        queues.withLock { queues in
            guard let closing = queues.closing else { return false }
            return (queues.ordered.isEmpty && queues.urgent.isEmpty) || now() >= closing
        }
    }

    private func deliver(_ channel: Channel) {
        do {
            for _ in 0..<Self.messagesPerTurn {
                guard let frames = try sockets[channel].receive() else { return }
                if channel != .iopub {
                    receive(.message(frames, channel))
                } else if let change = frames.first {
                    try takeSubscription(change)
                }
            }
        } catch {
            report("\(error)")
        }
    }

    /// A subscription begins (1) or ends (0). Nothing is published between its beginning and what
    /// the receiver answers it with.
    private func takeSubscription(_ change: [UInt8]) throws {
        let topic = Array(change.dropFirst())
        switch change.first {
        case 1:
            try sockets[.iopub].apply(ZMQ_SUBSCRIBE, topic: topic)
            receive(.subscription(topic))
            sendUrgent()
        case 0: try sockets[.iopub].apply(ZMQ_UNSUBSCRIBE, topic: topic)
        default: break
        }
    }

    private func echoHeartbeats() {
        do {
            while let frames = try sockets.heartbeat.receive() {
                _ = try sockets.heartbeat.send(frames, from: 0)
            }
        } catch {
            report("\(error)")
        }
    }

    private func sendQueued() {
        queues.withLock { $0.isSignalled = false }
        isBlocked = false
        while let item = queues.withLock({ $0.ordered.popFirst() }) {
            if let rest = send(item) {
                queues.withLock { $0.ordered.prepend(rest) }
                isBlocked = true
                break
            }
            delivered(item)
        }
        sendUrgent()
    }

    private func sendUrgent() {
        while let item = queues.withLock({ $0.urgent.popFirst() }) {
            if let rest = send(item) {
                queues.withLock { $0.urgent.prepend(rest) }
                isBlocked = true
                return
            }
        }
    }

    private func delivered(_ item: OutboundQueues.Item) {
        queues.notify { queues in
            queues.orderedBytes -= item.byteCount
            queues.delivered += 1
        }
    }

    /// Sends one message. Answers what is left of it when the socket takes no more just now.
    private func send(_ item: OutboundQueues.Item) -> OutboundQueues.Item? {
        var item = item
        do {
            item.sent = try sockets[item.channel].send(item.frames, from: item.sent)
            return item.sent < item.frames.count ? item : nil
        } catch {
            // The message is lost, the others are not.
            report("\(error)")
            return nil
        }
    }
}
