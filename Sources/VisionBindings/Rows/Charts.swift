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
    Binding.staticMethod(
        "heatMap", of: Chart.self, arg("values", [[Double]].self, label: nil, "rows of numbers"),
        arg("rows", [String].self, default: [], "names, from the top"),
        arg("columns", [String].self, default: [], "names"),
        arg("x", [Double]?.self, default: nil, "where columns lie, in place of names"),
        arg("y", [Double]?.self, default: nil, "where rows lie, the first at the bottom"),
        arg("showsValues", Bool?.self, default: nil, "in the cells; in small maps for nil"),
        arg("title", String.self, default: ""), arg("xLabel", String.self, default: ""),
        arg("yLabel", String.self, default: ""),
        summary: "A chart of a coloured cell for each number.",
        example:
            "Chart.heatMap([[1, 0.2], [0.2, 1]], rows: [\"a\", \"b\"], columns: [\"a\", \"b\"])"
    ) { values, rows, columns, x, y, showsValues, title, xLabel, yLabel in
        Chart.heatMap(
            values, rows: rows, columns: columns, x: x, y: y, showsValues: showsValues,
            title: title, xLabel: xLabel, yLabel: yLabel)
    }
    Binding.staticMethod(
        "confusionMatrix", of: Chart.self,
        arg("counts", [[Int]].self, label: nil, "a class in each row, by what it was taken for"),
        arg("classes", [String].self, default: [], "names"),
        arg("title", String.self, default: ""),
        summary: "A chart of how often each class was taken for each.",
        example: "Chart.confusionMatrix([[9, 1], [3, 7]], classes: [\"cat\", \"dog\"])"
    ) { counts, classes, title in Chart.confusionMatrix(counts, classes: classes, title: title) }
    Binding.staticMethod(
        "contour", of: Chart.self, arg("values", [[Double]].self, label: nil, "values[y][x]"),
        arg("x", [Double]?.self, default: nil, "rising; 0, 1, 2 ... for nil"),
        arg("y", [Double]?.self, default: nil, "rising; 0, 1, 2 ... for nil"),
        arg("levels", Int.self, default: 10, "about so many lines"),
        arg("title", String.self, default: ""), arg("xLabel", String.self, default: ""),
        arg("yLabel", String.self, default: ""),
        summary: "A chart of the lines along which a surface is equally high, over its colours.",
        example: "Chart.contour([[0, 1, 4], [1, 2, 5], [4, 5, 8]], x: [0, 1, 2], y: [0, 1, 2])"
    ) { values, x, y, levels, title, xLabel, yLabel in
        Chart.contour(
            values, x: x, y: y, levels: levels, title: title, xLabel: xLabel, yLabel: yLabel)
    }
    Binding.staticMethod(
        "box", of: Chart.self, arg("names", [String].self, label: nil),
        arg("values", [[Double]].self, label: nil, "the numbers of each"),
        arg("title", String.self, default: ""), arg("xLabel", String.self, default: ""),
        arg("yLabel", String.self, default: ""),
        summary: "A chart of how numbers are spread: quartiles, whiskers and outliers.",
        example: "Chart.box([\"a\", \"b\"], [[1, 2, 3, 9], [2, 4, 5, 6]])"
    ) { names, values, title, xLabel, yLabel in
        Chart.box(names, values, title: title, xLabel: xLabel, yLabel: yLabel)
    }
    Binding.staticMethod(
        "images", of: Chart.self, arg("images", [Image].self, label: nil),
        arg("columns", Int?.self, default: nil), arg("captions", [String].self, default: []),
        arg("title", String.self, default: ""),
        summary: "A chart of pictures in rows, with captions under them.",
        example: "let photo = Image(Tensor.rand([3, 8, 8]))\n"
            + "Chart.images([photo, photo.flippedHorizontally()], captions: [\"one\", \"two\"])"
    ) { images, columns, captions, title in
        try Chart.images(images, columns: columns, captions: captions, title: title)
    }
    Binding.method(
        "logarithmic", of: Chart.self, arg("x", Bool.self, default: false),
        arg("y", Bool.self, default: true),
        summary: "The chart with axes on which equal distances are equal ratios.",
        example: "Chart.line([1, 0.1, 0.01]).logarithmic()"
    ) { chart, x, y in chart.logarithmic(x: x, y: y) }
    Binding.action(
        "save", of: Chart.self, arg("path", String.self, label: nil, "ends in .png, .svg or .json"),
        arg("width", Int.self, default: 640, "points"),
        arg("height", Int.self, default: 400, "points"),
        arg("theme", Chart.Theme?.self, default: nil, "white for a PNG, any ground for an SVG"),
        summary: "Writes the chart to a file: a picture, a drawing or a Vega-Lite specification.",
        example: "try Chart.line([1, 4, 9]).save(\"squares.png\")"
    ) { chart, path, width, height, theme in
        try chart.save(path, width: width, height: height, theme: theme)
    }
    for theme in Chart.Theme.allCases {
        Binding.staticProperty(
            theme.rawValue, of: Chart.Theme.self,
            summary: theme == .adaptive
                ? "Drawn on nothing, in letters that are read on white and on black."
                : "Drawn on \(theme == .light ? "white" : "black").",
            example: "Chart.line([1, 2]).save(\"line.svg\", theme: .\(theme.rawValue))"
        ) { theme }
    }
}
