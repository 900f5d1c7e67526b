import JupyterProtocol
import Testing

private func request(_ content: [String: JSONValue] = ["code": "1 + 1"]) -> Message {
    let factory = MessageFactory(session: "client", username: "ada")
    var message = factory.message("execute_request", parent: nil, content: content)
    message.identities = [[1, 2, 3], []]
    message.buffers = [[0, 255], []]
    return message
}

/// The wire frames of `request()`, with one of them changed.
private func frames(
    changing index: Int? = nil, to frame: [UInt8] = [], key: String = "secret"
) throws -> [[UInt8]] {
    var frames = try WireFormat(key: key).encode(request())
    if let index { frames[index] = frame }
    return frames
}

/// Signs whatever the JSON frames are, as a front end that knows the key would.
private func signed(_ json: [String]) -> [[UInt8]] {
    let frames = json.map { Array($0.utf8) }
    return [Array("<IDS|MSG>".utf8), MessageSigner(key: "secret").signature(frames[...])] + frames
}

@Suite struct WireFormatTests {
    @Test func aMessageSurvivesTheWire() throws {
        let sent = request(["code": "päng 🐦", "silent": false, "n": 3, "x": 2.5, "none": nil])
        let received = try WireFormat(key: "secret").decode(WireFormat(key: "secret").encode(sent))
        #expect(received.identities == sent.identities)
        #expect(received.buffers == sent.buffers)
        #expect(received.content == sent.content)
        #expect(received.metadata.isEmpty)
        #expect(received.parent == nil)
        #expect(received.header.id == sent.header.id)
        #expect(received.header.username == "ada")
        #expect(received.type == "execute_request")
    }

    @Test func anyNumberOfIdentitiesComesBack() throws {
        for count in [0, 1, 7, 100] {
            var message = request()
            message.identities = (0..<count).map { [UInt8($0)] }
            let wire = WireFormat(key: "secret")
            #expect(try wire.decode(wire.encode(message)).identities == message.identities)
        }
    }

    @Test func aRepliesParentIsTheRequestsHeaderByteForByte() throws {
        let header = #"{"msg_type":"kernel_info_request", "msg_id":"7", "unknown": [1,2.50]}"#
        let wire = WireFormat(key: "secret")
        let request = try wire.decode(signed([header, "{}", "{}", "{}"]))
        let reply = MessageFactory().reply(to: request, content: [:])
        let frames = try wire.encode(reply)
        #expect(frames[3] == Array(header.utf8))
        #expect(reply.type == "kernel_info_reply")
    }

    @Test(arguments: [2, 4, 5, 6, 7])
    func aChangedFrameIsRefused(index: Int) throws {
        // Frames 0 and 1 are identities, 2 the delimiter, 3 the signature.
        let changed = try frames(changing: index, to: Array(#"{"msg_id": "x"}"#.utf8))
        #expect(throws: index == 2 ? WireError.noDelimiter : WireError.badSignature) {
            try WireFormat(key: "secret").decode(changed)
        }
    }

    @Test func anotherKeysSignatureIsRefusedBeforeItsJSONIsRead() throws {
        let other = try frames(changing: 4, to: Array("not JSON".utf8), key: "other")
        #expect(throws: WireError.badSignature) { try WireFormat(key: "secret").decode(other) }
    }

    @Test(arguments: 0..<8)
    func truncatedFramesAreRefused(count: Int) throws {
        let cut = Array(try frames()[..<count])
        let error = count < 3 ? WireError.noDelimiter : WireError.truncated(frames: count - 3)
        #expect(throws: error) { try WireFormat(key: "secret").decode(cut) }
    }

    @Test func aRecordedMessageIsRefusedTheSecondTime() throws {
        let wire = WireFormat(key: "secret")
        let recorded = try frames()
        _ = try wire.decode(recorded)
        #expect(throws: WireError.replayed) { try wire.decode(recorded) }
    }

    @Test func withoutAKeyNothingIsSignedAndNothingChecked() throws {
        let wire = WireFormat(key: "")
        let unsigned = try frames(key: "")
        #expect(unsigned[3].isEmpty)
        _ = try wire.decode(unsigned)
        _ = try wire.decode(unsigned)
    }

    @Test(arguments: ["", "{", "[]", "nul", "\u{0}", String(repeating: "[", count: 100_000)])
    func whatIsNoJSONObjectIsRefusedByName(text: String) {
        let header = #"{"msg_id": "1", "msg_type": "x"}"#
        let good = [header, "{}", "{}", "{}"]
        for (index, name) in ["header", "parent_header", "metadata", "content"].enumerated() {
            var json = good
            json[index] = text
            do {
                _ = try WireFormat(key: "secret").decode(signed(json))
                Issue.record("\(name) \(text.prefix(10)) was taken")
            } catch let error as WireError {
                guard case .malformed(name, _) = error else {
                    Issue.record("\(name): \(error)")
                    continue
                }
            } catch {
                Issue.record("\(name): \(error)")
            }
        }
    }
}
