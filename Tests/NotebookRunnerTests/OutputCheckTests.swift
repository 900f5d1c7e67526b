import Hosting
import NotebookRunner
import Testing

@Suite struct OutputCheckTests {
    let folder: RunFolder

    init() throws { folder = try RunFolder() }

    static let check = OutputCheck { stored, now in
        (amount: Double(stored[0].distance(to: now[0]).magnitude), place: "in the first byte")
    }

    func cell(_ outputs: [NotebookOutput], tags: [String] = [], source: String = "x")
        -> NotebookCell
    {
        var cell = folder.notebook([source], tags: [0: tags]).cells[1]
        cell.outputs = outputs
        return cell
    }

    func value(_ text: String) -> NotebookOutput { .display(["text/plain": .string(text)]) }

    /// Where two lists of outputs differ.
    func places(
        _ stored: [NotebookOutput], _ now: [NotebookOutput], tags: [String] = [],
        check: OutputCheck = check
    ) -> [String] {
        let stored = cell(stored, tags: tags)
        return check.differences(of: cell(now, tags: tags), from: stored, cell: 3, progress: [])
            .map(\.place)
    }

    @Test func equalOutputsAreEqualHoweverTheyCame() {
        let stored: [NotebookOutput] = [
            .stream(.standardOutput, "a\n"), value("1"), .stream(.standardOutput, "b\n"),
        ]
        let now: [NotebookOutput] = [.stream(.standardOutput, "a\nb\n"), value("1")]
        #expect(places(stored, now) == [])
        var data = JSONObject()
        data["text/plain"] = "1"
        #expect(places([.result(data, count: 3)], [.result(data, count: 9)]) == [])
    }

    @Test func theFirstDifferingLineIsNamed() {
        let check = Self.check
        let stored = cell([.stream(.standardOutput, "a\nb\nc\n")])
        let now = cell([.stream(.standardOutput, "a\nB\nc\n")])
        let found = check.differences(of: now, from: stored, cell: 3, progress: [])
        #expect(found.map(\.place) == ["cell 3, stdout, line 2"])
        #expect(found.map(\.details) == [["stored: b", "now: B"]])
        #expect(places([value("1")], [value("1\n2")]) == ["cell 3, output 1 (text/plain), line 2"])
        #expect(places([value("1")], []) == ["cell 3, the number of outputs"])
        #expect(
            places([.stream(.standardError, "e")], []) == ["cell 3, stderr, line 1"])
    }

    @Test func formsAreComparedOneByOne() {
        let stored: NotebookOutput = .display(["text/plain": "p", "text/html": "<b>1</b>"])
        let now: NotebookOutput = .display(["text/plain": "p", "text/html": "<b>2</b>"])
        #expect(places([stored], [now]) == ["cell 3, output 1 (text/html), line 1"])
        #expect(places([stored], [value("p")]) == ["cell 3, output 1"])
        let json: NotebookOutput = .display(["application/json": ["a": [1, 2], "b": 3]])
        let other: NotebookOutput = .display(["application/json": ["b": 3, "a": [1, 5]]])
        #expect(places([json], [json]) == [])
        #expect(places([json], [other]) == ["cell 3, output 1 (application/json), line 4"])
    }

    @Test func errorsAreComparedByNameAndMessage() {
        let one = NotebookOutput.error(name: "E", message: "m", traceback: ["In [1]"])
        let same = NotebookOutput.error(name: "E", message: "m", traceback: ["In [2]"])
        let other = NotebookOutput.error(name: "E", message: "n", traceback: ["In [1]"])
        #expect(places([one], [same]) == [])
        #expect(places([one], [other]) == ["cell 3, output 1, line 1"])
        #expect(places([one], [value("E")]) == ["cell 3, output 1"])
    }

    @Test(arguments: [
        ("loss 0.4123", "loss 0.4124", true), ("loss 0.4", "loss 0.5", false),
        ("[1.0, 20.01]", "[ 1.001, 20.02]", true), ("3", "4", false),
        ("[3, 224]", "[3, 225]", false),
        ("1e-8", "2e-8", true), ("100.0", "100.05", true), ("1000.0", "1002.0", false),
        ("conv2d 1.0", "conv3d 1.0", false), ("-0.5", "0.5", false), ("nan", "nan", true),
        ("v1.5", "v1.6", false), ("1.0 a", "1.0", false), ("1.5.2", "1.5.3", false),
        ("10%", "10%", true), ("3", "3.0", true),
    ])
    func numbersMayBeALittleApart(stored: String, now: String, isSame: Bool) {
        let tags = ["tolerance:0.001"]
        #expect(places([value(stored)], [value(now)], tags: tags).isEmpty == isSame)
        #expect(places([value(stored)], [value(now)]).isEmpty == (stored == now))
    }

    @Test func picturesMayLookALittleDifferent() {
        func picture(_ byte: String) -> NotebookOutput { .display(["image/png": .string(byte)]) }
        // 'AA==' is the byte 0, 'BQ==' 5, 'Bg==' 6.
        #expect(places([picture("AA==")], [picture("BQ==")]) == [])
        #expect(places([picture("AA==")], [picture("Bg==")]) == ["cell 3, output 1 (image/png)"])
        #expect(
            places([picture("AA==")], [picture("Bg==")], tags: ["picture-tolerance:6"]) == [])
    }

    @Test func tagsAndCommentsSayWhatIsCompared() {
        let stored = [value("1")]
        let now = [value("2")]
        #expect(places(stored, now, tags: ["nbval-ignore-output"]) == [])
        let check = Self.check
        let marked = cell(stored, source: "// NBVAL_IGNORE_OUTPUT\nx")
        #expect(check.differences(of: cell(now), from: marked, cell: 1, progress: []) == [])
        let lax = OutputCheck(isLax: true) { _, _ in (0, "") }
        #expect(places(stored, now, check: lax) == [])
        #expect(places(stored, now, tags: ["nbval-check-output"], check: lax).count == 1)
    }

    @Test func timesInProgressAreNotCompared() {
        func found(_ stored: String, _ now: String) -> Int {
            Self.check.differences(
                of: cell([value(now)]), from: cell([value(stored)]), cell: 1, progress: [0]
            ).count
        }
        let line = "Epoch 1/3 938/938 batches · 82.3/s · 11 s · loss 0.4123"
        #expect(found(line, "Epoch 1/3 938/938 batches · 9.3/s · 1 min 40 s · loss 0.4123") == 0)
        #expect(found(line, "Epoch 1/3 938/938 batches · 82.3/s · 11 s · loss 0.5123") == 1)
    }

    @Test func aRunComparesWithWhatIsStored() throws {
        let path = try folder.write(
            ["print(1)", "2 + 2", "nope", "never"],
            tags: [2: ["raises-exception"], 3: ["nbval-skip"]])
        #expect(folder.run(.init(notebooks: [path], check: Self.check)).run().exitCode == 1)
        #expect(try folder.log.contains("nothing is stored to compare with"))
        // The cell that checking skips fails here.
        #expect(folder.run(.init(notebooks: [path], destination: .inPlace)).run().exitCode == 1)
        #expect(folder.run(.init(notebooks: [path], check: Self.check)).run().exitCode == 0)

        var notebook = try Notebook(contentsOf: path)
        notebook.cells[1].outputs = [.stream(.standardOutput, "one\n")]
        notebook.cells[2].outputs = []
        try notebook.write(to: path)
        let before = try Notebook(contentsOf: path)
        let report = folder.run(.init(notebooks: [path], check: Self.check)).run()
        #expect(report.exitCode == 1)
        guard case .differed(cells: 2) = report.notebooks[0].ending else {
            Issue.record("\(report.notebooks[0].ending)")
            return
        }
        #expect(try Notebook(contentsOf: path) == before)
        let log = try folder.log
        #expect(
            log.contains(
                "\(path): cell 2, stdout, line 1 is not as stored\n  stored: one\n  now: 1\n"))
        #expect(log.contains("\(path): 2 cells differ from what is stored"))
    }
}
