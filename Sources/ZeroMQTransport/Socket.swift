import CZeroMQ
import Glibc

/// One libzmq socket. It belongs to one thread at a time.
final class Socket {
    let handle: UnsafeMutableRawPointer
    let name: String
    private var isOpen = true

    init(_ context: UnsafeMutableRawPointer, type: Int32, name: String) throws {
        guard let handle = zmq_socket(context, type) else {
            throw ZeroMQError("zmq_socket", name)
        }
        self.handle = handle
        self.name = name
    }

    deinit { close() }

    /// Closes the socket; a second call does nothing.
    func close() {
        guard isOpen else { return }
        isOpen = false
        zmq_close(handle)
    }

    /// Sets an integer option; `label` names it in an error.
    func set(_ option: Int32, _ value: Int32, _ label: String) throws {
        var value = value
        guard zmq_setsockopt(handle, option, &value, MemoryLayout<Int32>.size) == 0 else {
            throw ZeroMQError("zmq_setsockopt", "\(label) of \(name)")
        }
    }

    /// Makes this the server end of encrypted connections; the key is in Z85.
    func setCurveServer(secretKey: String) throws {
        guard zmq_has("curve") == 1 else {
            throw ZeroMQError("zmq_has", problem: "this libzmq was built without CurveZMQ")
        }
        try set(ZMQ_CURVE_SERVER, 1, "ZMQ_CURVE_SERVER")
        guard zmq_setsockopt(handle, ZMQ_CURVE_SECRETKEY, secretKey, secretKey.utf8.count) == 0
        else { throw ZeroMQError("zmq_setsockopt", "ZMQ_CURVE_SECRETKEY of \(name)") }
    }

    /// Listens at an endpoint, on a socket of the system that listens there already if one is given.
    func bind(_ endpoint: String, listener: Int32?) throws {
        if let listener { try set(ZMQ_USE_FD, listener, "ZMQ_USE_FD") }
        guard zmq_bind(handle, endpoint) == 0 else {
            throw ZeroMQError("zmq_bind", "\(name) at \(endpoint)")
        }
    }

    /// Lets the subscription or its end that was received last take effect.
    func apply(_ option: Int32, topic: [UInt8]) throws {
        guard zmq_setsockopt(handle, option, topic, topic.count) == 0 else {
            throw ZeroMQError("zmq_setsockopt", "a subscription of \(name)")
        }
    }

    /// The frames of one waiting message; `nil` when none waits.
    func receive() throws -> [[UInt8]]? {
        var frames: [[UInt8]] = []
        while true {
            var part = zmq_msg_t()
            zmq_msg_init(&part)
            defer { zmq_msg_close(&part) }
            while zmq_msg_recv(&part, handle, ZMQ_DONTWAIT) < 0 {
                if zmq_errno() == EINTR { continue }
                if zmq_errno() == EAGAIN { return nil }
                throw ZeroMQError("zmq_msg_recv", name)
            }
            let bytes = UnsafeRawBufferPointer(
                start: zmq_msg_data(&part), count: zmq_msg_size(&part))
            frames.append([UInt8](bytes))
            if zmq_msg_more(&part) == 0 { return frames }
        }
    }

    /// Sends the frames from `first` on without waiting. Answers how many frames have been sent
    /// altogether: fewer than there are means that the socket takes no more just now.
    func send(_ frames: [[UInt8]], from first: Int) throws -> Int {
        for index in first..<frames.count {
            let more = index + 1 < frames.count ? ZMQ_SNDMORE : 0
            while zmq_send(handle, frames[index], frames[index].count, ZMQ_DONTWAIT | more) < 0 {
                if zmq_errno() == EINTR { continue }
                if zmq_errno() == EAGAIN { return index }
                throw ZeroMQError("zmq_send", name)
            }
        }
        return frames.count
    }
}
