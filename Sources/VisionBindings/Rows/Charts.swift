import Language
import VisionEngine

/// Charts of numbers.
@RowBuilder func chartRows() -> [Binding] {
    Binding.staticMethod(
        "line", of: Chart.self, arg("values", [Double].self, label: nil),
        arg("title", String.self, default: ""),
        summary: "A chart of one line.", example: "Chart.line([1, 4, 9])"
    ) { values, title in Chart.line(values, title: title) }
    Binding.staticMethod(
        "bar", of: Chart.self, arg("names", [String].self, label: nil),
        arg("values", [Double].self, label: nil), arg("title", String.self, default: ""),
        summary: "A chart of one named bar for each value.",
        example: "Chart.bar([\"a\", \"b\"], [1, 2])"
    ) { names, values, title in Chart.bar(names, values, title: title) }
    Binding.staticMethod(
        "histogram", of: Chart.self, arg("values", [Double].self, label: nil),
        arg("bins", Int.self, default: 30), arg("title", String.self, default: ""),
        summary: "How often the values fall into each of some equal intervals.",
        example: "Chart.histogram([1, 2, 2, 3], bins: 3)"
    ) { values, bins, title in Chart.histogram(values, bins: bins, title: title) }
}
