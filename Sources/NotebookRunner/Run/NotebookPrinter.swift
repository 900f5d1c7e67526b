import Hosting
import Sessions

/// Shows a notebook and its outputs in a terminal, a pipe or a file.
///
///     NotebookPrinter(TerminalOutput(.init())).print(try Notebook(contentsOf: "out.ipynb"))
public struct NotebookPrinter {
    private let output: TerminalOutput
    private let pictureFolder: String?

    /// - Parameter pictureFolder: where every picture is saved as a file too, for terminals that show
    ///   none; the file's path is printed. The folder has to exist.
    public init(_ output: TerminalOutput, pictureFolder: String? = nil) {
        self.output = output
        self.pictureFolder = pictureFolder
    }

    /// Prints texts, sources and outputs in the notebook's order.
    public func print(_ notebook: Notebook) throws(FileError) {
        for (index, cell) in notebook.cells.enumerated() {
            let source = cell.source
            if source.contains(where: { !$0.isWhitespace }) {
                switch cell.kind {
                case .markdown: write(source, style: "1")
                case .raw: write(source, style: nil)
                case .code:
                    let number = cell.executionCount.map(String.init) ?? " "
                    write("In [\(number)]\n" + source, style: "2")
                }
            }
            for (place, shown) in cell.outputs.enumerated() {
                try print(shown, name: "cell\(index + 1)-\(place + 1)")
            }
            output.finish()
            output.emit(.text("\n", stream: .standardOutput))
        }
    }

    private func print(_ shown: NotebookOutput, name: String) throws(FileError) {
        switch shown {
        case .stream(let stream, let text): output.emit(.text(text, stream: stream))
        case .result(let data, _), .display(let data):
            let bundle = NotebookOutput.bundle(data)
            output.show(bundle)
            try save(bundle, name: name)
        case .error(let name, let message, let traceback):
            let lines =
                output.style.usesColor ? traceback.joined(separator: "\n") : "\(name): \(message)"
            output.emit(.text(lines + "\n", stream: .standardOutput))
        case .other: break
        }
    }

    private func save(_ bundle: MIMEBundle, name: String) throws(FileError) {
        guard let pictureFolder, case .bytes(let bytes)? = bundle["image/png"] else { return }
        let path = "\(pictureFolder)/\(name).png"
        try TextFile.write(bytes, to: path)
        output.emit(.text("picture: \(path)\n", stream: .standardOutput))
    }

    private func write(_ text: String, style: String?) {
        let lines = text.split(separator: "\n", omittingEmptySubsequences: false)
        guard output.style.usesColor, let style else {
            output.emit(.text(lines.joined(separator: "\n") + "\n", stream: .standardOutput))
            return
        }
        let painted = lines.map { "\u{1B}[\(style)m\($0)\u{1B}[0m" }.joined(separator: "\n")
        output.emit(.text(painted + "\n", stream: .standardOutput))
    }
}
