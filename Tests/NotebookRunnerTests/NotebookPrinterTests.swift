import Foundation
import NotebookRunner
import Sessions
import Testing

@Suite struct NotebookPrinterTests {
    @Test func sourcesOutputsAndPicturesArePrinted() throws {
        let folder = NSTemporaryDirectory() + "swift-vision-print-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let descriptor = open(folder + "/text", O_WRONLY | O_CREAT, 0o600)
        let output = TerminalOutput(TerminalOutput.Style(output: descriptor, error: descriptor))
        var notebook = Notebook()
        var cell = NotebookCell(.code, source: "show()")
        cell.executionCount = 2
        var data = JSONObject()
        data["text/plain"] = "Image 1x1"
        data["image/png"] = "aGVsbG8=\n"
        cell.outputs = [
            .stream(.standardOutput, "no line end"), .display(data),
            .error(name: "NameError", message: "there is no 'x'", traceback: ["\u{1B}[31mred"]),
        ]
        notebook.cells = [NotebookCell(.markdown, source: "# Title"), cell]
        try NotebookPrinter(output, pictureFolder: folder).print(notebook)
        close(descriptor)
        let text = try String(contentsOfFile: folder + "/text", encoding: .utf8)
        #expect(
            text == """
                # Title

                In [2]
                show()
                no line end
                Image 1x1
                picture: \(folder)/cell2-2.png
                NameError: there is no 'x'


                """)
        let picture = try Data(contentsOf: URL(fileURLWithPath: folder + "/cell2-2.png"))
        #expect(String(decoding: picture, as: UTF8.self) == "hello")
    }
}
