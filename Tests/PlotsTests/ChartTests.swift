import Foundation
import FoundationXML
import Hosting
import Plots
import Testing

@Suite("Charts")
struct ChartTests {
    private let loss = Chart(
        title: "Loss", xLabel: "epoch", yLabel: "loss",
        series: [.line("train", [0.9, 0.5, 0.4]), .line("validation \"x\"", [0.8, 0.6, 0.5])])

    private func json(_ chart: Chart) throws -> [String: Any] {
        let object = try JSONSerialization.jsonObject(with: Data(chart.vegaLite.utf8))
        return try #require(object as? [String: Any])
    }

    @Test("a bundle has text, SVG and Vega-Lite, the richest last")
    func bundle() throws {
        let bundle = try loss.mimeBundle()
        #expect(
            bundle.items.map(\.type) == [
                "text/plain", "image/svg+xml", "application/vnd.vegalite.v5+json",
            ])
        #expect(bundle.plain == loss.text())
    }

    @Test("a terminal gets a picture or coloured characters in place of a document's forms")
    func terminalBundle() throws {
        func types(_ medium: OutputMedium) throws -> [String] {
            let host = Host(output: MediumSink(medium))
            return try Host.$current.withValue(host) { try loss.mimeBundle().items.map(\.type) }
        }
        #expect(try types(.pictures) == ["text/plain", "image/png"])
        #expect(try types(.coloredText) == ["text/plain", MIMEBundle.coloredText])
        #expect(try types(.document).last == "application/vnd.vegalite.v5+json")
    }

    @Test("coloured text has the same characters, and a colour for each series")
    func coloredText() {
        let bars = Chart(
            series: [.bars("a", [1, 2]), .bars("b", [3, 4])], categories: ["x", "y"])
        for chart in [loss, bars, Chart.histogram([1, 2, 2, 4])] {
            let colored = chart.text(isColored: true)
            #expect(colored.replacing(/\u{1B}\[[0-9]+m/, with: "") == chart.text())
            #expect(colored.contains("\u{1B}[34m"))
            #expect(colored.contains("\u{1B}[33m") == (chart.series.count > 1))
        }
    }

    @Test("labels stand beside their dots, each where no dot and no other label is")
    func labels() throws {
        let names = ["one", "two", "three", "four"]
        let chart = Chart(
            series: [.points("", x: [1, 1.01, 1.02, 5], y: [1, 1.01, 1, 2], labels: names)])
        let plain = Chart(series: [.points("", x: [1, 1.01, 1.02, 5], y: [1, 1.01, 1, 2])])
        #expect(try chart.svg() != plain.svg())
        let spec = try json(chart)
        let layers = try #require(spec["layer"] as? [[String: Any]])
        let marks = layers.compactMap { ($0["mark"] as? [String: Any])?["type"] as? String }
        #expect(marks == ["circle", "text"])
        let data = try #require(spec["data"] as? [String: Any])
        let rows = try #require(data["values"] as? [[String: Any]])
        #expect(rows.map { $0["label"] as? String } == names)
    }

    @Test(
        "on an axis of ratios equal ratios are equally far apart, and what is not positive is left out"
    )
    func logarithmicAxis() throws {
        let x = [1, 10, 100, 0, -5.0]
        let chart = Chart(
            series: [.points("", x: x, y: [1, 2, 3, 4, 5])], isXLogarithmic: true)
        // The dots of the text stand in columns: from 10 to 100 it is as far as from 1 to 10.
        let lines = chart.text(columns: 60, rows: 8).split(separator: "\n")
        let columns = lines.compactMap { line in
            line.firstIndex { ("\u{2801}"..."\u{28FF}").contains($0) }
                .map { line.distance(from: line.startIndex, to: $0) }
        }.sorted()
        try #require(columns.count == 3)
        #expect(abs((columns[2] - columns[1]) - (columns[1] - columns[0])) <= 1)
        #expect(chart.vegaLite.contains("\"type\":\"log\""))
        #expect(try chart.svg().contains("<svg"))
        for empty in [[], [0.0], [-1, .nan]] {
            let chart = Chart(
                series: [.points("", x: empty, y: empty.map { _ in 1 })], isXLogarithmic: true)
            #expect(try !chart.svg().isEmpty && !chart.text().isEmpty)
        }
    }

    @Test("Vega-Lite has every point, names and axis titles")
    func vegaLite() throws {
        let chart = try json(loss)
        #expect(chart["$schema"] as? String == "https://vega.github.io/schema/vega-lite/v5.json")
        #expect(chart["title"] as? String == "Loss")
        let data = try #require(chart["data"] as? [String: Any])
        let rows = try #require(data["values"] as? [[String: Any]])
        #expect(rows.count == 6)
        #expect(rows[4]["series"] as? String == "validation \"x\"")
        #expect(rows[4]["x"] as? Double == 2 && rows[4]["y"] as? Double == 0.6)
        let layers = try #require(chart["layer"] as? [[String: Any]])
        #expect(layers.count == 2)
        let encoding = try #require(layers[0]["encoding"] as? [String: [String: Any]])
        #expect(encoding["x"]?["title"] as? String == "epoch")
        #expect(encoding["y"]?["title"] as? String == "loss")
        #expect(layers[0]["params"] != nil && layers[1]["params"] == nil)
    }

    @Test("intervals are whiskers in every form of a chart")
    func intervals() throws {
        let plain = Chart(series: [.bars("a", [0.5, 0.7])], categories: ["x", "y"])
        var chart = plain
        chart.series = [.bars("a", [0.5, 0.7], intervals: [0.4...0.6, 0.65...0.95])]
        #expect(chart.text().contains("0.7 (0.65 to 0.95)"), "\(chart.text())")
        let strokes = try [plain, chart].map { try $0.svg().components(separatedBy: "<path").count }
        // A line and two ends each, and the axis now reaches farther.
        #expect(strokes[1] >= strokes[0] + 6, "\(strokes)")
        let object = try json(chart)
        let layers = try #require(object["layer"] as? [[String: Any]])
        #expect(layers.count == 2)
        #expect((layers[1]["mark"] as? [String: Any])?["type"] as? String == "rule")
        let encoding = try #require(layers[1]["encoding"] as? [String: [String: Any]])
        #expect(encoding["y"]?["field"] as? String == "low")
        #expect(encoding["y2"]?["field"] as? String == "high")
        #expect(encoding["xOffset"]?["field"] as? String == "series")
        let data = try #require(object["data"] as? [String: Any])
        let rows = try #require(data["values"] as? [[String: Any]])
        #expect(rows[1]["low"] as? Double == 0.65 && rows[1]["high"] as? Double == 0.95)
    }

    @Test("the bars of a histogram reach from zero to their count in Vega-Lite")
    func vegaLiteBins() throws {
        let chart = try json(Chart.histogram([1, 2, 2, 4], bins: 3))
        let layers = try #require(chart["layer"] as? [[String: Any]])
        let encoding = try #require(layers[0]["encoding"] as? [String: [String: Any]])
        #expect(encoding["x2"]?["field"] as? String == "x2")
        #expect(encoding["y2"]?["datum"] as? Double == 0)
    }

    @Test("a very long line is thinned, and keeps its peaks and gaps")
    func longLine() throws {
        var values = (0..<200_000).map { Double($0 % 7) }
        values[123_456] = 1000
        values[77_777] = -1000
        for index in 150_000..<160_000 { values[index] = .nan }
        let chart = Chart.line(values)
        let data = try #require(try json(chart)["data"] as? [String: Any])
        let rows = try #require(data["values"] as? [[String: Any]])
        #expect(rows.count <= 4000)
        let kept = rows.compactMap { $0["y"] as? Double }
        #expect(kept.max() == 1000 && kept.min() == -1000)
        #expect(rows.contains { $0["y"] is NSNull })
        #expect(try chart.svg().utf8.count < 500_000)
        let x = rows.compactMap { $0["x"] as? Double }
        #expect(x == x.sorted() && Set(x).count == x.count)
    }

    @Test("every kind of series, empty ones and odd numbers give valid documents")
    func allKinds() throws {
        let odd = [1, .nan, .infinity, -.infinity, 1e308, -1e308, 1e-300, 0]
        let charts = [
            Chart.line(odd, title: "tab\t\u{1} \\ ü"), Chart.bar(["a", "b"], odd), Chart.line([]),
            Chart.histogram(odd), Chart.histogram([]), Chart.histogram([5, 5], bins: 0),
            Chart(series: []), Chart(series: [.points("p", x: odd, y: odd)]),
            Chart(series: [.init("area", mark: .area, x: [0, 1], y: [3, 4])]),
            Chart.line([1e-12, 2e-12]), Chart.line([1e15, 1e15 + 1]), Chart.line([7]),
        ]
        for chart in charts {
            _ = try json(chart)
            #expect(try chart.svg().contains("</svg>"))
            #expect(try chart.png(scale: 1).starts(with: [0x89, 0x50, 0x4E, 0x47]))
            #expect(!chart.text().isEmpty)
        }
    }

    @Test("an SVG is well formed and its identifiers are its own")
    func svg() throws {
        let one = try loss.svg()
        let other = try Chart.line([1, 2], title: "Loss").svg()
        #expect(XMLParser(data: Data(one.utf8)).parse())
        func identifiers(_ text: String) -> Set<Substring> {
            Set(
                text.split(separator: "id=\"").dropFirst().compactMap {
                    $0.split(separator: "\"").first
                })
        }
        #expect(!identifiers(one).isEmpty)
        #expect(identifiers(one).isDisjoint(with: identifiers(other)))
        for reference in one.split(separator: "xlink:href=\"#").dropFirst() {
            let name = try #require(reference.split(separator: "\"").first)
            #expect(identifiers(one).contains(name))
        }
    }

    @Test("a PNG has the size asked for")
    func png() throws {
        let png = try loss.png(width: 300, height: 200, scale: 2)
        #expect(Array(png[16..<24]) == [0, 0, 2, 88, 0, 0, 1, 144])
    }

    @Test("a chart of an absurd size is an error")
    func absurd() {
        #expect(throws: PlotError.self) { try loss.png(width: 1e6, height: 1e6) }
    }

    @Test("a line as text shows its shape, the ends of the axes and how each series went")
    func lineText() {
        let lines = Chart.line([0, 10], title: "Up").text(columns: 30, rows: 4)
            .split(separator: "\n", omittingEmptySubsequences: false)
        #expect(lines.count == 6)
        #expect(lines[0] == "Up")
        #expect(lines[1].hasPrefix("10 │") && lines[4].hasPrefix(" 0 │"))
        #expect(lines[1].last != " " && lines[4].dropFirst(4).first != " ")
        #expect(lines[5].hasSuffix("2"))
        #expect(loss.text().hasSuffix("train 0.9 → 0.4, validation \"x\" 0.8 → 0.5"))
        #expect(lines.allSatisfy { $0.count <= 30 })
    }

    @Test("bars as text are as long as their values")
    func barText() {
        let text = Chart.bar(["cat", "mouse"], [4, 1]).text(columns: 40)
        #expect(text == "  cat " + String(repeating: "█", count: 21) + " 4\nmouse █████▎ 1")
        #expect(Chart.bar([], []).text() == "(no data)")
    }

    @Test("a histogram counts each finite value once, the greatest in the last interval")
    func histogram() {
        let chart = Chart.histogram([1, 2, 2, 4, .nan], bins: 3)
        #expect(chart.series[0].y == [1, 2, 1])
        #expect(chart.series[0].x == [1, 2, 3] && chart.series[0].mark == .bins(width: 1))
        #expect(Chart.histogram([5, 5], bins: 4).series[0].y.reduce(0, +) == 2)
    }
}

/// A sink that can show what it is said to.
private final class MediumSink: OutputSink {
    let medium: OutputMedium

    init(_ medium: OutputMedium) { self.medium = medium }

    func emit(_ event: OutputEvent) {}

    func readLine(prompt: String, isPassword: Bool) throws -> String? { nil }
}
