import JupyterProtocol
import Testing

@Suite struct ExecuteTests {
    @Test func aCellIsBusyInputOutputsReplyIdle() throws {
        let front = try FrontEnd()
        let request = try front.execute("print a\nwarn b\ndisplay c\nupdate d\nclear\nvalue 42")
        let messages = try front.publications(for: request)
        #expect(
            messages.kinds == [
                "busy", "execute_input", "stream", "stream", "display_data",
                "update_display_data", "clear_output", "execute_result", "idle",
            ])
        #expect(
            messages[1].content == [
                "code": messages[1].content["code"] ?? "", "execution_count": 1,
            ])
        #expect(messages[2].content == ["name": "stdout", "text": "a\n"])
        #expect(messages[3].content == ["name": "stderr", "text": "b\n"])
        #expect(messages[4].content["transient"] == ["display_id": "d"])
        #expect(messages[6].content == ["wait": true])
        #expect(messages[7].content["data"] == ["text/plain": "42"])
        let reply = try front.next(.shell, to: request)
        #expect(reply.type == "execute_reply")
        #expect(reply.identities == [[7], [8, 9]])
        #expect(
            reply.content == [
                "status": "ok", "execution_count": 1, "user_expressions": [:], "payload": [],
            ])
    }

    @Test func theReplyComesAfterTheOutputsAndBeforeIdle() throws {
        let front = try FrontEnd()
        let request = try front.execute("print a\nvalue 1")
        var order: [String] = []
        while order.last != "idle" {
            let sent = try #require(front.transport.take { _ in true })
            let message = try WireFormat(key: FrontEnd.key).decode(sent.frames)
            guard message.parent?.id == request else { continue }
            order.append([message].kinds[0])
        }
        #expect(
            order == ["busy", "execute_input", "stream", "execute_result", "execute_reply", "idle"])
    }

    @Test func silentPublishesNothingAndDoesNotCount() throws {
        let front = try FrontEnd()
        let silent = try front.execute("print a\ndisplay b\nvalue 1", ["silent": true])
        #expect(try front.publications(for: silent).kinds == ["busy", "idle"])
        #expect(try front.next(.shell, to: silent).content["execution_count"] == 0)
        let failing = try front.execute("nonsense", ["silent": true])
        #expect(try front.publications(for: failing).kinds == ["busy", "idle"])
        #expect(try front.next(.shell, to: failing).content["status"] == "error")
    }

    @Test func onlyStoredCellsCount() throws {
        let front = try FrontEnd()
        for (store, count) in [(true, 1), (false, 1), (true, 2)] as [(Bool, JSONValue)] {
            let request = try front.execute("value 1", ["store_history": .bool(store)])
            let messages = try front.publications(for: request)
            #expect(messages[1].content["execution_count"] == count)
            #expect(try front.next(.shell, to: request).content["execution_count"] == count)
        }
    }

    @Test func anErrorIsOneErrorMessageAndAnErrorReply() throws {
        let front = try FrontEnd()
        let request = try front.execute("print before\nnonsense\nprint after")
        let messages = try front.publications(for: request)
        #expect(messages.kinds == ["busy", "execute_input", "stream", "error", "idle"])
        #expect(
            messages[3].content == [
                "ename": "RuntimeError", "evalue": "unknown nonsense", "traceback": ["trace"],
            ])
        let reply = try front.next(.shell, to: request)
        #expect(reply.content["status"] == "error")
        #expect(reply.content["ename"] == "RuntimeError")
        #expect(reply.content["execution_count"] == 1)
    }

    @Test func anErrorAbortsWhatIsQueuedAndNothingElse() throws {
        let front = try FrontEnd()
        let failing = try front.execute("wait\nnonsense")
        let queued = try (0..<3).map { _ in try front.execute("print x") }
        front.evaluator.open()
        #expect(try front.next(.shell, to: failing).content["status"] == "error")
        for request in queued {
            #expect(try front.publications(for: request).kinds == ["busy", "idle"])
            let reply = try front.next(.shell, to: request)
            #expect(reply.content["status"] == "error")
            #expect(reply.content["ename"] == "Aborted")
            #expect(reply.content["traceback"] == [])
            #expect(reply.content["execution_count"] == 1)
        }
        let later = try front.execute("value 1")
        #expect(try front.next(.shell, to: later).content["status"] == "ok")
    }

    @Test func withoutStopOnErrorTheQueueRuns() throws {
        let front = try FrontEnd()
        let failing = try front.execute("wait\nnonsense", ["stop_on_error": false])
        let queued = try front.execute("print x")
        front.evaluator.open()
        #expect(try front.next(.shell, to: failing).content["status"] == "error")
        #expect(try front.next(.shell, to: queued).content["status"] == "ok")
    }

    @Test func pagesAndUserExpressionsComeWithTheReply() throws {
        let front = try FrontEnd()
        let request = try front.execute(
            "page help", ["user_expressions": ["good": "value 7", "bad": "nonsense"]])
        let content = try front.next(.shell, to: request).content
        #expect(
            content["payload"] == [["source": "page", "data": ["text/plain": "help"], "start": 0]])
        let answers = content["user_expressions"]
        #expect(
            answers?["good"] == ["status": "ok", "data": ["text/plain": "7"], "metadata": [:]])
        #expect(answers?["bad"]?["status"] == "error")
        #expect(answers?["bad"]?["evalue"] == "unknown nonsense")
        #expect(try front.publications(for: request).kinds == ["busy", "execute_input", "idle"])
    }

    @Test func aRequestWithoutCodeIsAnError() throws {
        let front = try FrontEnd()
        let request = try front.send("execute_request", ["code": 5])
        #expect(try front.next(.shell, to: request).content["status"] == "error")
        #expect(try front.publications(for: request).kinds == ["busy", "idle"])
    }

    @Test func anInterruptEndsTheCellAndTheNextOneRuns() throws {
        let front = try FrontEnd()
        let spinning = try front.execute("begin x\nspin")
        // The text shows that the cell is running, and that a partial line does not wait for more.
        while try front.next(.iopub, to: spinning).type != "stream" {}
        let interrupt = try front.send("interrupt_request", on: .control)
        #expect(try front.next(.control, to: interrupt).content == ["status": "ok"])
        #expect(try front.next(.shell, to: spinning).content["ename"] == "Interrupted")
        let next = try front.execute("value 1")
        #expect(try front.next(.shell, to: next).content["status"] == "ok")
    }

    @Test func anInterruptWhileIdleIsHarmless() throws {
        let front = try FrontEnd()
        front.kernel.interrupt()
        let request = try front.execute("value 1")
        #expect(try front.next(.shell, to: request).content["status"] == "ok")
    }
}
