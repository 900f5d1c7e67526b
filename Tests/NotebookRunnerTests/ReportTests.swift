import Foundation
import NotebookRunner
import Testing

#if canImport(FoundationXML)
import FoundationXML
#endif

@Suite struct ReportTests {
    /// A run with a cell of every ending, and its report.
    static func report() throws -> (RunReport, String) {
        let folder = try RunFolder()
        let path = try folder.write(
            [
                "let a = 1 // <&\"", "print(\"\\u{1B}[31mred\\u{1B}[0m <b>\")", "skipped", "nope",
                "a\n[1][5]", "never",
            ],
            tags: [2: ["skip-execution"], 3: ["raises-exception"]])
        let report = folder.run(
            .init(notebooks: [path, folder.path + "/none.ipynb"])
        ).run()
        return (report, path)
    }

    @Test func aSuiteForEachNotebookAndACaseForEachCell() throws {
        let (report, path) = try Self.report()
        let text = JUnitReport(report).text
        let document = try XMLDocument(xmlString: text)
        let suites = try document.nodes(forXPath: "/testsuites/testsuite") as? [XMLElement] ?? []
        #expect(
            suites.map { $0.attribute(forName: "name")?.stringValue?.hasSuffix("ipynb") } == [
                true, true,
            ])
        func counts(_ element: XMLElement) -> [String?] {
            ["tests", "failures", "errors", "skipped"].map {
                element.attribute(forName: $0)?.stringValue
            }
        }
        #expect(counts(suites[0]) == ["6", "1", "0", "2"])
        #expect(counts(suites[1]) == ["1", "0", "1", "0"])
        let cases = suites[0].elements(forName: "testcase")
        #expect(cases[0].attribute(forName: "name")?.stringValue == "cell 2: let a = 1 // <&\"")
        let failure = try #require(cases[4].elements(forName: "failure").first)
        #expect(failure.attribute(forName: "type")?.stringValue == "IndexError")
        #expect(failure.stringValue?.contains("\(path): cell 6, line 2") == true)
        let skipped = cases[5].elements(forName: "skipped").first
        #expect(
            skipped?.attribute(forName: "message")?.stringValue == "the run ended before this cell")
        let error = try #require(
            suites[1].elements(forName: "testcase")[0].elements(forName: "error").first)
        #expect(error.stringValue?.contains("No such file") == true)
    }

    @Test func thePageHasEveryCellAndNeedsNothingElse() throws {
        let (report, path) = try Self.report()
        let text = HTMLReport(report).text
        #expect(text.hasPrefix("<!DOCTYPE html>\n"))
        #expect(text.contains("<h1>Title</h1>"))
        #expect(text.contains("<pre class=\"source\">let a = 1 // &lt;&amp;&quot;</pre>"))
        #expect(text.contains("<span style=\"color:#c93a33\">red</span> &lt;b&gt;"))
        #expect(text.contains("<span class=\"badge failed\">cell 6, line 2</span>"))
        #expect(text.contains("skipped by its tag"))
        #expect(text.contains("not run"))
        #expect(text.contains("IndexError"))
        #expect(text.contains(path))
        #expect(!text.contains("http://") && !text.contains("https://"))
    }

    @Test func outputsShowTheirBestForm() throws {
        let folder = try RunFolder()
        var notebook = folder.notebook([])
        notebook.cells[0].source = "**x** | ![p](attachment:dot.png)\n\n| a |\n|---|\n| 1 |"
        notebook.cells[0].fields["attachments"] = ["dot.png": ["image/png": "AAAA\n"]]
        let forms: [JSON] = [
            ["text/plain": "p", "text/html": "<i>h</i>"],
            ["text/plain": "a \"q\"", "image/png": "QUJD\nREVG"],
            ["text/plain": "p", "image/svg+xml": "<svg></svg>", "application/x+json": ["a": 1]],
            ["text/plain": "p", "text/markdown": "*m*"], ["text/plain": "1 < 2"],
        ]
        var cell = NotebookCell(.code, source: "x")
        cell.outputs = forms.compactMap { $0.members.map { .display($0) } }
        notebook.cells.append(cell)
        // A skipped cell keeps its outputs.
        notebook.cells[1].fields["metadata"] = ["tags": ["skip-execution"]]
        let path = folder.path + "/n.ipynb"
        try notebook.write(to: path)
        let text = HTMLReport(folder.run(.init(notebooks: [path])).run()).text
        #expect(
            text.contains("<strong>x</strong> | <img src=\"data:image/png;base64,AAAA\" alt=\"p\">")
        )
        #expect(text.contains("<td>1</td>"))
        #expect(text.contains("<div class=\"output\"><i>h</i></div>"))
        #expect(
            text.contains("<img alt=\"a &quot;q&quot;\" src=\"data:image/png;base64,QUJDREVG\">"))
        #expect(text.contains("<div class=\"output\"><svg></svg></div>"))
        #expect(text.contains("<em>m</em>"))
        #expect(text.contains("<pre>1 &lt; 2</pre>"))
    }
}
