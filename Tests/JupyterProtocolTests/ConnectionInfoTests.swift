import JupyterProtocol
import Testing

private func json(transport: String = "tcp", key: String = "k", scheme: String = "hmac-sha256")
    -> [UInt8]
{
    Array(
        """
        {"shell_port": 1, "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 5,
         "ip": "127.0.0.1", "key": "\(key)", "transport": "\(transport)",
         "signature_scheme": "\(scheme)", "kernel_name": "swift-vision", "extra": [1]}
        """.utf8)
}

@Suite struct ConnectionInfoTests {
    @Test func aConnectionFileIsReadWholeAndItsExtrasLeftOut() throws {
        let info = try ConnectionInfo(parsing: json())
        #expect(
            [info.shellPort, info.iopubPort, info.stdinPort, info.controlPort, info.heartbeatPort]
                == [1, 2, 3, 4, 5])
        #expect(info.key == "k")
        #expect(info.curveSecretKey == nil)
        #expect(info.endpoint(port: 9) == "tcp://127.0.0.1:9")
    }

    @Test func ipcEndpointsArePathsWithTheirNumber() throws {
        var info = try ConnectionInfo(parsing: json(transport: "ipc"))
        info.ip = "/run/kernel"
        #expect(info.endpoint(port: 2) == "ipc:///run/kernel-2")
    }

    @Test func whatCannotBeServedIsSaid() {
        #expect(
            throws: ConnectionError(
                "connection file: unsupported transport, expected tcp or ipc, got udp")
        ) { try ConnectionInfo(parsing: json(transport: "udp")) }
        #expect(
            throws: ConnectionError(
                "connection file: unsupported signature_scheme, expected hmac-sha256, got hmac-md5")
        ) { try ConnectionInfo(parsing: json(scheme: "hmac-md5")) }
        #expect(throws: ConnectionError("connection file: cannot read /nowhere/k.json")) {
            try ConnectionInfo(contentsOfFile: "/nowhere/k.json")
        }
        #expect(throws: ConnectionError.self) { try ConnectionInfo(parsing: Array("{}".utf8)) }
    }

    @Test func unsignedMessagesNeedNoScheme() throws {
        _ = try ConnectionInfo(parsing: json(key: "", scheme: ""))
    }
}
