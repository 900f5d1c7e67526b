/// A run as the XML that continuous integration reads: a suite for each notebook, a case for each
/// code cell.
///
///     try TextFile.write(JUnitReport(report).text, to: "report.xml")
public struct JUnitReport {
    private struct Case {
        var name: String
        var seconds = 0.0
        /// What stands inside; empty for a cell that passed.
        var content = ""
        var isFailure = false
        var isError = false
        var isSkipped = false
    }

    private let report: RunReport

    public init(_ report: RunReport) { self.report = report }

    /// The whole file.
    public var text: String {
        let suites = report.notebooks.map { ($0, Self.cases(of: $0)) }
        let all = suites.flatMap(\.1)
        let seconds = report.notebooks.reduce(0) { $0 + $1.seconds }
        var text = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"
        text += "<testsuites\(Self.attributes(all, seconds))>\n"
        for (notebook, cases) in suites {
            let path = Markup.escaped(notebook.path)
            text += " <testsuite name=\"\(path)\"\(Self.attributes(cases, notebook.seconds))>\n"
            for one in cases {
                text += "  <testcase classname=\"\(path)\" name=\"\(Markup.escaped(one.name))\""
                text += " file=\"\(path)\" time=\"\(Self.time(one.seconds))\""
                text += one.content.isEmpty ? "/>\n" : ">\n   \(one.content)\n  </testcase>\n"
            }
            text += " </testsuite>\n"
        }
        return text + "</testsuites>\n"
    }

    private static func cases(of notebook: NotebookReport) -> [Case] {
        if case .unusable(let problem) = notebook.ending {
            return [
                Case(
                    name: "notebook", content: element("error", "NotebookError", problem, problem),
                    isError: true)
            ]
        }
        return notebook.cells.map { cell in
            var one = Case(name: "cell \(cell.cell): \(cell.title)", seconds: cell.seconds)
            switch cell.ending {
            case .passed, .raised: break
            case .failed(let failure):
                one.isError = ["KernelDied", "TimeoutError"].contains(failure.name)
                one.isFailure = !one.isError
                one.content = element(
                    one.isError ? "error" : "failure", failure.name, failure.message,
                    failure.place(in: notebook.path) + "\n" + failure.rendered)
            case .differed(let differences):
                one.isFailure = true
                let text = differences.map {
                    ([$0.place + " is not as stored"] + $0.details).joined(separator: "\n")
                }
                one.content = element(
                    "failure", "OutputDiffers", "\(differences[0].place) is not as stored",
                    text.joined(separator: "\n"))
            case .skipped:
                one.isSkipped = true
                one.content = "<skipped message=\"tagged to be skipped\"/>"
            case .notRun:
                one.isSkipped = true
                one.content = "<skipped message=\"the run ended before this cell\"/>"
            }
            return one
        }
    }

    private static func element(
        _ name: String, _ type: String, _ message: String, _ text: String
    ) -> String {
        "<\(name) type=\"\(Markup.escaped(type))\" message=\"\(Markup.escaped(message))\">"
            + "\(Markup.escaped(text))</\(name)>"
    }

    private static func attributes(_ cases: [Case], _ seconds: Double) -> String {
        " tests=\"\(cases.count)\" failures=\"\(cases.count(where: \.isFailure))\""
            + " errors=\"\(cases.count(where: \.isError))\""
            + " skipped=\"\(cases.count(where: \.isSkipped))\" time=\"\(time(seconds))\""
    }

    private static func time(_ seconds: Double) -> String {
        String((seconds * 1000).rounded() / 1000)
    }
}

extension CellReport.Failure {
    /// Notebook, cell and line.
    func place(in path: String) -> String {
        "\(path): cell \(cell)" + (line.map { ", line \($0)" } ?? "")
    }
}
