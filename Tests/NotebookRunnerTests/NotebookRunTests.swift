import Foundation
import Hosting
import Language
import NotebookRunner
import Sessions
import Testing

@Suite struct NotebookRunTests {
    let folder = NSTemporaryDirectory() + "swift-vision-run-" + UUID().uuidString

    init() throws {
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    }

    /// Writes a notebook of code cells and gives its path.
    func write(_ sources: [String], tags: [Int: [String]] = [:]) throws -> String {
        var notebook = Notebook()
        notebook.cells = [NotebookCell(.markdown, source: "# Title")]
        for (index, source) in sources.enumerated() {
            var cell = NotebookCell(.code, source: source)
            if let tags = tags[index] {
                cell.fields["metadata"] = ["tags": .array(tags.map { .string($0) })]
            }
            notebook.cells.append(cell)
        }
        let path = folder + "/notebook.ipynb"
        try notebook.write(to: path)
        return path
    }

    /// Runs a notebook in place, quietly, and gives the report and what was written.
    func run(_ path: String, timeout: Double? = nil) throws -> (NotebookReport, [NotebookCell]) {
        let run = Self.makeRun(
            .init(notebooks: [path], destination: .inPlace, timeout: timeout))
        let report = try #require(run.run().notebooks.first)
        // The first cell is the title.
        return (report, Array(try Notebook(contentsOf: path).cells.dropFirst()))
    }

    static func makeRun(_ options: NotebookRun.Options, log: String = "/dev/null") -> NotebookRun {
        let descriptor = open(log, O_WRONLY | O_CREAT | O_APPEND, 0o600)
        return NotebookRun(options, log: RunLog(descriptor: descriptor)) {
            Session(library: Library(), history: nil, frontEnd: "run")
        }
    }

    @Test func cellsRunInTheFolderOfTheirNotebook() throws {
        let before = FileManager.default.currentDirectoryPath
        try "print(\"loaded\")".write(
            toFile: folder + "/beside.swift", atomically: true, encoding: .utf8)
        let (report, _) = try run(try write([":load beside.swift"]))
        guard case .completed = report.ending else {
            Issue.record("\(report.ending)")
            return
        }
        #expect(FileManager.default.currentDirectoryPath == before)
    }

    @Test func cellsRunInOrderAndTheirOutputsAreStored() throws {
        let path = try write(["let x = 20", "", "print(\"a\")\nprint(\"b\")\nx + 1"])
        let (report, cells) = try run(path)
        guard case .completed = report.ending else {
            Issue.record("\(report.ending)")
            return
        }
        #expect(report.cellsRun == 2)
        #expect(cells.map(\.executionCount) == [1, nil, 2])
        #expect(cells[0].outputs.isEmpty)
        var data = JSONObject()
        data["text/plain"] = "21"
        #expect(
            cells[2].outputs == [
                .stream(.standardOutput, "a\nb\n"), .result(data, count: 2),
            ])
    }

    @Test func aFailingCellEndsTheRunAndIsWritten() throws {
        let path = try write(["let a = 1", "a\nnope", "print(\"never\")"])
        let (report, cells) = try run(path)
        guard case .failed(let failure) = report.ending else {
            Issue.record("\(report.ending)")
            return
        }
        #expect(failure.cell == 3)
        #expect(failure.line == 2)
        #expect(failure.name == "NameError")
        guard case .error("NameError", let message, let traceback)? = cells[1].outputs.last else {
            Issue.record("\(cells[1].outputs)")
            return
        }
        #expect(message == failure.message)
        #expect(traceback.joined(separator: "\n").contains("In [2], line 2"))
        #expect(cells[2].executionCount == nil)
        #expect(cells[2].outputs.isEmpty)
        #expect(RunReport(notebooks: [report]).exitCode == 1)
    }

    @Test func aCellThatMayRaiseDoesNotEndTheRun() throws {
        let path = try write(["nope", "let a = 1\na"], tags: [0: ["raises-exception"]])
        let (report, cells) = try run(path)
        guard case .completed = report.ending else {
            Issue.record("\(report.ending)")
            return
        }
        guard case .error? = cells[0].outputs.first else {
            Issue.record("\(cells[0].outputs)")
            return
        }
        #expect(cells[1].executionCount == 2)
    }

    @Test func aCellThatIsSkippedStaysAsItWas() throws {
        let path = try write(["nope", "1"], tags: [0: ["skip-execution"]])
        var notebook = try Notebook(contentsOf: path)
        notebook.cells[1].executionCount = 9
        notebook.cells[1].outputs = [.stream(.standardOutput, "old\n")]
        try notebook.write(to: path)
        let (report, cells) = try run(path)
        #expect(report.cellsRun == 1)
        #expect(cells[0].executionCount == 9)
        #expect(cells[0].outputs == [.stream(.standardOutput, "old\n")])
        #expect(cells[1].executionCount == 1)
    }

    @Test func oldOutputsDoNotStayBesideNewOnes() throws {
        let path = try write(["nope", "print(\"x\")"])
        var notebook = try Notebook(contentsOf: path)
        notebook.cells[2].executionCount = 2
        notebook.cells[2].outputs = [.stream(.standardOutput, "old\n")]
        try notebook.write(to: path)
        let (_, cells) = try run(path)
        #expect(cells[1].outputs.isEmpty)
        #expect(cells[1].executionCount == nil)
    }

    @Test(.timeLimit(.minutes(1)))
    func aCellThatTakesTooLongIsStopped() throws {
        let path = try write(["while true {}"], tags: [0: ["raises-exception"]])
        let (report, cells) = try run(path, timeout: 0.3)
        guard case .failed(let failure) = report.ending else {
            Issue.record("\(report.ending)")
            return
        }
        #expect(failure.name == "TimeoutError")
        #expect(failure.message == "the cell took longer than 0.30 s")
        guard case .error("TimeoutError", _, _)? = cells[0].outputs.first else {
            Issue.record("\(cells[0].outputs)")
            return
        }
    }

    @Test(.timeLimit(.minutes(1)))
    func anInterruptEndsTheRunWith130() async throws {
        let path = try write(["while true {}", "print(\"never\")"])
        let run = Self.makeRun(.init(notebooks: [path, path], destination: .inPlace))
        let stopper = Task.detached {
            while !Task.isCancelled {
                try await Task.sleep(for: .milliseconds(50))
                run.interrupt()
            }
        }
        let report = run.run()
        stopper.cancel()
        #expect(report.exitCode == 130)
        #expect(report.notebooks.count <= 1)
    }

    @Test func eachNotebookHasASessionOfItsOwn() throws {
        let first = try write(["let shared = 1"])
        let moved = folder + "/first.ipynb"
        try FileManager.default.moveItem(atPath: first, toPath: moved)
        let second = try write(["shared"])
        let report = Self.makeRun(.init(notebooks: [moved, second])).run()
        guard case .completed = report.notebooks[0].ending,
            case .failed = report.notebooks[1].ending
        else {
            Issue.record("\(report)")
            return
        }
    }

    @Test func theReportNamesNotebookCellAndLine() throws {
        let path = try write(["1", "nope"])
        let log = folder + "/log"
        let report = Self.makeRun(
            .init(notebooks: [path], destination: .file(folder + "/out.ipynb")), log: log
        ).run()
        #expect(report.exitCode == 1)
        let text = try String(contentsOfFile: log, encoding: .utf8)
        #expect(text.contains("\(path): cell 1/2 "))
        #expect(text.contains("\(path): cell 3, line 1 failed"))
        #expect(text.contains("NameError: "))
        #expect(text.contains("written to \(folder)/out.ipynb"))
        #expect(!text.contains("\u{1B}"))
        #expect(FileManager.default.fileExists(atPath: folder + "/out.ipynb"))
    }

    @Test func aFileThatIsNoNotebookIsAUsageError() throws {
        let path = folder + "/bad.ipynb"
        try "{".write(toFile: path, atomically: true, encoding: .utf8)
        #expect(Self.makeRun(.init(notebooks: [path], destination: .inPlace)).run().exitCode == 2)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "{")
        #expect(Self.makeRun(.init(notebooks: [folder + "/none.ipynb"])).run().exitCode == 2)
    }

    @Test func theLanguageIsNamedInTheMetadata() throws {
        let path = try write(["1"])
        _ = try run(path)
        let language = try Notebook(contentsOf: path).metadata["language_info"]?.members
        #expect(language?["name"]?.text == "swift")
        #expect(language?["file_extension"]?.text == ".swift")
    }
}
