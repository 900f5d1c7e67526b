import FoundationEssentials
import Glibc

/// Who sent a message, what kind it is and when it was made.
public struct MessageHeader: Sendable, Equatable {
    /// Different for every message.
    public var id: String
    /// The sending process's session.
    public var session: String
    /// Who runs the sending process.
    public var username: String
    /// ISO 8601 in UTC: `2026-01-31T08:05:09.123456Z`.
    public var date: String
    /// Such as `execute_request`.
    public var type: String
    /// The protocol version the sender speaks.
    public var version: String
    /// The subshell a request is addressed to; `nil` for the main shell.
    public var subshell: String?
    /// The header's JSON as it came over the wire, so that replies quote it unchanged.
    package var frame: [UInt8]?

    /// A header with the given parts.
    public init(
        id: String, session: String, username: String, date: String, type: String, version: String
    ) {
        self.id = id
        self.session = session
        self.username = username
        self.date = date
        self.type = type
        self.version = version
    }

    /// Reads a header frame; `msg_id` and `msg_type` are required, the rest may be missing.
    init(parsing frame: [UInt8]) throws {
        let fields = try JSONValue(parsing: frame)
        guard let id = fields["msg_id"]?.string, let type = fields["msg_type"]?.string else {
            throw WireError.malformed(frame: "header", "msg_id and msg_type must be strings")
        }
        self.id = id
        self.type = type
        session = fields["session"]?.string ?? ""
        username = fields["username"]?.string ?? ""
        date = fields["date"]?.string ?? ""
        version = fields["version"]?.string ?? ""
        subshell = fields["subshell_id"]?.string
        self.frame = frame
    }

    func serialized() throws -> [UInt8] {
        if let frame { return frame }
        var fields: [String: JSONValue] = [
            "msg_id": .string(id), "session": .string(session), "username": .string(username),
            "date": .string(date), "msg_type": .string(type), "version": .string(version),
        ]
        if let subshell { fields["subshell_id"] = .string(subshell) }
        return try JSONValue.object(fields).serialized()
    }
}

/// The present moment as message headers write it: UTC, six fraction digits, `Z`.
public func messageDate() -> String {
    var now = timespec()
    clock_gettime(CLOCK_REALTIME, &now)
    return messageDate(seconds: now.tv_sec, nanoseconds: now.tv_nsec)
}

/// A moment given in seconds and nanoseconds since 1970, as message headers write it.
public func messageDate(seconds: Int, nanoseconds: Int) -> String {
    var seconds = seconds
    var parts = tm()
    gmtime_r(&seconds, &parts)
    let day = "\(parts.tm_year + 1900)-\(padded(parts.tm_mon + 1))-\(padded(parts.tm_mday))"
    let time = "\(padded(parts.tm_hour)):\(padded(parts.tm_min)):\(padded(parts.tm_sec))"
    return "\(day)T\(time).\(padded(Int32(nanoseconds / 1000), width: 6))Z"
}

private func padded(_ value: Int32, width: Int = 2) -> String {
    let digits = String(value)
    return String(repeating: "0", count: max(0, width - digits.count)) + digits
}
