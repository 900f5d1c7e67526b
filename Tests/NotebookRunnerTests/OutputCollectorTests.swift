import Hosting
import NotebookRunner
import Testing

@Suite struct OutputCollectorTests {
    let collector = OutputCollector()

    init() { collector.begin(cell: 0) }

    func data(_ text: String) -> JSONObject {
        var data = JSONObject()
        data["text/plain"] = .string(text)
        return data
    }

    func display(_ text: String) -> NotebookOutput { .display(data(text)) }

    func print(_ text: String, _ stream: OutputStream = .standardOutput) -> WorkerEvent {
        .text(Array(text.utf8), stream)
    }

    @Test func printedTextIsPutTogetherByStream() {
        collector.take(print("a"))
        collector.take(print("b\n"))
        collector.take(print("c", .standardError))
        collector.take(print("d"))
        #expect(
            collector.outputs(of: 0) == [
                .stream(.standardOutput, "ab\n"), .stream(.standardError, "c"),
                .stream(.standardOutput, "d"),
            ])
    }

    @Test(.timeLimit(.minutes(1)))
    func longOutputGrowsInPlaceAndHasALimit() {
        let line = String(repeating: "x", count: 99_999) + "\n"
        for _ in 0..<800 { collector.take(print(line)) }
        guard case .stream(_, let text)? = collector.outputs(of: 0)?.first else {
            Issue.record("nothing printed")
            return
        }
        #expect(text.utf8.count < 65 << 20)
        #expect(text.hasSuffix("was not kept ...\n"))
    }

    @Test func overwrittenLinesAreNotKept() {
        collector.take(print("10%\r50%\r100%\nnext\r\nlast\r"))
        #expect(collector.outputs(of: 0) == [.stream(.standardOutput, "100%\nnext\nlast")])
    }

    @Test func updatesReplaceTheirDisplayInAnyCell() {
        collector.take(.display(data("1"), id: "x"))
        collector.take(.display(data("other"), id: nil))
        collector.begin(cell: 4)
        collector.take(.display(data("1"), id: "x"))
        collector.take(.update(data("2"), id: "x"))
        collector.take(.update(data("3"), id: "unknown"))
        #expect(collector.outputs(of: 0) == [display("2"), display("other")])
        #expect(collector.outputs(of: 4) == [display("2")])
    }

    @Test func clearingWorksAtOnceOrWithTheNextOutput() {
        collector.take(print("old"))
        collector.take(.clear(wait: true))
        #expect(collector.outputs(of: 0)?.count == 1)
        collector.take(print("new"))
        #expect(collector.outputs(of: 0) == [.stream(.standardOutput, "new")])
        collector.take(.clear(wait: false))
        #expect(collector.outputs(of: 0)?.isEmpty == true)
    }

    @Test func charactersThatComeInPiecesArePutTogether() {
        let bytes = Array("é🦀".utf8)
        for byte in bytes { collector.take(.text([byte], .standardOutput)) }
        #expect(collector.outputs(of: 0) == [.stream(.standardOutput, "é🦀")])
    }

    @Test func progressKeepsItsLastState() {
        for step in 1...100 {
            collector.take(.progress(data("step \(step)"), id: "fit", isMilestone: false))
        }
        #expect(collector.outputs(of: 0) == [display("step 100")])
    }
}
