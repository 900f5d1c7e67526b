import Glibc
import JupyterProtocol
import Testing
import ZeroMQTransport

@Suite struct InheritedListenersTests {
    @Test func pairsAreReadAndTheRestLeftOut() {
        #expect(
            InheritedListeners(parsing: "5001=3 5002=41").descriptors == [5001: 3, 5002: 41])
        #expect(InheritedListeners(parsing: "") == InheritedListeners())
        #expect(InheritedListeners(parsing: "a=3 5=b 6 7=0 8=9=9 9=8").descriptors == [9: 8])
    }

    @Test func aPortThatListensAlreadyIsTakenOver() throws {
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        var place = sockaddr_in()
        place.sin_family = sa_family_t(AF_INET)
        place.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &place) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                #expect(bind(descriptor, $0, length) == 0)
                #expect(listen(descriptor, 5) == 0)
                #expect(getsockname(descriptor, $0, &length) == 0)
            }
        }
        let port = Int(UInt16(bigEndian: place.sin_port))
        // Four ports the system chooses, and the one that another socket holds already.
        let connection = try ConnectionInfo(
            parsing: Array(
                """
                {"shell_port": \(port), "iopub_port": 0, "stdin_port": 0, "control_port": 0,
                 "hb_port": 0, "ip": "127.0.0.1", "key": "", "transport": "tcp",
                 "signature_scheme": ""}
                """.utf8))
        let plain = try ZeroMQTransport(connection)
        #expect(throws: ZeroMQError.self) { try plain.start { _ in } }
        let listeners = InheritedListeners(parsing: "\(port)=\(descriptor)")
        let transport = try ZeroMQTransport(connection, listeners: listeners)
        try transport.start { _ in }
        transport.close(milliseconds: 0)
    }
}
