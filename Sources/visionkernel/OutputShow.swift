import FoundationEssentials
import Hosting
import NotebookRunner
import Sessions
import VisionEngine

/// Prints the outputs that an executed notebook keeps, pictures in coloured characters.
struct OutputShow {
    private let terminal = TerminalOutput(
        TerminalOutput.Style(picture: { bytes, room in
            // What is no picture is shown as its text instead.
            guard let image = try? Image(data: bytes) else { return nil }
            return TerminalDrawing(
                lines: image.terminalText(columns: room.columns, rows: room.rows))
        }))

    /// Prints one notebook's outputs in order. Throws what reading the file throws.
    func show(_ path: String) throws {
        for cell in try Notebook(contentsOf: path).cells {
            for output in cell.outputs { show(output) }
            terminal.finish()
        }
    }

    private func show(_ output: NotebookOutput) {
        switch output {
        case .stream(let stream, let text): terminal.emit(.text(text, stream: stream))
        case .result(let data, _), .display(let data): terminal.show(bundle(data))
        case .error(_, _, let traceback):
            let lines = traceback.joined(separator: "\n")
            terminal.emit(.text(lines + "\n", stream: .standardError))
        case .other: break
        }
    }

    /// The forms a terminal can use.
    private func bundle(_ data: JSONObject) -> MIMEBundle {
        var bundle = MIMEBundle(plain: data["text/plain"]?.text ?? "")
        if let text = data["image/png"]?.text,
            let bytes = Data(base64Encoded: text, options: .ignoreUnknownCharacters)
        {
            bundle["image/png"] = .bytes([UInt8](bytes))
        }
        return bundle
    }
}
