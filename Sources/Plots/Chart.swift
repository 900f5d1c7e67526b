/// A diagram as a value: series of numbers over two axes, with names for all of them.
///
/// A notebook shows it interactively (Vega-Lite), as a drawing (SVG) where there is no JavaScript,
/// and a terminal as text.
///
///     let chart = Chart(
///         title: "Loss", xLabel: "epoch", yLabel: "loss",
///         series: [.line("train", [0.9, 0.5, 0.4]), .line("validation", [0.8, 0.6, 0.5])])
///     try chart.save("loss.png")
public struct Chart: Sendable, Equatable {
    /// How a series is drawn.
    public enum Mark: Sendable, Equatable {
        /// Points joined by straight lines; a value that is not finite leaves a gap.
        case line
        /// A dot at each point.
        case points
        /// Joined points with the surface down to zero tinted.
        case area
        /// One bar for each of the chart's `categories`, beside those of other series.
        case bars
        /// Adjoining bars from zero, each beginning at its `x` and `width` wide.
        case bins(width: Double)
        /// One box for each of the chart's `categories`.
        case boxes([Box])
        /// A coloured cell for each number of a grid, with a bar that tells the colours.
        case cells(Grid)
        /// Lines along which a grid's numbers are equal, one for each level.
        case contours(Grid, levels: [Double])
        /// Pictures in rows of `columns`, with the series' `labels` under them.
        case pictures([Picture], columns: Int)
    }

    /// Numbers that belong together: `y[i]` over `x[i]`.
    public struct Series: Sendable, Equatable {
        /// What the legend says; an empty name has no entry.
        public var name: String
        /// How the series is drawn.
        public var mark: Mark
        /// Places on the x axis, as many as there are values.
        public var x: [Double]
        /// The values.
        public var y: [Double]
        /// `#rrggbb`; `nil` takes the next colour of the palette.
        public var color: String?
        /// Where each value may lie, drawn as a whisker; empty where that is not known.
        public var intervals: [ClosedRange<Double>]
        /// What stands beside each dot; empty where nothing does.
        public var labels: [String]

        /// A series; where `x` is longer than `y` or the other way round, the rest is left out.
        public init(
            _ name: String, mark: Mark, x: [Double], y: [Double], color: String? = nil,
            intervals: [ClosedRange<Double>] = [], labels: [String] = []
        ) {
            let count = min(x.count, y.count)
            self.name = name
            self.mark = mark
            self.x = Array(x.prefix(count))
            self.y = Array(y.prefix(count))
            self.color = color
            self.intervals = Array(intervals.prefix(count))
            self.labels = Array(labels.prefix(count))
        }

        /// A line through `y`, over `x` or over 1, 2, 3 ...
        public static func line(
            _ name: String, x: [Double]? = nil, _ y: [Double], color: String? = nil
        ) -> Series {
            Series(name, mark: .line, x: x ?? y.indices.map { Double($0 + 1) }, y: y, color: color)
        }

        /// A dot for each pair of numbers, with a label beside it where there is one.
        public static func points(
            _ name: String, x: [Double], y: [Double], color: String? = nil, labels: [String] = []
        ) -> Series {
            Series(name, mark: .points, x: x, y: y, color: color, labels: labels)
        }

        /// A bar for each category of the chart, with whiskers where `intervals` are given.
        public static func bars(
            _ name: String, _ y: [Double], color: String? = nil,
            intervals: [ClosedRange<Double>] = []
        ) -> Series {
            Series(
                name, mark: .bars, x: y.indices.map(Double.init), y: y, color: color,
                intervals: intervals)
        }
    }

    /// The line above the chart.
    public var title: String
    /// What the x axis measures.
    public var xLabel: String
    /// What the y axis measures.
    public var yLabel: String
    /// What is drawn, the first at the back.
    public var series: [Series]
    /// The names under the bars; empty for a chart with numbers on its x axis.
    public var categories: [String]
    /// The names beside the rows of a grid whose rows are no numbers.
    public var rowNames: [String]
    /// Whether equal distances on the x axis are equal ratios; what is not positive is left out.
    public var isXLogarithmic: Bool
    /// The same of the y axis; bars stand on its lower end.
    public var isYLogarithmic: Bool

    /// A chart of any series.
    public init(
        title: String = "", xLabel: String = "", yLabel: String = "", series: [Series],
        categories: [String] = [], rowNames: [String] = [], isXLogarithmic: Bool = false,
        isYLogarithmic: Bool = false
    ) {
        self.title = title
        self.xLabel = xLabel
        self.yLabel = yLabel
        self.series = series
        self.categories = categories
        self.rowNames = rowNames
        self.isXLogarithmic = isXLogarithmic
        self.isYLogarithmic = isYLogarithmic
    }

    /// A chart of one line through `values`, over `x` or over 1, 2, 3 ...
    public static func line(
        _ values: [Double], x: [Double]? = nil, title: String = "", xLabel: String = "",
        yLabel: String = ""
    ) -> Chart {
        Chart(title: title, xLabel: xLabel, yLabel: yLabel, series: [.line("", x: x, values)])
    }

    /// A chart of several lines, in the order of their names, over `x` or over 1, 2, 3 ...; where a
    /// line is longer than `x` or the other way round, the rest is left out.
    ///
    ///     Chart.lines(["train": [0.9, 0.5, 0.4], "validation": [0.8, 0.6, 0.5]])
    ///     Chart.lines(["LeNet": [0.7, 0.8], "HOG": [0.75, 0.78]], x: [500, 2000], xLabel: "images")
    public static func lines(
        _ values: [String: [Double]], x: [Double]? = nil, title: String = "", xLabel: String = "",
        yLabel: String = ""
    ) -> Chart {
        Chart(
            title: title, xLabel: xLabel, yLabel: yLabel,
            series: values.sorted { $0.key < $1.key }.map { .line($0.key, x: x, $0.value) })
    }

    /// A chart of a dot for each pair of numbers; where one list is longer, the rest is left out.
    public static func points(
        _ x: [Double], _ y: [Double], title: String = "", xLabel: String = "", yLabel: String = ""
    ) -> Chart {
        Chart(title: title, xLabel: xLabel, yLabel: yLabel, series: [.points("", x: x, y: y)])
    }

    /// A chart of one named bar for each value.
    public static func bar(
        _ names: [String], _ values: [Double], title: String = "", xLabel: String = "",
        yLabel: String = ""
    ) -> Chart {
        Chart(
            title: title, xLabel: xLabel, yLabel: yLabel, series: [.bars("", values)],
            categories: names)
    }

    /// How often the values fall into each of `bins` equal intervals.
    ///
    /// Values that are not finite are left out; the greatest value belongs to the last interval.
    ///
    ///     Chart.histogram([1, 2, 2, 4], bins: 3).series[0].y  // [1, 2, 1]
    public static func histogram(
        _ values: [Double], bins: Int = 30, name: String = "", title: String = ""
    ) -> Chart {
        let finite = values.filter(\.isFinite)
        let bins = max(1, min(bins, 10_000))
        var low = finite.min() ?? 0
        var high = finite.max() ?? 1
        if low == high { (low, high) = (low - 0.5, high + 0.5) }
        // Halves, so that the distance of two large numbers does not overflow.
        let width = (high / 2 - low / 2) / Double(bins) * 2
        var counts = [Double](repeating: 0, count: bins)
        for value in finite {
            let position = (value - low) / width
            counts[max(0, min(bins - 1, position.isFinite ? Int(position) : 0))] += 1
        }
        let edges = (0..<bins).map { low + Double($0) * width }
        return Chart(
            title: title, yLabel: "count",
            series: [Series(name, mark: .bins(width: width), x: edges, y: counts)])
    }

    /// The palette's colours, in the order in which series take them; further lines are dashed.
    ///
    /// They are told apart by people with any colour vision, and stand out on white and on black.
    ///
    /// Source: Okabe and Ito, "Color Universal Design", 2008, without its black and its yellow.
    public static let palette = [
        "#0072b2", "#e69f00", "#009e73", "#d55e00", "#56b4e9", "#cc79a7", "#5f5f5f",
    ]

    /// The colour that a series is drawn in.
    func color(of index: Int) -> String {
        series[index].color ?? Self.palette[index % Self.palette.count]
    }

    /// Whether a colour is that of an earlier series: lines are dashed then, dots are diamonds.
    func repeatsColor(_ index: Int) -> Bool {
        series[index].color == nil && index / Self.palette.count % 2 == 1
    }

    /// Whether the x axis has names instead of numbers.
    var isCategorical: Bool { series.contains { $0.categoryCount > 0 } || hasBars }

    /// Whether there are bars, even without values.
    private var hasBars: Bool { series.contains { $0.mark == .bars } }

    /// The names of the x axis, numbers standing in where names are missing.
    var categoryNames: [String] {
        let count = series.map(\.categoryCount).max() ?? 0
        return (0..<count).map { $0 < categories.count ? categories[$0] : "\($0)" }
    }

    /// The names of the y axis from the top, where it has names instead of numbers.
    var namedRows: [String] {
        let count = series.compactMap(\.matrix).map(\.values.count).max() ?? 0
        return (0..<count).map { $0 < rowNames.count ? rowNames[$0] : "\($0)" }
    }

    /// Whether it has no axes, because it shows pictures.
    var isGallery: Bool {
        !series.isEmpty
            && series.allSatisfy { if case .pictures = $0.mark { true } else { false } }
    }
}

extension Chart.Series {
    /// How many named places on the x axis it takes.
    var categoryCount: Int {
        switch mark {
        case .bars, .boxes: y.count
        case .cells(let grid): grid.isMatrix ? grid.columnCount : 0
        default: 0
        }
    }

    /// Its grid, where that has names in place of numbers on its axes.
    var matrix: Chart.Grid? {
        guard case .cells(let grid) = mark, grid.isMatrix else { return nil }
        return grid
    }
}
