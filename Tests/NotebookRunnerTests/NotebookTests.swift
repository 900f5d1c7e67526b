import Foundation
import NotebookRunner
import Testing

@Suite struct NotebookTests {
    static func fixture(_ name: String) -> String {
        URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/\(name).ipynb").path
    }

    @Test(arguments: ["rich", "older", "bare"])
    func whatNbformatWroteComesBackByteForByte(name: String) throws {
        let path = Self.fixture(name)
        let stored = try String(contentsOfFile: path, encoding: .utf8)
        let written = try Notebook(contentsOf: path).text
        let pairs = zip(
            written.components(separatedBy: "\n"), stored.components(separatedBy: "\n"))
        for (number, (ours, theirs)) in pairs.enumerated() {
            #expect(ours.utf8.elementsEqual(theirs.utf8), "line \(number + 1)")
        }
        #expect(written.utf8.elementsEqual(stored.utf8))
    }

    @Test func linesAreJoinedForWhoeverReadsACell() throws {
        let notebook = try Notebook(contentsOf: Self.fixture("rich"))
        #expect(notebook.cells.map(\.kind) == [.markdown, .raw, .code, .code, .code, .code])
        #expect(notebook.cells[1].source == "raw\r\ntext")
        #expect(notebook.cells[3].tags == ["parameters"])
        #expect(notebook.cells[5].executionCount == 3)
        let outputs = notebook.cells[5].outputs
        #expect(outputs.count == 5)
        #expect(outputs[0] == .stream(.standardOutput, "one\ntwo\n"))
        #expect(
            outputs[4]
                == .error(
                    name: "NameError", message: "there is no 'x'",
                    traceback: ["\u{1B}[31mNameError\u{1B}[0m", "  In [3], line 1\n"]))
    }

    @Test func settingOutputsThatWereReadChangesNothing() throws {
        var notebook = try Notebook(contentsOf: Self.fixture("rich"))
        let before = notebook.text
        for index in notebook.cells.indices where notebook.cells[index].kind == .code {
            notebook.cells[index].outputs = notebook.cells[index].outputs
            notebook.cells[index].executionCount = notebook.cells[index].executionCount
        }
        #expect(notebook.text == before)
    }

    @Test func textsInOnePieceAreSplitAsNbformatSplitsThem() throws {
        let stored = """
            {"cells": [{"cell_type": "code", "source": "a\\nb", "metadata": {"trusted": true},
            "outputs": [], "execution_count": null}], "metadata": {"signature": "x"},
            "nbformat": 4, "nbformat_minor": 2}
            """
        let text = try Notebook(parsing: Array(stored.utf8)).text
        #expect(text.contains("\"source\": [\n    \"a\\n\",\n    \"b\"\n   ]"))
        #expect(!text.contains("trusted"))
        #expect(!text.contains("signature"))
    }

    @Test(arguments: [
        ("", "notebook: JSON, line 1, column 1: the text ends where a value is expected"),
        ("[]", "notebook: expected a JSON object, got another value"),
        ("{}", "notebook: 'nbformat' is missing, so this is no notebook"),
        (
            "{\"nbformat\": 3}",
            "notebook: expected nbformat 4, got 3: open and save it in Jupyter first"
        ),
        ("{\"nbformat\": 4}", "notebook: 'cells' is missing or not a list"),
        (
            "{\"nbformat\": 4, \"cells\": [{}]}",
            "notebook: cell 1 has no 'cell_type' or no 'source'"
        ),
        ("{\n \"a\": }", "notebook: JSON, line 2, column 7: expected a value"),
    ])
    func whatIsNoNotebookIsRefusedWithAReason(text: String, message: String) {
        #expect {
            try Notebook(parsing: Array(text.utf8))
        } throws: { error in
            String(describing: error) == message
        }
    }

    @Test func aMissingFileIsNamedByTheSystem() {
        #expect {
            try Notebook(contentsOf: "/nowhere/x.ipynb")
        } throws: { error in
            String(describing: error) == "notebook: No such file or directory"
        }
    }
}
