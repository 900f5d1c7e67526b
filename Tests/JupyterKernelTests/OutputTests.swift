import Glibc
import Hosting
import JupyterKernel
import JupyterProtocol
import Testing

@Suite struct OutputTests {
    @Test func manyPrintsAreFewMessages() throws {
        let front = try FrontEnd()
        let request = try front.execute("prints 3000")
        let streams = try front.publications(for: request).filter { $0.type == "stream" }
        #expect(streams.count <= 50)
        let text = streams.compactMap { $0.content["text"]?.string }.joined()
        #expect(text == (0..<3000).map { "line \($0)\n" }.joined())
    }

    @Test func aProgressIsOneDisplayThatEndsInItsLastState() throws {
        let front = try FrontEnd()
        let request = try front.execute("progress 1000")
        let messages = try front.publications(for: request)
        let displays = messages.filter { $0.type == "display_data" }
        let updates = messages.filter { $0.type == "update_display_data" }
        #expect(displays.count == 1)
        #expect(updates.count < 20)
        let id = try #require(displays.first?.content["transient"]?["display_id"])
        #expect(updates.allSatisfy { $0.content["transient"]?["display_id"] == id })
        let last = try #require(updates.last?.content["data"])
        #expect(last["text/plain"]?.string?.contains("1000/1000 steps") == true)
        let html = try #require(last["text/html"]?.string)
        // "<svg/>" as an image of its own.
        #expect(html.contains("Epoch &lt;1&gt;") && html.hasSuffix("base64,PHN2Zy8+\">"))
    }

    @Test func aSlowReaderHoldsTheCellAndLosesNothing() throws {
        let front = try FrontEnd()
        let warm = try front.execute("value 1")
        _ = try front.publications(for: warm)
        front.transport.setFull(true)
        let request = try front.execute("prints 100000")
        usleep(200_000)
        front.transport.setFull(false)
        let text = try front.publications(for: request)
            .compactMap { $0.type == "stream" ? $0.content["text"]?.string : nil }.joined()
        #expect(text == (0..<100_000).map { "line \($0)\n" }.joined())
    }

    @Test func twoStreamsInTurnWaitForTheirReaderToo() throws {
        let front = try FrontEnd()
        let warm = try front.execute("value 1")
        _ = try front.publications(for: warm)
        front.transport.setFull(true)
        let request = try front.execute("both 1000")
        usleep(100_000)
        #expect(front.transport.sentCount < 10, "a full queue was filled further")
        front.transport.setFull(false)
        let streams = try front.publications(for: request).filter { $0.type == "stream" }
        #expect(streams.count == 2000)
    }

    @Test func aReaderThatIsGoneLosesOutputAndIsToldHowMuch() throws {
        let front = try FrontEnd(readerPatience: 100)
        let warm = try front.execute("value 1")
        _ = try front.publications(for: warm)
        front.transport.setFull(true)
        let request = try front.execute("prints 100000\ndisplay x\nvalue 2")
        let messages = try front.publications(for: request)
        #expect(messages.kinds == ["busy", "execute_input", "stream", "execute_result", "idle"])
        let expected = (0..<100_000).map { "line \($0)\n" }.joined().utf8.count + 1
        #expect(
            messages[2].content == [
                "name": "stderr",
                "text": "\n[\(expected) bytes of output were dropped: nobody read any for 0.1 s]\n",
            ])
        #expect(try front.next(.shell, to: request).content["status"] == "ok")
    }

    @Test func aCellThatWaitsForItsReaderCanBeInterrupted() throws {
        let front = try FrontEnd()
        front.transport.setFull(true)
        let request = try front.execute("prints 100000\nspin")
        usleep(50_000)
        front.kernel.interrupt()
        #expect(try front.next(.shell, to: request).content["ename"] == "Interrupted")
    }

    @Test func nativeOutputIsTakenInOrderWithSplitCharactersWhole() throws {
        var ends: [Int32] = [-1, -1]
        try #require(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        let native = try NativeOutput(capturing: [(ends[1], .standardError)])
        func taken() -> String {
            var text = ""
            native.read { stream, piece in
                #expect(stream == .standardError)
                text += piece
            }
            return text
        }
        let bytes = Array("aé🐦".utf8)
        for byte in bytes.dropLast() { write(ends[1], [byte], 1) }
        #expect(taken() == "aé")
        write(ends[1], [bytes[bytes.count - 1]], 1)
        #expect(taken() == "🐦")
        write(ends[1], [0xFF, 65] as [UInt8], 2)
        #expect(taken() == "\u{FFFD}A")
        native.restore()
        write(ends[1], Array("back".utf8), 4)
        var buffer = [UInt8](repeating: 0, count: 8)
        let count = read(ends[0], &buffer, buffer.count)
        #expect(String(decoding: buffer[..<max(0, count)], as: UTF8.self) == "back")
    }

    @Test func aQuestionGoesToTheOneWhoAskedAndItsAnswerComesBack() throws {
        let front = try FrontEnd()
        let request = try front.execute("ask name", ["allow_stdin": true])
        let question = try front.next(.stdin, to: request)
        #expect(question.type == "input_request")
        #expect(question.identities == [[7], [8, 9]])
        #expect(question.content == ["prompt": "name", "password": true])
        try front.send("input_reply", ["value": "Ada"], on: .stdin, parent: question.header)
        let messages = try front.publications(for: request)
        #expect(messages[2].content["text"] == "got Ada\n")
    }

    @Test func aStaleAnswerIsNotTaken() throws {
        let front = try FrontEnd()
        let first = try front.execute("ask a", ["allow_stdin": true])
        let stale = try front.next(.stdin, to: first)
        try front.send("input_reply", ["value": "1"], on: .stdin, parent: stale.header)
        _ = try front.next(.shell, to: first)
        let second = try front.execute("ask b", ["allow_stdin": true])
        let question = try front.next(.stdin, to: second)
        try front.send("input_reply", ["value": "old"], on: .stdin, parent: stale.header)
        try front.send("input_reply", ["value": "new"], on: .stdin, parent: question.header)
        #expect(try front.publications(for: second)[2].content["text"] == "got new\n")
    }

    @Test func withoutInputAQuestionIsAnErrorAndAnInterruptEndsIt() throws {
        let front = try FrontEnd()
        let refused = try front.execute("ask name")
        #expect(try front.next(.shell, to: refused).content["status"] == "error")
        let asked = try front.execute("ask name", ["allow_stdin": true])
        _ = try front.next(.stdin, to: asked)
        front.kernel.interrupt()
        #expect(try front.next(.shell, to: asked).content["ename"] == "Interrupted")
    }
}
