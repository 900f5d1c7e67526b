import CZeroMQ
import Glibc
import JupyterProtocol

/// The Jupyter channels on libzmq sockets, over tcp or ipc, encrypted where the connection has keys.
///
/// One thread owns all sockets: it polls them, delivers what arrives, answers heartbeats, and
/// sends what other threads queued. Publications are never dropped for a slow reader; they queue,
/// and `waitForRoom` tells producers when the queue is full.
public final class ZeroMQTransport: Transport {
    private let connection: ConnectionInfo
    private let listeners: InheritedListeners
    private let queueLimit: Int
    private let queues = Monitor(OutboundQueues())
    private let wakeUp: WakeUp
    private let report: @Sendable (String) -> Void

    /// Serves the given connection. Publications beyond `queueLimit` bytes make `waitForRoom` wait.
    /// What goes wrong with a single message is told to `report`.
    public init(
        _ connection: ConnectionInfo, listeners: InheritedListeners = InheritedListeners(),
        queueLimit: Int = 256 << 20,
        report: @escaping @Sendable (String) -> Void = { _ in }
    ) throws {
        self.connection = connection
        self.listeners = listeners
        self.queueLimit = queueLimit
        self.report = report
        wakeUp = try WakeUp()
    }

    public func start(_ receive: @escaping @Sendable (TransportEvent) -> Void) throws {
        let sockets = try ChannelSockets(connection, listeners: listeners)
        let loop = PollLoop(
            sockets: sockets, queues: queues, wakeUp: wakeUp, report: report, receive: receive)
        var thread = pthread_t()
        let status = pthread_create(
            &thread, nil,
            { argument in
                guard let argument else { return nil }
                Unmanaged<PollLoop>.fromOpaque(argument).takeRetainedValue().run()
                return nil
            }, Unmanaged.passRetained(loop).toOpaque())
        guard status == 0 else {
            throw ZeroMQError("pthread_create", problem: String(cString: strerror(status)))
        }
        pthread_detach(thread)
    }

    public func send(_ frames: [[UInt8]], on channel: Channel, lane: Lane) {
        let item = OutboundQueues.Item(frames: frames, channel: channel)
        let mustSignal = queues.withLock { queues in
            if lane == .ordered {
                queues.ordered.append(item)
                queues.orderedBytes += item.byteCount
            } else {
                queues.urgent.append(item)
            }
            defer { queues.isSignalled = true }
            return !queues.isSignalled
        }
        if mustSignal { wakeUp.signal() }
    }

    public func waitForRoom(milliseconds: Int) -> Bool {
        queues.wait(milliseconds: milliseconds) { [queueLimit] queues in
            queues.orderedBytes < queueLimit ? true : nil
        } ?? false
    }

    public var deliveredCount: Int { queues.withLock { $0.delivered } }

    public func close(milliseconds: Int) {
        queues.withLock { queues in
            queues.closing = now() + UInt64(max(0, milliseconds)) * 1_000_000
            queues.isSignalled = true
        }
        wakeUp.signal()
        _ = queues.wait(milliseconds: milliseconds + 500) { $0.isClosed ? true : nil }
    }
}

/// Nanoseconds on the monotonic clock.
func now() -> UInt64 {
    var time = timespec()
    clock_gettime(CLOCK_MONOTONIC, &time)
    return UInt64(time.tv_sec) * 1_000_000_000 + UInt64(time.tv_nsec)
}
