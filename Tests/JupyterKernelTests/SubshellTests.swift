import Hosting
import JupyterKernel
import JupyterProtocol
import Testing

@Suite struct SubshellTests {
    @Test func subshellsAreMadeListedAndDeleted() throws {
        let front = try FrontEnd()
        let first = try front.makeSubshell()
        let second = try front.makeSubshell()
        #expect(first != second)
        func list() throws -> JSONValue? {
            let request = try front.send("list_subshell_request", on: .control)
            return try front.next(.control, to: request).content["subshell_id"]
        }
        #expect(try list() == .array([first, second]))
        let delete = try front.send(
            "delete_subshell_request", ["subshell_id": first], on: .control)
        #expect(try front.next(.control, to: delete).content == ["status": "ok"])
        #expect(try list() == .array([second]))
    }

    @Test(arguments: [["subshell_id": "nobody"], [:]] as [[String: JSONValue]])
    func whatIsNotThereIsNotDeleted(content: [String: JSONValue]) throws {
        let front = try FrontEnd()
        let request = try front.send("delete_subshell_request", content, on: .control)
        #expect(try front.next(.control, to: request).content["status"] == "error")
    }

    @Test(arguments: ["execute_request", "complete_request", "kernel_info_request"])
    func anUnknownSubshellIsBusyAnErrorAndIdle(type: String) throws {
        let front = try FrontEnd()
        let request = try front.send(type, ["code": "print 1"], subshell: "nobody")
        let reply = try front.next(.shell, to: request)
        #expect(reply.content["status"] == "error")
        #expect(reply.content["evalue"] == "there is no subshell nobody")
        #expect(try front.publications(for: request).kinds == ["busy", "idle"])
    }

    @Test func aMessageToAnUnknownSubshellThatHasNoReplyGetsNone() throws {
        let front = try FrontEnd()
        let comm = try front.send("comm_msg", ["comm_id": "c"], subshell: "nobody")
        #expect(try front.publications(for: comm).kinds == ["busy", "idle"])
        let known = try front.send("kernel_info_request")
        let next = front.transport.take { $0.channel == .shell }
        let reply = try WireFormat(key: FrontEnd.key).decode(try #require(next).frames)
        #expect(reply.parent?.id == known)
    }

    @Test func aCellHasItsTurnWhileAnotherOneRests() throws {
        let front = try FrontEnd()
        let subshell = try front.makeSubshell()
        let resting = try front.execute("print before\nrest\nprint after")
        let visiting = try front.execute("print inside\nvalue 7", in: subshell)
        let messages = try front.publications(for: visiting)
        #expect(messages.kinds == ["busy", "execute_input", "stream", "execute_result", "idle"])
        #expect(messages.allSatisfy { $0.parent?.subshell == subshell.string })
        #expect(try front.next(.shell, to: visiting).content["execution_count"] == 2)
        front.evaluator.open()
        let text = try front.publications(for: resting).filter { $0.type == "stream" }
            .compactMap { $0.content["text"]?.string }
        #expect(text.joined() == "before\nafter\n")
        #expect(try front.next(.shell, to: resting).content["execution_count"] == 1)
    }

    @Test func theMainShellHasItsTurnWhileASubshellRests() throws {
        let front = try FrontEnd()
        let resting = try front.execute("rest", in: front.makeSubshell())
        let visiting = try front.execute("value 1")
        #expect(try front.next(.shell, to: visiting).content["status"] == "ok")
        front.evaluator.open()
        #expect(try front.next(.shell, to: resting).content["status"] == "ok")
    }

    @Test func theCellsOfOneShellKeepTheirOrder() throws {
        let front = try FrontEnd()
        let subshell = try front.makeSubshell()
        let resting = try front.execute("rest")
        let next = try front.execute("value 1")
        let visitors = try (0..<3).map { try front.execute("value \($0)", in: subshell) }
        for (index, visitor) in visitors.enumerated() {
            let reply = try front.next(.shell, to: visitor)
            #expect(reply.content["execution_count"] == .integer(index + 2))
        }
        front.evaluator.open()
        #expect(try front.next(.shell, to: resting).content["status"] == "ok")
        #expect(try front.next(.shell, to: next).content["execution_count"] == 5)
    }

    @Test func anErrorAbortsWhatWaitsInItsOwnShellAlone() throws {
        let front = try FrontEnd()
        let subshell = try front.makeSubshell()
        let failing = try front.execute("wait\nnonsense")
        let queued = try front.execute("value 1")
        let other = try front.execute("value 1", in: subshell)
        front.evaluator.open()
        #expect(try front.next(.shell, to: failing).content["status"] == "error")
        #expect(try front.next(.shell, to: queued).content["ename"] == "Aborted")
        #expect(try front.next(.shell, to: other).content["status"] == "ok")
    }

    @Test func anInterruptEndsTheVisitorAndTheRestingCell() throws {
        let front = try FrontEnd()
        let resting = try front.execute("rest")
        let visiting = try front.execute("begin x\nspin", in: front.makeSubshell())
        while try front.next(.iopub, to: visiting).type != "stream" {}
        front.kernel.interrupt()
        for request in [visiting, resting] {
            #expect(try front.next(.shell, to: request).content["ename"] == "Interrupted")
        }
        let later = try front.execute("value 1")
        #expect(try front.next(.shell, to: later).content["status"] == "ok")
    }

    @Test func whatWaitsInADeletedSubshellDoesNotRun() throws {
        let front = try FrontEnd()
        let subshell = try front.makeSubshell()
        let running = try front.execute("begin x\nwait")
        while try front.next(.iopub, to: running).type != "stream" {}
        let waiting = try front.execute("print x", in: subshell)
        let delete = try front.send(
            "delete_subshell_request", ["subshell_id": subshell], on: .control)
        #expect(try front.next(.control, to: delete).content["status"] == "ok")
        front.evaluator.open()
        #expect(try front.next(.shell, to: waiting).content["ename"] == "Aborted")
        #expect(try front.publications(for: waiting).kinds == ["busy", "idle"])
    }

    @Test func twoCellsMayAskAtOnce() throws {
        let front = try FrontEnd()
        let subshell = try front.makeSubshell()
        let main = try front.execute("ask first", ["allow_stdin": true])
        let question = try front.next(.stdin, to: main)
        let visitor = try front.execute("ask second", ["allow_stdin": true], in: subshell)
        let other = try front.next(.stdin, to: visitor)
        #expect(other.content["prompt"] == "second")
        try front.send("input_reply", ["value": "2"], on: .stdin, parent: other.header)
        #expect(try front.next(.shell, to: visitor).content["status"] == "ok")
        try front.send("input_reply", ["value": "1"], on: .stdin, parent: question.header)
        let text = try front.publications(for: main).filter { $0.type == "stream" }
            .compactMap { $0.content["text"]?.string }
        #expect(text.joined() == "got 1\n")
    }
}
