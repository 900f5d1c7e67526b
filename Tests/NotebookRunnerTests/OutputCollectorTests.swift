import Hosting
import NotebookRunner
import Testing

@Suite struct OutputCollectorTests {
    let collector = OutputCollector()

    init() { collector.begin(cell: 0) }

    func display(_ text: String) -> NotebookOutput {
        var data = JSONObject()
        data["text/plain"] = .string(text)
        return .display(data)
    }

    @Test func printedTextIsPutTogetherByStream() {
        collector.emit(.text("a", stream: .standardOutput))
        collector.emit(.text("b\n", stream: .standardOutput))
        collector.emit(.text("c", stream: .standardError))
        collector.emit(.text("d", stream: .standardOutput))
        #expect(
            collector.outputs(of: 0) == [
                .stream(.standardOutput, "ab\n"), .stream(.standardError, "c"),
                .stream(.standardOutput, "d"),
            ])
    }

    @Test(.timeLimit(.minutes(1)))
    func longOutputGrowsInPlaceAndHasALimit() {
        let line = String(repeating: "x", count: 99_999) + "\n"
        for _ in 0..<800 { collector.emit(.text(line, stream: .standardOutput)) }
        guard case .stream(_, let text)? = collector.outputs(of: 0)?.first else {
            Issue.record("nothing printed")
            return
        }
        #expect(text.utf8.count < 65 << 20)
        #expect(text.hasSuffix("was not kept ...\n"))
    }

    @Test func overwrittenLinesAreNotKept() {
        collector.emit(.text("10%\r50%\r100%\nnext\r\nlast\r", stream: .standardOutput))
        #expect(collector.outputs(of: 0) == [.stream(.standardOutput, "100%\nnext\nlast")])
    }

    @Test func updatesReplaceTheirDisplayInAnyCell() {
        collector.emit(.display(MIMEBundle(plain: "1"), id: "x"))
        collector.emit(.display(MIMEBundle(plain: "other"), id: nil))
        collector.begin(cell: 4)
        collector.emit(.display(MIMEBundle(plain: "1"), id: "x"))
        collector.emit(.update(MIMEBundle(plain: "2"), id: "x"))
        collector.emit(.update(MIMEBundle(plain: "3"), id: "unknown"))
        #expect(collector.outputs(of: 0) == [display("2"), display("other")])
        #expect(collector.outputs(of: 4) == [display("2")])
    }

    @Test func clearingWorksAtOnceOrWithTheNextOutput() {
        collector.emit(.text("old", stream: .standardOutput))
        collector.emit(.clear(wait: true))
        #expect(collector.outputs(of: 0)?.count == 1)
        collector.emit(.text("new", stream: .standardOutput))
        #expect(collector.outputs(of: 0) == [.stream(.standardOutput, "new")])
        collector.emit(.clear(wait: false))
        #expect(collector.outputs(of: 0)?.isEmpty == true)
    }

    @Test func progressKeepsItsLastState() {
        for step in 1...100 {
            var picture = MIMEBundle(plain: "curve")
            picture["image/svg+xml"] = .text("<svg>\(step)</svg>")
            collector.emit(
                .progress(
                    Progress(
                        id: "fit", title: "Epoch 1/1", completed: step, total: 100, unit: "batches",
                        elapsed: Double(step), metrics: [("loss", 0.5)], picture: picture,
                        isFinished: step == 100)))
        }
        guard case .display(let data)? = collector.outputs(of: 0)?.first else {
            Issue.record("nothing displayed")
            return
        }
        #expect(collector.outputs(of: 0)?.count == 1)
        #expect(
            data["text/plain"]
                == "Epoch 1/1 100/100 batches · 1.0000/s · 1 min 40 s · loss 0.5000")
        let html = data["text/html"]?.text ?? ""
        // "<svg>100</svg>"
        #expect(html.contains("<img alt=\"curve\"") && html.contains("PHN2Zz4xMDA8L3N2Zz4="))
        #expect(html.contains("loss 0.5000"))
    }

    @Test func bytesAreBase64AndJSONIsJSON() {
        var bundle = MIMEBundle(plain: "p")
        bundle["image/png"] = .bytes([0x68, 0x65, 0x6C, 0x6C])
        bundle["application/json"] = .json("{\"a\": [1, 2.50]}")
        bundle["application/broken+json"] = .json("{")
        collector.emit(.display(bundle, id: nil))
        guard case .display(let data)? = collector.outputs(of: 0)?.first else {
            Issue.record("nothing displayed")
            return
        }
        #expect(data["image/png"] == "aGVsbA==")
        #expect(data["application/json"] == ["a": [1, .double(2.5)]])
        #expect(data["application/broken+json"] == nil)
    }

    @Test func nobodyAnswersAQuestion() {
        #expect {
            try collector.readLine(prompt: "name? ", isPassword: false)
        } throws: { error in
            String(describing: error).hasPrefix("readLine: a notebook that runs by itself")
        }
    }
}
