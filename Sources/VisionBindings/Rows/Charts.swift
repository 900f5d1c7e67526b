import Language
import VisionEngine

/// Charts of numbers.
@RowBuilder func chartRows() -> [Binding] {
    Binding.staticMethod(
        "line", of: Chart.self, arg("values", [Double].self, label: nil),
        arg("x", [Double]?.self, default: nil, "1, 2, 3 ... for nil"),
        arg("title", String.self, default: ""), arg("xLabel", String.self, default: ""),
        arg("yLabel", String.self, default: ""),
        summary: "A chart of one line.", example: "Chart.line([1, 4, 9], x: [-1, 0, 1])"
    ) { values, x, title, xLabel, yLabel in
        Chart.line(values, x: x, title: title, xLabel: xLabel, yLabel: yLabel)
    }
    Binding.staticMethod(
        "lines", of: Chart.self, arg("values", [String: [Double]].self, label: nil),
        arg("x", [Double]?.self, default: nil, "1, 2, 3 ... for nil"),
        arg("title", String.self, default: ""), arg("xLabel", String.self, default: ""),
        arg("yLabel", String.self, default: ""),
        summary: "A chart of several named lines.",
        example: "Chart.lines([\"train\": [0.9, 0.5], \"validation\": [0.8, 0.6]])"
    ) { values, x, title, xLabel, yLabel in
        Chart.lines(values, x: x, title: title, xLabel: xLabel, yLabel: yLabel)
    }
    Binding.staticMethod(
        "points", of: Chart.self, arg("x", [Double].self, label: nil),
        arg("y", [Double].self, label: nil), arg("title", String.self, default: ""),
        arg("xLabel", String.self, default: ""), arg("yLabel", String.self, default: ""),
        summary: "A chart of a dot for each pair of numbers.",
        example: "Chart.points([1, 2, 3], [2, 4, 8], xLabel: \"depth\", yLabel: \"accuracy\")"
    ) { x, y, title, xLabel, yLabel in
        Chart.points(x, y, title: title, xLabel: xLabel, yLabel: yLabel)
    }
    Binding.staticMethod(
        "bar", of: Chart.self, arg("names", [String].self, label: nil),
        arg("values", [Double].self, label: nil), arg("title", String.self, default: ""),
        arg("xLabel", String.self, default: ""), arg("yLabel", String.self, default: ""),
        summary: "A chart of one named bar for each value.",
        example: "Chart.bar([\"a\", \"b\"], [1, 2])"
    ) { names, values, title, xLabel, yLabel in
        Chart.bar(names, values, title: title, xLabel: xLabel, yLabel: yLabel)
    }
    Binding.staticMethod(
        "histogram", of: Chart.self, arg("values", [Double].self, label: nil),
        arg("bins", Int.self, default: 30), arg("title", String.self, default: ""),
        summary: "How often the values fall into each of some equal intervals.",
        example: "Chart.histogram([1, 2, 2, 3], bins: 3)"
    ) { values, bins, title in Chart.histogram(values, bins: bins, title: title) }
}
