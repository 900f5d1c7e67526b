import Hosting

extension Chart {
    /// A coloured cell for each number: dark to bright, or blue over white to red where numbers lie
    /// on both sides of zero.
    ///
    /// The first row is on top, and rows and columns have names; with rising `x` and `y`, as many
    /// as columns and rows, they lie on axes of numbers, the first row at the bottom. Without
    /// `showsValues` the numbers stand in the cells where there are at most 15 rows and columns.
    ///
    ///     Chart.heatMap([[1, 0.2], [0.2, 1]], rows: ["a", "b"], columns: ["a", "b"])
    public static func heatMap(
        _ values: [[Double]], rows: [String] = [], columns: [String] = [], x: [Double]? = nil,
        y: [Double]? = nil, showsValues: Bool? = nil, title: String = "", xLabel: String = "",
        yLabel: String = ""
    ) -> Chart {
        let isSmall = values.count <= 15 && values.allSatisfy { $0.count <= 15 }
        let labels =
            showsValues ?? isSmall ? values.map { $0.map(shortNumber) } : []
        let grid = Grid(values, x: x ?? [], y: y ?? [], labels: labels)
        return Chart(
            title: title, xLabel: xLabel, yLabel: yLabel, series: [.cells("", grid)],
            categories: columns, rowNames: rows)
    }

    /// How often each class (row) was taken for each class (column): the counts, in cells the
    /// darker the smaller their share of the row.
    ///
    ///     Chart.confusionMatrix([[9, 1], [3, 7]], classes: ["cat", "dog"])
    public static func confusionMatrix(
        _ counts: [[Int]], classes: [String] = [], title: String = ""
    ) -> Chart {
        let shares = counts.map { row in
            let total = row.reduce(0.0) { $0 + Double($1) }
            return row.map { total > 0 ? Double($0) / total : 0 }
        }
        let labels = counts.count <= 30 ? counts.map { $0.map(String.init) } : []
        return Chart(
            title: title, xLabel: "taken for", yLabel: "label",
            series: [.cells("", Grid(shares, labels: labels))], categories: classes,
            rowNames: classes)
    }

    /// Lines along which the numbers of a surface are equal, over the surface in colours.
    ///
    /// `values[i][j]` is the number at `x[j]` and `y[i]`, which rise; without them columns and rows
    /// count from 0, the first row at the bottom. The levels are about as many round numbers.
    ///
    ///     Chart.contour([[0, 1, 4], [1, 2, 5], [4, 5, 8]], x: [0, 1, 2], y: [0, 1, 2], levels: 4)
    public static func contour(
        _ values: [[Double]], x: [Double]? = nil, y: [Double]? = nil, levels: Int = 10,
        title: String = "", xLabel: String = "", yLabel: String = ""
    ) -> Chart {
        let columns = values.map(\.count).max() ?? 0
        let grid = Grid(
            values, x: x ?? (0..<columns).map(Double.init),
            y: y ?? values.indices.map(Double.init))
        let range = grid.range
        let ticks = AxisScale(
            over: [range.lowerBound, range.upperBound], target: max(1, min(levels, 100)),
            isCounted: false
        ).ticks.filter { $0 > range.lowerBound && $0 < range.upperBound }
        return Chart(
            title: title, xLabel: xLabel, yLabel: yLabel,
            series: [.cells("", grid), .contours("", grid, levels: ticks)])
    }

    /// The chart with axes on which equal distances are equal ratios: the y axis unless told
    /// otherwise.
    ///
    ///     Chart.line([1, 0.1, 0.01]).logarithmic()
    public func logarithmic(x: Bool = false, y: Bool = true) -> Chart {
        var chart = self
        chart.isXLogarithmic = x
        chart.isYLogarithmic = y
        return chart
    }

    /// How the numbers of each group are spread: a box from the first to the third quartile with
    /// the median in it, whiskers to what is no outlier, and a dot for each outlier.
    ///
    ///     Chart.box(["train", "test"], [[0.1, 0.2, 0.3], [0.2, 0.4, 0.9]], yLabel: "loss")
    public static func box(
        _ names: [String], _ values: [[Double]], title: String = "", xLabel: String = "",
        yLabel: String = ""
    ) -> Chart {
        let groups = zip(names, values).compactMap { name, values in Box(values).map { (name, $0) }
        }
        return Chart(
            title: title, xLabel: xLabel, yLabel: yLabel,
            series: [.boxes("", groups.map(\.1))], categories: groups.map(\.0))
    }
}

extension Chart.Series {
    /// A box for each category of the chart.
    public static func boxes(
        _ name: String, _ boxes: [Chart.Box], color: String? = nil
    ) -> Chart.Series {
        Chart.Series(
            name, mark: .boxes(boxes), x: boxes.indices.map(Double.init), y: boxes.map(\.median),
            color: color)
    }

    /// A coloured cell for each number of a grid.
    public static func cells(_ name: String, _ grid: Chart.Grid) -> Chart.Series {
        let (x, y) = (grid.columnEdges, grid.rowEdges)
        guard let left = x.first, let right = x.last, let first = y.first, let last = y.last,
            grid.columnCount > 0
        else { return Chart.Series(name, mark: .cells(grid), x: [], y: []) }
        return Chart.Series(name, mark: .cells(grid), x: [left, right], y: [first, last])
    }

    /// Lines along which a grid's numbers are equal; a grid with names has none.
    public static func contours(
        _ name: String, _ grid: Chart.Grid, levels: [Double]
    ) -> Chart.Series {
        guard let left = grid.x.first, let right = grid.x.last, let low = grid.y.first,
            let high = grid.y.last
        else { return Chart.Series(name, mark: .contours(grid, levels: []), x: [], y: []) }
        return Chart.Series(
            name, mark: .contours(grid, levels: levels.filter(\.isFinite)), x: [left, right],
            y: [low, high])
    }

    /// Pictures in rows of `columns`, at least one, with labels under them.
    public static func pictures(
        _ pictures: [Chart.Picture], columns: Int, labels: [String] = []
    ) -> Chart.Series {
        let columns = max(1, min(columns, pictures.count))
        return Chart.Series(
            "", mark: .pictures(pictures, columns: columns),
            x: pictures.indices.map { Double($0 % columns) },
            y: pictures.indices.map { Double($0 / columns) }, labels: labels)
    }
}
