import Foundation
import Hosting
import Language
import NotebookRunner
import Sessions
import Testing

@Suite struct NotebookRunTests {
    let folder: RunFolder

    init() throws { folder = try RunFolder() }

    /// Runs a notebook in place and gives the report and what was written.
    func run(_ path: String, timeout: Double? = nil) throws -> (NotebookReport, [NotebookCell]) {
        let run = folder.run(.init(notebooks: [path], destination: .inPlace, timeout: timeout))
        let report = try #require(run.run().notebooks.first)
        // The first cell is the title.
        return (report, Array(try Notebook(contentsOf: path).cells.dropFirst()))
    }

    @Test func cellsRunInOrderAndTheirOutputsAreStored() throws {
        let path = try folder.write(["let x = 20", "", "print(\"a\")\nprint(\"b\")\nx + 1"])
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
        let path = try folder.write(["let a = 1", "a\nnope", "print(\"never\")"])
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
        let path = try folder.write(["nope", "let a = 1\na"], tags: [0: ["raises-exception"]])
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
        let path = try folder.write(["nope", "1"], tags: [0: ["skip-execution"]])
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
        let path = try folder.write(["nope", "print(\"x\")"])
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
        let path = try folder.write(["while true {}"], tags: [0: ["raises-exception"]])
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
        let path = try folder.write(["while true {}", "print(\"never\")"])
        let run = folder.run(.init(notebooks: [path, path], destination: .inPlace))
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
        let first = try folder.write(["let shared = 1"], name: "first")
        let second = try folder.write(["shared"], name: "second")
        let report = folder.run(.init(notebooks: [first, second])).run()
        guard case .completed = report.notebooks[0].ending,
            case .failed = report.notebooks[1].ending
        else {
            Issue.record("\(report)")
            return
        }
    }

    @Test func theReportNamesNotebookCellAndLine() throws {
        let path = try folder.write(["1", "nope"])
        let output = folder.path + "/out.ipynb"
        let report = folder.run(.init(notebooks: [path], destination: .file(output))).run()
        #expect(report.exitCode == 1)
        let text = try folder.log
        #expect(text.contains("\(path): cell 1/2 "))
        #expect(text.contains("\(path): cell 3, line 1 failed"))
        #expect(text.contains("NameError: "))
        #expect(text.contains("written to \(output)"))
        #expect(!text.contains("\u{1B}"))
        #expect(FileManager.default.fileExists(atPath: output))
    }

    @Test func aFileThatIsNoNotebookIsAUsageError() throws {
        let path = folder.path + "/bad.ipynb"
        try "{".write(toFile: path, atomically: true, encoding: .utf8)
        #expect(folder.run(.init(notebooks: [path], destination: .inPlace)).run().exitCode == 2)
        #expect(try String(contentsOfFile: path, encoding: .utf8) == "{")
        #expect(folder.run(.init(notebooks: [folder.path + "/none.ipynb"])).run().exitCode == 2)
    }

    @Test func theLanguageIsNamedInTheMetadata() throws {
        let path = try folder.write(["1"])
        _ = try run(path)
        let language = try Notebook(contentsOf: path).metadata["language_info"]?.members
        #expect(language?["name"]?.text == "swift")
        #expect(language?["file_extension"]?.text == ".swift")
    }
}
