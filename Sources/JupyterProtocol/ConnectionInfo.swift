import FoundationEssentials

/// Where a kernel listens and how its messages are signed: the contents of a connection file.
public struct ConnectionInfo: Sendable, Equatable, Decodable {
    /// `tcp` or `ipc`.
    public var transport: String
    /// An address for `tcp`, a path prefix for `ipc`.
    public var ip: String
    /// Where requests for the person's code arrive.
    public var shellPort: Int
    /// Where output is published.
    public var iopubPort: Int
    /// Where the kernel asks for input.
    public var stdinPort: Int
    /// Where interrupts and shutdowns arrive.
    public var controlPort: Int
    /// Where bytes are echoed, as a sign of life.
    public var heartbeatPort: Int
    /// The signing key; empty for unsigned messages.
    public var key: String
    /// How messages are signed; `hmac-sha256` is the one there is.
    public var signatureScheme: String
    /// The kernel's CurveZMQ key pair in Z85, where traffic is to be encrypted.
    public var curvePublicKey: String?
    /// The secret half of the pair.
    public var curveSecretKey: String?

    enum CodingKeys: String, CodingKey {
        case transport, ip, key
        case shellPort = "shell_port"
        case iopubPort = "iopub_port"
        case stdinPort = "stdin_port"
        case controlPort = "control_port"
        case heartbeatPort = "hb_port"
        case signatureScheme = "signature_scheme"
        case curvePublicKey = "curve_publickey"
        case curveSecretKey = "curve_secretkey"
    }

    /// Reads a connection file's JSON. Throws `ConnectionError` where it cannot be served.
    public init(parsing json: [UInt8]) throws {
        do {
            self = try JSONDecoder().decode(ConnectionInfo.self, from: Data(json))
        } catch {
            throw ConnectionError("connection file: not a connection file's JSON: \(error)")
        }
        guard ["tcp", "ipc"].contains(transport) else {
            throw ConnectionError(
                "connection file: unsupported transport, expected tcp or ipc, got \(transport)")
        }
        guard key.isEmpty || signatureScheme == "hmac-sha256" else {
            throw ConnectionError(
                "connection file: unsupported signature_scheme, expected hmac-sha256, "
                    + "got \(signatureScheme)")
        }
    }

    /// Reads the connection file at a path. Throws `ConnectionError`.
    public init(contentsOfFile path: String) throws {
        guard let data = FileManager.default.contents(atPath: path) else {
            throw ConnectionError("connection file: cannot read \(path)")
        }
        try self.init(parsing: [UInt8](data))
    }

    /// The address of one of the five ports, as ZeroMQ writes it.
    public func endpoint(port: Int) -> String {
        transport == "ipc" ? "ipc://\(ip)-\(port)" : "tcp://\(ip):\(port)"
    }
}

/// Why a connection file cannot be served.
public struct ConnectionError: Error, Equatable, CustomStringConvertible {
    /// What is wrong, what was expected and what came.
    public let description: String

    /// An error in the given words.
    public init(_ description: String) {
        self.description = description
    }
}
