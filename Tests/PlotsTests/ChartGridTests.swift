import Foundation
import Hosting
import Plots
import Testing

@Suite("Grids, boxes and pictures in charts")
struct ChartGridTests {
    private let heat = Chart.heatMap(
        [[1, 2], [3, .nan]], rows: ["top", "low"], columns: ["a", "b"], title: "Heat")

    private func json(_ chart: Chart) throws -> [String: Any] {
        try #require(
            try JSONSerialization.jsonObject(with: Data(chart.vegaLite.utf8)) as? [String: Any])
    }

    private func rows(_ chart: Chart) throws -> [[String: Any]] {
        let data = try #require(try json(chart)["data"] as? [String: Any])
        return try #require(data["values"] as? [[String: Any]])
    }

    private func layers(_ chart: Chart) throws -> [[String: Any]] {
        try #require(try json(chart)["layer"] as? [[String: Any]])
    }

    private func kinds(_ chart: Chart) throws -> [String] {
        try layers(chart).compactMap { ($0["mark"] as? [String: Any])?["type"] as? String }
    }

    @Test("a heat map has a row of text for each of its own, the first on top")
    func heatText() {
        let lines = heat.text().split(separator: "\n")
        #expect(lines[0] == "Heat")
        #expect(
            lines.map { $0.split(separator: " ").map(String.init) }[1...] == [
                ["a", "b"], ["top", "1", "2"], ["low", "3", "nan"],
            ])
        let colored = heat.text(isColored: true)
        #expect(colored.replacing(/\u{1B}\[[0-9;]+m/, with: "") == heat.text())
        #expect(colored.contains("\u{1B}[48;5;"))
        let large = Chart.heatMap((0..<200).map { row in (0..<300).map { Double(row * $0) } })
        let picture = large.text(columns: 60).split(separator: "\n")
        #expect(picture.allSatisfy { $0.count <= 60 } && picture.count <= 32)
        #expect(picture.last == "colours from 0 to 59501")
    }

    @Test("every cell of a heat map is in Vega-Lite, with its names and its number")
    func heatVega() throws {
        let cells = try rows(heat)
        #expect(cells.map { $0["row"] as? String } == ["top", "top", "low", "low"])
        #expect(cells.map { $0["x"] as? String } == ["a", "b", "a", "b"])
        #expect(cells.map { $0["value"] as? Double } == [1, 2, 3, nil])
        #expect(try kinds(heat) == ["rect", "text"])
    }

    @Test("cells are drawn where they belong, in the colours of their numbers")
    func heatPixels() throws {
        // Two columns and two rows: the corners of the drawing tell dark from bright.
        let chart = Chart.heatMap([[0, 1], [1, 0]], showsValues: false)
        let svg = try chart.svg(width: 300, height: 200)
        let dark = "rgb(26.666667%,0.392157%,32.941176%)"
        let bright = "rgb(99.215686%,90.588235%,14.509804%)"
        for color in [dark, bright] {
            let found = svg.replacingOccurrences(of: " ", with: "").contains(color)
            #expect(found, "\(color) is missing")
        }
        let upward = Chart.heatMap([[0, 1], [1, 0]], x: [0, 1], y: [0, 1], showsValues: false)
        #expect(try upward.svg(width: 300, height: 200) != svg)
    }

    @Test("cells between places that are not equally far apart end halfway between them")
    func unevenCells() throws {
        let chart = Chart.heatMap([[1, 2, 3], [4, 5, 6]], x: [0, 1, 3], y: [10, 20])
        let cells = try rows(chart)
        #expect(cells.prefix(3).map { $0["x"] as? Double } == [-0.5, 0.5, 2])
        #expect(cells.prefix(3).map { $0["x2"] as? Double } == [0.5, 2, 4])
        #expect(cells[0]["y"] as? Double == 5 && cells[5]["y2"] as? Double == 25)
    }

    @Test("a confusion matrix is coloured by shares of rows and tells counts")
    func confusion() throws {
        let chart = Chart.confusionMatrix([[90, 10], [0, 5]], classes: ["cat", "dog"])
        let cells = try rows(chart)
        #expect(cells.map { $0["value"] as? Double } == [0.9, 0.1, 0, 1])
        #expect(cells.map { $0["label"] as? String } == ["90", "10", "0", "5"])
        #expect(chart.text().contains("90"))
        let empty = try rows(Chart.confusionMatrix([[0, 0], [0, 0]]))
        #expect(empty.map { $0["value"] as? Double } == [0, 0, 0, 0])
    }

    @Test("a surface between two whole numbers has lines between them")
    func contourLevels() throws {
        let line = (0..<21).map { Double($0) / 10 - 1 }
        let chart = Chart.contour(line.map { y in line.map { $0 * $0 - y * y } })
        guard case .contours(_, let levels) = chart.series[1].mark else {
            Issue.record("no contour lines")
            return
        }
        #expect(
            levels.map { ($0 * 10).rounded() / 10 } == [
                -0.8, -0.6, -0.4, -0.2, 0, 0.2, 0.4, 0.6, 0.8,
            ])
    }

    @Test("contour lines of a cone are circles of the right radius")
    func contour() throws {
        let places = (-20...20).map { Double($0) / 10 }
        let cone = places.map { y in places.map { x in (x * x + y * y).squareRoot() } }
        let chart = Chart.contour(cone, x: places, y: places, levels: 6)
        let lines = try rows(chart).filter { $0["level"] != nil }
        let levels = Set(lines.compactMap { $0["level"] as? Double })
        #expect(levels.isSuperset(of: [0.5, 1, 1.5]))
        for point in lines {
            let x = try #require(point["x"] as? Double)
            let y = try #require(point["y"] as? Double)
            let level = try #require(point["level"] as? Double)
            #expect(abs((x * x + y * y).squareRoot() - level) < 0.01)
        }
        // A level within the square is one ring, which ends where it begins.
        let ring = lines.filter { $0["level"] as? Double == 1 }
        #expect(Set(ring.compactMap { $0["piece"] as? Int }).count == 1)
        #expect(ring.first?["x"] as? Double == ring.last?["x"] as? Double)
        #expect(try kinds(chart) == ["rect", "line"])
        #expect(chart.text().contains { ("\u{2801}"..."\u{28FF}").contains($0) })
    }

    @Test("a saddle has two lines, which do not cross")
    func saddle() throws {
        let chart = Chart.contour([[1, 0], [0, 1]], levels: 1)
        guard case .contours(let grid, _) = chart.series[1].mark else {
            Issue.record("no lines")
            return
        }
        var saddle = chart
        saddle.series = [.contours("", grid, levels: [0.4])]
        let pieces = try rows(saddle)
        #expect(Set(pieces.compactMap { $0["piece"] as? Int }).count == 2)
        #expect(pieces.count == 4)
    }

    @Test("boxes have NumPy's quartiles, Tukey's whiskers and outliers")
    func boxes() throws {
        // numpy.percentile([1, 2, 3, 4, 5, 6, 7, 30], [25, 50, 75]) is [2.75, 4.5, 6.25].
        let box = try #require(Chart.Box([7, 30, 1, 2, .nan, 3, 6, 4, 5]))
        #expect([box.lowerQuartile, box.median, box.upperQuartile] == [2.75, 4.5, 6.25])
        #expect(box.low == 1 && box.high == 7 && box.outliers == [30])
        #expect(Chart.Box([.nan]) == nil)
        let chart = Chart.box(["a", "none", "b"], [[1, 2, 3], [], [7, 30, 1, 2, 3, 6, 4, 5]])
        #expect(try kinds(chart) == ["rule", "bar", "tick", "circle"])
        #expect(try rows(chart).compactMap { $0["y"] as? Double } == [30])
        let lines = chart.text().split(separator: "\n")
        #expect(lines.count == 3 && lines[0].hasPrefix("a ") && lines[1].hasPrefix("b "))
        #expect(lines[1].contains("∘") && lines[1].contains("┃") && !lines[0].contains("∘"))
    }

    @Test("on an axis of ratios heights are logarithms, and bars stand on its lower end")
    func logarithmicHeight() throws {
        let chart = Chart(
            series: [.points("", x: [1, 2, 3, 4], y: [1, 10, 100, -1])], isYLogarithmic: true)
        let lines = chart.text(columns: 40, rows: 12).split(separator: "\n").dropLast()
        let heights = lines.enumerated().compactMap { index, line in
            line.contains { ("\u{2801}"..."\u{28FF}").contains($0) } ? index : nil
        }
        try #require(heights.count == 3)
        #expect(abs((heights[2] - heights[1]) - (heights[1] - heights[0])) <= 1)
        #expect(try rows(chart).map { $0["y"] as? Double } == [1, 10, 100, nil])
        var bars = Chart.bar(["a", "b"], [10, 1000])
        bars.isYLogarithmic = true
        let encoding = try #require(
            try layers(bars)[0]["encoding"] as? [String: [String: Any]])
        let ground = try #require(encoding["y2"]?["datum"] as? Double)
        #expect(ground > 0 && ground < 10)
        #expect(try bars.svg().contains("<svg"))
    }

    @Test("pictures stand in rows, with their labels, in every form")
    func pictures() throws {
        let red = Chart.Picture(width: 2, height: 1, rgb: [255, 0, 0, 255, 0, 0])
        let short = Chart.Picture(width: 2, height: 2, rgb: [1])
        #expect(short.rgb.count == 12)
        let chart = Chart(
            series: [.pictures([red, short, red], columns: 2, labels: ["a", "b", "c"])])
        let cells = try rows(chart)
        #expect(cells.map { $0["x"] as? Int } == [0, 1, 0])
        #expect(cells.map { $0["y"] as? Int } == [0, 0, 1])
        let url = try #require(cells[0]["url"] as? String)
        #expect(url.hasPrefix("data:image/png;base64,iVBOR"))
        #expect(try chart.svg().contains("<image"))
        #expect(chart.text() == "a, 2x1\nb, 2x2\nc, 2x1")
        #expect(chart.text(isColored: true).contains("▀"))
    }

    @Test("empty grids, ragged rows and odd numbers give valid documents")
    func odd() throws {
        let numbers = [[1, .nan, .infinity], [-1e308, 1e308], []]
        let charts = [
            Chart.heatMap([]), Chart.heatMap([[]]), Chart.heatMap(numbers), Chart.heatMap([[5]]),
            Chart.heatMap([[.nan]]), Chart.contour(numbers), Chart.contour([]),
            Chart.contour([[1, 2]]), Chart.contour([[3, 3], [3, 3]]), Chart.box([], []),
            Chart.box(["a"], [[1]]), Chart.box(["a"], [[1e308, -1e308]]),
            Chart.confusionMatrix([]), Chart.heatMap([[1, 2]], x: [2, 1], y: [0]),
            Chart(series: [.pictures([], columns: 0)]),
        ]
        for (index, chart) in charts.enumerated() {
            _ = try json(chart)
            for theme in Chart.Theme.allCases {
                #expect(try chart.svg(theme: theme).contains("</svg>"), "chart \(index)")
            }
            #expect(try !chart.png(width: 60, height: 40, scale: 1).isEmpty)
            _ = chart.text()
            _ = chart.text(isColored: true)
        }
    }

    @Test("a chart is saved as its name says, and other names are refused")
    func save() throws {
        let folder = FileManager.default.temporaryDirectory.path + "/charts-\(UUID())"
        try FileManager.default.createDirectory(
            atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let starts = ["png": "\u{89}PNG", "svg": "<?xml", "json": "{\"$schema\""]
        for (ending, start) in starts {
            try heat.save("\(folder)/heat.\(ending)", width: 100, height: 80)
            let data = try Data(contentsOf: URL(filePath: "\(folder)/heat.\(ending)"))
            #expect(data.starts(with: start.unicodeScalars.map { UInt8($0.value) }))
        }
        func text(_ body: () throws -> Void) -> String {
            do { try body() } catch { return "\(error)" }
            return ""
        }
        let unknown = text { try heat.save("heat.pdf") }
        #expect(
            unknown
                == "save: unknown kind of file, expected a name that ends in .png, .svg or .json, "
                + "got \"heat.pdf\"")
        let unwritable = text { try heat.save("\(folder)/no/heat.png") }
        #expect(unwritable.hasPrefix("save: cannot write"))
        let tiny = text { try heat.save("\(folder)/heat.png", width: 0) }
        #expect(tiny.contains("expected 1 to 30000"))
    }

    @Test("a drawing for any ground has none of its own; one for white or black has")
    func themes() throws {
        let line = Chart.line([1, 2])
        let grounds = try Chart.Theme.allCases.map { theme in
            try line.svg(theme: theme).replacingOccurrences(of: " ", with: "")
        }
        #expect(!grounds[0].contains("rgb(100%,100%,100%)"))
        #expect(grounds[1].contains("rgb(100%,100%,100%)"))
        #expect(grounds[2].contains("rgb(6.666667%,6.666667%,6.666667%)"))
        #expect(try json(line)["background"] as? String == "transparent")
    }
}
