import CZeroMQ
import Glibc
import JupyterProtocol
import Testing
import ZeroMQTransport

/// A front end's socket, used by one test.
private final class Peer {
    private let context = zmq_ctx_new()
    private let socket: UnsafeMutableRawPointer?

    init(_ type: Int32, _ endpoint: String, timeout: Int32 = 5000) throws {
        socket = zmq_socket(context, type)
        var timeout = timeout
        var linger: Int32 = 0
        zmq_setsockopt(socket, ZMQ_RCVTIMEO, &timeout, MemoryLayout<Int32>.size)
        zmq_setsockopt(socket, ZMQ_LINGER, &linger, MemoryLayout<Int32>.size)
        try #require(zmq_connect(socket, endpoint) == 0)
        if type == ZMQ_SUB { zmq_setsockopt(socket, ZMQ_SUBSCRIBE, "", 0) }
    }

    deinit {
        zmq_close(socket)
        zmq_ctx_term(context)
    }

    func send(_ frames: [String]) {
        for (index, frame) in frames.enumerated() {
            let more = index + 1 < frames.count ? ZMQ_SNDMORE : 0
            zmq_send(socket, frame, frame.utf8.count, more)
        }
    }

    /// The next message's frames as text; empty when none came in time.
    func receive() -> [String] {
        var frames: [String] = []
        while true {
            var part = zmq_msg_t()
            zmq_msg_init(&part)
            defer { zmq_msg_close(&part) }
            guard zmq_msg_recv(&part, socket, 0) >= 0 else { return frames }
            let bytes = UnsafeRawBufferPointer(
                start: zmq_msg_data(&part), count: zmq_msg_size(&part))
            frames.append(String(decoding: bytes, as: UTF8.self))
            if zmq_msg_more(&part) == 0 { return frames }
        }
    }
}

private final class Received: Sendable {
    private let events = Monitor<[TransportEvent]>([])

    private let answer = Monitor<(@Sendable () -> Void)?>(nil)

    func add(_ event: TransportEvent) {
        if case .subscription = event, let answer = answer.withLock({ $0 }) { answer() }
        events.notify { $0.append(event) }
    }

    /// Runs this whenever a subscription is reported.
    func answerSubscriptions(with work: @escaping @Sendable () -> Void) {
        answer.withLock { $0 = work }
    }

    func next() -> TransportEvent? {
        events.wait(milliseconds: 5000) { $0.isEmpty ? nil : $0.removeFirst() }
    }
}

/// A transport on ipc sockets in a new folder, and what it delivered.
private func serve(
    queueLimit: Int = 1 << 20, _ body: (ZeroMQTransport, ConnectionInfo, Received) throws -> Void
) throws {
    var template = Array("/tmp/transport-XXXXXX".utf8CString)
    try #require(mkdtemp(&template) != nil)
    let folder = String(decoding: template.dropLast().map { UInt8($0) }, as: UTF8.self)
    defer {
        for port in 1...5 { unlink("\(folder)/k-\(port)") }
        rmdir(folder)
    }
    let connection = try ConnectionInfo(
        parsing: Array(
            """
            {"shell_port": 1, "iopub_port": 2, "stdin_port": 3, "control_port": 4, "hb_port": 5,
             "ip": "\(folder)/k", "key": "", "transport": "ipc", "signature_scheme": ""}
            """.utf8))
    let transport = try ZeroMQTransport(connection, queueLimit: queueLimit)
    let received = Received()
    try transport.start { received.add($0) }
    try body(transport, connection, received)
    transport.close(milliseconds: 0)
}

@Suite struct ZeroMQTransportTests {
    @Test func requestsArriveWithTheirChannelAndAnswersFindTheirWayBack() throws {
        try serve { transport, connection, received in
            for (channel, port) in [(Channel.shell, 1), (.stdin, 3), (.control, 4)] {
                let peer = try Peer(ZMQ_DEALER, connection.endpoint(port: port))
                peer.send(["a", "", "b"])
                guard case .message(let frames, channel)? = received.next() else {
                    Issue.record("nothing came on \(channel)")
                    continue
                }
                #expect(frames.dropFirst() == [Array("a".utf8), [], Array("b".utf8)])
                transport.send([frames[0], Array("answer".utf8)], on: channel, lane: .urgent)
                #expect(peer.receive() == ["answer"])
            }
        }
    }

    @Test func theHeartbeatEchoesBytes() throws {
        try serve { _, connection, _ in
            let peer = try Peer(ZMQ_REQ, connection.endpoint(port: connection.heartbeatPort))
            for text in ["ping", "\u{1}\u{2}", "x"] {
                peer.send([text])
                #expect(peer.receive() == [text])
            }
        }
    }

    @Test func everySubscriptionIsReportedAlsoTheSecondToTheSameTopic() throws {
        try serve { transport, connection, received in
            let endpoint = connection.endpoint(port: connection.iopubPort)
            let first = try Peer(ZMQ_SUB, endpoint)
            guard case .subscription([])? = received.next() else {
                Issue.record("the first subscription was not reported")
                return
            }
            let second = try Peer(ZMQ_SUB, endpoint)
            guard case .subscription([])? = received.next() else {
                Issue.record("the second subscription was not reported")
                return
            }
            transport.send([Array("news".utf8)], on: .iopub, lane: .ordered)
            #expect(first.receive() == ["news"])
            #expect(second.receive() == ["news"])
        }
    }

    @Test func whatIsSentUrgentlyAtASubscriptionComesFirst() throws {
        try serve { transport, connection, received in
            for _ in 0..<20 {
                received.answerSubscriptions { [weak transport] in
                    transport?.send([Array("welcome".utf8)], on: .iopub, lane: .urgent)
                }
                let peer = try Peer(ZMQ_SUB, connection.endpoint(port: connection.iopubPort))
                for _ in 0..<200 {
                    transport.send([Array("news".utf8)], on: .iopub, lane: .ordered)
                    usleep(10)
                }
                _ = received.next()
                #expect(peer.receive() == ["welcome"])
            }
        }
    }

    @Test func aReaderThatDoesNotReadLosesNothing() throws {
        try serve(queueLimit: 100_000) { transport, connection, received in
            let peer = try Peer(ZMQ_SUB, connection.endpoint(port: connection.iopubPort))
            _ = received.next()
            let padding = String(repeating: "x", count: 10_000)
            for number in 0..<3000 {
                transport.send([Array("\(number) \(padding)".utf8)], on: .iopub, lane: .ordered)
            }
            #expect(!transport.waitForRoom(milliseconds: 10), "the queue was never full")
            // What is urgent passes what waits.
            let shell = try Peer(ZMQ_DEALER, connection.endpoint(port: connection.shellPort))
            shell.send(["request"])
            guard case .message(let frames, .shell)? = received.next() else {
                Issue.record("the request did not arrive")
                return
            }
            transport.send([frames[0], Array("reply".utf8)], on: .shell, lane: .urgent)
            #expect(shell.receive() == ["reply"])
            for number in 0..<3000 {
                let text = peer.receive().first ?? ""
                try #require(text.hasPrefix("\(number) "), "message \(number) was lost")
            }
            #expect(transport.waitForRoom(milliseconds: 1000))
            #expect(transport.deliveredCount == 3000)
        }
    }

    @Test func anOrderedReplyWaitsForWhatWasPublishedBefore() throws {
        try serve { transport, connection, received in
            let peer = try Peer(ZMQ_SUB, connection.endpoint(port: connection.iopubPort))
            _ = received.next()
            let shell = try Peer(
                ZMQ_DEALER, connection.endpoint(port: connection.shellPort), timeout: 200)
            shell.send(["request"])
            guard case .message(let frames, .shell)? = received.next() else {
                Issue.record("the request did not arrive")
                return
            }
            // More than both ends hold: libzmq keeps a thousand messages for a reader.
            let padding = [UInt8](repeating: 120, count: 10_000)
            for _ in 0..<3000 { transport.send([padding], on: .iopub, lane: .ordered) }
            transport.send([frames[0], Array("reply".utf8)], on: .shell, lane: .ordered)
            #expect(shell.receive().isEmpty, "the reply overtook the output")
            for _ in 0..<3000 { _ = peer.receive() }
            #expect(shell.receive() == ["reply"])
        }
    }

    @Test func whatIsQueuedIsSentBeforeTheEnd() throws {
        try serve { transport, connection, received in
            let peer = try Peer(ZMQ_SUB, connection.endpoint(port: connection.iopubPort))
            _ = received.next()
            for number in 0..<20 {
                transport.send([Array("\(number)".utf8)], on: .iopub, lane: .ordered)
            }
            transport.close(milliseconds: 500)
            for number in 0..<20 { #expect(peer.receive() == ["\(number)"]) }
        }
    }

    @Test func anAddressThatIsTakenIsAnError() throws {
        try serve { _, connection, _ in
            var taken = connection
            taken.transport = "tcp"
            taken.ip = "256.0.0.1"
            let second = try ZeroMQTransport(taken)
            #expect(throws: ZeroMQError.self) { try second.start { _ in } }
        }
    }
}
