import CZeroMQ

/// A libzmq call that failed: which one, on what, and why.
public struct ZeroMQError: Error, Equatable, CustomStringConvertible {
    /// libzmq's error number; 0 where the failure is not libzmq's.
    public let code: Int32
    /// The call, its object and the reason in words.
    public let description: String

    /// Describes the calling thread's last libzmq failure.
    init(_ call: String, _ subject: String) {
        code = zmq_errno()
        description = "\(call): \(subject): \(String(cString: zmq_strerror(code)))"
    }

    init(_ call: String, problem: String) {
        code = 0
        description = "\(call): \(problem)"
    }
}
