/// The ways between a front end and a kernel, apart from the heartbeat, which carries no messages.
public enum Channel: String, Sendable, CaseIterable {
    case shell, control, stdin, iopub
}

/// What a transport tells its kernel.
public enum TransportEvent: Sendable {
    /// The frames of one message, its sender's address first.
    case message([[UInt8]], Channel)
    /// A front end subscribed to publications whose topic starts with these bytes.
    case subscription([UInt8])
}

/// Which queue an outgoing message waits in.
public enum Lane: Sendable {
    /// Sent as soon as possible, past any publications that wait for a slow reader.
    case urgent
    /// Sent after everything that was handed over in order before.
    case ordered
}

/// Carries frames between a kernel and its front ends, and knows nothing of what they mean.
///
/// Frames are delivered one event at a time. Sending is safe from any thread and never blocks.
public protocol Transport: AnyObject, Sendable {
    /// Opens every channel and begins to deliver events, on a thread of the transport's own.
    /// The receiver should hand work on quickly.
    func start(_ receive: @escaping @Sendable (TransportEvent) -> Void) throws

    /// Queues one message. What is sent urgently from within the report of a subscription is the
    /// first thing the new subscriber gets.
    func send(_ frames: [[UInt8]], on channel: Channel, lane: Lane)

    /// Waits until the queue of publications is below its bound, at most this long; `false` when
    /// it is still full because a reader is slow.
    func waitForRoom(milliseconds: Int) -> Bool

    /// How many messages have left the ordered queue: a sign that readers make progress.
    var deliveredCount: Int { get }

    /// Sends what is queued, taking at most this long, and closes every channel.
    func close(milliseconds: Int)
}
