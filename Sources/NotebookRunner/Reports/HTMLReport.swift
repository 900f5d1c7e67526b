import Hosting
import Sessions

/// A run as one HTML page that needs nothing else: what became of each notebook, and the notebooks
/// with their outputs.
///
///     try TextFile.write(HTMLReport(report).text, to: "report.html")
public struct HTMLReport {
    private let report: RunReport

    public init(_ report: RunReport) { self.report = report }

    /// The whole page.
    public var text: String {
        let title =
            report.notebooks.count == 1
            ? report.notebooks[0].path : "\(report.notebooks.count) notebooks"
        let notebooks = report.notebooks.enumerated().map { Self.notebook($0.element, $0.offset) }
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <title>\(Markup.escaped(title))</title>
            <style>\(HTMLStyle.css)</style>
            </head>
            <body>
            \(table)
            \(notebooks.joined(separator: "\n"))
            </body>
            </html>

            """
    }

    private var table: String {
        let rows = report.notebooks.enumerated().map { index, notebook in
            """
            <tr><td><a href="#notebook-\(index + 1)">\(Markup.escaped(notebook.path))</a></td>\
            <td>\(Self.badge(notebook.ending))</td><td class="number">\(notebook.cellsRun)</td>\
            <td class="number">\(Markup.escaped(ProgressLine.duration(notebook.seconds)))</td></tr>
            """
        }
        return """
            <table class="run"><thead><tr><th>Notebook</th><th>Result</th>\
            <th class="number">Cells run</th><th class="number">Time</th></tr></thead>
            <tbody>\(rows.joined(separator: "\n"))</tbody></table>
            """
    }

    private static func badge(_ ending: NotebookReport.Ending) -> String {
        let (kind, text) =
            switch ending {
            case .completed: ("passed", "passed")
            case .failed(let failure):
                ("failed", "cell \(failure.cell)" + (failure.line.map { ", line \($0)" } ?? ""))
            case .differed(let cells):
                ("failed", cells == 1 ? "1 cell differs" : "\(cells) cells differ")
            case .interrupted: ("failed", "interrupted")
            case .unusable(let problem): ("failed", problem)
            }
        return "<span class=\"badge \(kind)\">\(Markup.escaped(text))</span>"
    }

    private static func notebook(_ report: NotebookReport, _ index: Int) -> String {
        guard let notebook = report.notebook else { return "" }
        let reports = Dictionary(
            report.cells.map { ($0.cell, $0) }, uniquingKeysWith: { first, _ in first })
        let cells = notebook.cells.enumerated().map { place, cell in
            HTMLCell(cell, number: place + 1, report: reports[place + 1]).text
        }
        return """
            <section id="notebook-\(index + 1)">
            <h1 class="path">\(Markup.escaped(report.path))</h1>
            \(cells.joined(separator: "\n"))
            </section>
            """
    }
}

/// One cell of the page.
private struct HTMLCell {
    private let cell: NotebookCell
    private let number: Int
    private let report: CellReport?

    init(_ cell: NotebookCell, number: Int, report: CellReport?) {
        self.cell = cell
        self.number = number
        self.report = report
    }

    var text: String {
        let source = cell.source
        switch cell.kind {
        case .markdown:
            return "<div class=\"markdown\">\(CommonMark.html(withAttachments(source)))</div>"
        case .raw: return "<pre class=\"raw\">\(Markup.escaped(source))</pre>"
        case .code:
            let count = cell.executionCount.map(String.init) ?? " "
            let outputs = cell.outputs.map(Self.output).joined(separator: "\n")
            let isBad =
                switch report?.ending {
                case .failed, .differed: true
                default: false
                }
            return """
                <div class="code\(isBad ? " bad" : "")">
                <div class="prompt" title="cell \(number)">[\(count)]</div>\
                <div class="body"><pre class="source">\(Markup.escaped(source))</pre>
                \(outputs)
                \(note)</div></div>
                """
        }
    }

    /// What the run has to say about the cell.
    private var note: String {
        switch report?.ending {
        case .differed(let differences):
            let text = differences.map {
                ([$0.place + " is not as stored"] + $0.details.map { "  " + $0 })
                    .joined(separator: "\n")
            }
            return "<pre class=\"note\">\(Markup.escaped(text.joined(separator: "\n")))</pre>"
        case .skipped: return "<div class=\"note\">skipped by its tag</div>"
        case .notRun: return "<div class=\"note\">not run</div>"
        default: return ""
        }
    }

    /// The text with the pictures that are attached to the cell put in.
    private func withAttachments(_ source: String) -> String {
        var source = source
        for attachment in cell.fields["attachments"]?.members?.members ?? [] {
            guard let form = attachment.value.members?.members.first, let data = form.value.text
            else { continue }
            let bytes = data.filter { !$0.isWhitespace }
            source = source.replacing(
                "attachment:\(attachment.name)", with: "data:\(form.name);base64,\(bytes)")
        }
        return source
    }

    private static func output(_ output: NotebookOutput) -> String {
        switch output {
        case .stream(let stream, let text):
            return "<pre class=\"\(stream.rawValue)\">\(ANSIText.html(text))</pre>"
        case .result(let data, _), .display(let data):
            return "<div class=\"output\">\(value(data))</div>"
        case .error(let name, let message, let traceback):
            let text = traceback.isEmpty ? "\(name): \(message)" : traceback.joined(separator: "\n")
            return "<pre class=\"error\">\(ANSIText.html(text))</pre>"
        case .other(let members):
            return members["data"]?.members.map { "<div class=\"output\">\(value($0))</div>" } ?? ""
        }
    }

    /// The best form that a page without scripts can show.
    private static func value(_ data: JSONObject) -> String {
        for type in ["text/html", "image/svg+xml"] {
            if let text = data[type]?.text { return text }
        }
        for type in ["image/png", "image/jpeg", "image/webp", "image/gif"] {
            guard let text = data[type]?.text else { continue }
            let bytes = text.filter { !$0.isWhitespace }
            let plain = Markup.escaped(data["text/plain"]?.text ?? "")
            return "<img alt=\"\(plain)\" src=\"data:\(type);base64,\(bytes)\">"
        }
        if let text = data["text/markdown"]?.text { return CommonMark.html(text) }
        if let text = data["text/latex"]?.text { return "<code>\(Markup.escaped(text))</code>" }
        return "<pre>\(ANSIText.html(data["text/plain"]?.text ?? ""))</pre>"
    }
}
