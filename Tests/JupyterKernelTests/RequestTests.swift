import Hosting
import JupyterKernel
import JupyterProtocol
import Testing

@Suite struct RequestTests {
    @Test func startingIsPublishedOnce() throws {
        let front = try FrontEnd()
        #expect(try front.next(.iopub, to: nil).content == ["execution_state": "starting"])
    }

    @Test func everySubscriberIsWelcomed() throws {
        let front = try FrontEnd()
        _ = try front.next(.iopub, to: nil)
        for topic in ["", "", "news"] {
            front.transport.deliver(.subscription(Array(topic.utf8)))
            let welcome = try front.next(.iopub, to: nil)
            #expect(welcome.type == "iopub_welcome")
            #expect(welcome.content == ["subscription": .string(topic)])
            #expect(welcome.identities[0].starts(with: topic.utf8))
        }
    }

    @Test(arguments: [Channel.shell, .control])
    func kernelInfoSaysWhatIsSpoken(channel: Channel) throws {
        let front = try FrontEnd()
        let request = try front.send("kernel_info_request", on: channel)
        let content = try front.next(channel, to: request).content
        #expect(content["status"] == "ok")
        #expect(content["protocol_version"] == "5.5")
        #expect(content["supported_features"] == ["kernel subshells"])
        #expect(
            content["language_info"] == [
                "name": "swift", "version": "6.3", "mimetype": "text/x-swift",
                "file_extension": ".swift", "pygments_lexer": "swift", "codemirror_mode": "swift",
            ])
        #expect(content["help_links"] == [["text": "Help", "url": "https://example.org"]])
        #expect(try front.publications(for: request).kinds == ["busy", "idle"])
    }

    @Test func theShellAnswersWhileACellRuns() throws {
        let front = try FrontEnd()
        let running = try front.execute("wait\nvalue 1")
        let requests = try [
            front.send("complete_request", ["code": "pr", "cursor_pos": 2]),
            front.send("inspect_request", ["code": "x", "cursor_pos": 1, "detail_level": 1]),
            front.send("is_complete_request", ["code": "1"]),
            front.send("history_request", ["hist_access_type": "tail", "n": 1]),
            front.send("kernel_info_request"),
        ]
        for request in requests {
            #expect(try front.next(.shell, to: request).content["status"] != "error")
        }
        front.evaluator.open()
        #expect(try front.next(.shell, to: running).content["status"] == "ok")
    }

    @Test func completionsCarryTypesAndSignatures() throws {
        let front = try FrontEnd()
        let request = try front.send("complete_request", ["code": "é🐦pr", "cursor_pos": 4])
        let content = try front.next(.shell, to: request).content
        #expect(content["matches"] == ["print"])
        #expect(content["cursor_start"] == 0)
        #expect(content["cursor_end"] == 4)
        #expect(
            content["metadata"]?["_jupyter_types_experimental"] == [
                [
                    "text": "print", "type": "function", "signature": "(Any...)", "start": 0,
                    "end": 4,
                ]
            ])
    }

    @Test func inspectionAnswersFoundOrNot() throws {
        let front = try FrontEnd()
        let known = try front.send("inspect_request", ["code": "abc", "cursor_pos": 99])
        let content = try front.next(.shell, to: known).content
        #expect(content["found"] == true)
        #expect(content["data"] == ["text/plain": "abc at 3, detail 0"])
        let unknown = try front.send("inspect_request", ["code": "", "cursor_pos": 0])
        #expect(try front.next(.shell, to: unknown).content["found"] == false)
    }

    @Test func onlyIncompleteSourceHasAnIndent() throws {
        let front = try FrontEnd()
        let expected: [(String, [String: JSONValue])] = [
            ("open", ["status": "incomplete", "indent": "  "]), ("1", ["status": "complete"]),
            ("bad", ["status": "invalid"]),
        ]
        for (code, content) in expected {
            let request = try front.send("is_complete_request", ["code": .string(code)])
            #expect(try front.next(.shell, to: request).content == content)
        }
    }

    @Test func historyRequestsReachTheHistoryAsAsked() throws {
        let front = try FrontEnd()
        let expected: [([String: JSONValue], HistoryQuery, JSONValue)] = [
            (
                ["hist_access_type": "tail", "n": 3, "output": true],
                .tail(count: 3, outputs: true), [[2, 1, ["x", "1"]]]
            ),
            (
                ["hist_access_type": "range", "session": -1, "start": 2, "stop": 5],
                .range(session: -1, start: 2, stop: 5, outputs: false), [[2, 1, "x"]]
            ),
            (
                ["hist_access_type": "search", "pattern": "1*", "n": 2, "unique": true],
                .search(pattern: "1*", count: 2, unique: true, outputs: false), [[2, 1, "x"]]
            ),
        ]
        for (content, query, history) in expected {
            let request = try front.send("history_request", content)
            #expect(try front.next(.shell, to: request).content["history"] == history)
            #expect(front.evaluator.lastQuery == query)
        }
        let wrong = try front.send("history_request", ["hist_access_type": "all"])
        #expect(try front.next(.shell, to: wrong).content["status"] == "error")
    }

    @Test func aCommThatNobodyKnowsIsClosed() throws {
        let front = try FrontEnd()
        let open = try front.send("comm_open", ["comm_id": "c1", "target_name": "widgets"])
        let messages = try front.publications(for: open)
        #expect(messages.kinds == ["busy", "comm_close", "idle"])
        #expect(messages[1].content == ["comm_id": "c1", "data": [:]])
        for type in ["comm_msg", "comm_close"] {
            let request = try front.send(type, ["comm_id": "c1", "data": [:]])
            #expect(try front.publications(for: request).kinds == ["busy", "idle"])
        }
        let info = try front.send("comm_info_request")
        #expect(try front.next(.shell, to: info).content == ["status": "ok", "comms": [:]])
    }

    @Test(arguments: [Channel.shell, .control])
    func anUnknownTypeIsBusyIdleAndNoReply(channel: Channel) throws {
        let front = try FrontEnd()
        let unknown = try front.send("dance_request", on: channel)
        #expect(try front.publications(for: unknown).kinds == ["busy", "idle"])
        #expect(front.nextReport() == "unknown on \(channel.rawValue): dance_request")
        let known = try front.send("kernel_info_request", on: channel)
        let next = front.transport.take { $0.channel == channel }
        let reply = try WireFormat(key: FrontEnd.key).decode(try #require(next).frames)
        #expect(reply.parent?.id == known)
    }

    @Test func badMessagesAreReportedAndTheKernelLivesOn() throws {
        let front = try FrontEnd()
        for frames in [[], [[1, 2]], [Array("<IDS|MSG>".utf8), [], [1], [2], [3], [4]]]
            as [[[UInt8]]]
        {
            front.transport.deliver(.message(frames, .shell))
            #expect(front.nextReport()?.hasPrefix("dropped from shell: message: ") == true)
        }
        let request = try front.execute("value 1")
        #expect(try front.next(.shell, to: request).content["status"] == "ok")
    }

    @Test func shutdownRepliesBroadcastsAndEnds() throws {
        let front = try FrontEnd()
        let running = try front.execute("begin x\nspin")
        while try front.next(.iopub, to: running).type != "stream" {}
        let request = try front.send("shutdown_request", ["restart": true], on: .control)
        let content: [String: JSONValue] = ["status": "ok", "restart": true]
        #expect(try front.next(.control, to: request).content == content)
        let messages = try front.publications(for: request)
        #expect(messages.kinds == ["busy", "shutdown_reply", "idle"])
        #expect(messages[1].content == content)
        front.kernel.waitForShutdown()
        #expect(front.transport.isClosed)
        #expect(try front.next(.shell, to: running).content["ename"] == "Interrupted")
    }
}
