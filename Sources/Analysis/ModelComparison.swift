import Hosting
import Plots
import Tensors
import Training

/// Models beside each other, as `compare` found them on this machine.
///
/// It shows itself as a table and a plot; models that no other one beats in both time and accuracy
/// are marked.
///
///     comparison.results.map { ($0.name, $0.latency.median) }
public struct ModelComparison: Sendable, CustomStringConvertible {
    /// What was found, in the order of the models.
    public let results: [ModelResult]
    /// How many images the accuracy was measured on.
    private let imageCount: Int?

    init(results: [ModelResult], data imageCount: Int?) {
        self.results = results
        self.imageCount = imageCount
    }

    /// The models to choose among: no other one is as quick and as accurate and better in one of
    /// the two; the quickest first. Models of unknown accuracy are not among them.
    public var pareto: [ModelResult] {
        results.filter { own in
            own.accuracy != nil && !results.contains { own.isDominated(by: $0) }
        }.sorted { $0.latency.median < $1.latency.median }
    }

    /// Accuracy over the time for one image, on a scale of ratios, the Pareto set joined by a line;
    /// where no accuracy is known, the time over multiply-accumulates.
    public func plot() -> Chart {
        let known = results.filter { $0.accuracy != nil }
        guard !known.isEmpty else {
            return Chart(
                title: "Time and work", xLabel: "multiply-accumulates of one image, millions",
                yLabel: "time for one image, ms",
                series: [
                    .points(
                        "", x: results.map { Double($0.multiplyAccumulates) / 1e6 },
                        y: results.map { $0.latency.median * 1e3 }, labels: results.map(\.name))
                ], isXLogarithmic: true)
        }
        let best = pareto
        let names = Set(best.map(\.name))
        let others = known.filter { !names.contains($0.name) }
        func points(_ name: String, _ results: [ModelResult], _ color: String) -> Chart.Series {
            .points(
                name, x: results.map { $0.latency.median * 1e3 },
                y: results.map { $0.accuracy ?? .nan }, color: color, labels: results.map(\.name))
        }
        var front = points("Pareto set", best, Chart.palette[1])
        front.mark = .line
        let isMeasured = known.contains { $0.measuredAccuracy != nil }
        return Chart(
            title: "What accuracy costs", xLabel: "time for one image, ms",
            yLabel: isMeasured ? "accuracy" : "published accuracy, ImageNet",
            series: (others.isEmpty ? [] : [points("beaten in both", others, Chart.palette[0])])
                + [front], isXLogarithmic: true)
    }

    /// A column of the table, left out where no model has anything in it.
    private typealias Column = (head: String, cell: (ModelResult) -> String?)

    private var columns: [Column] {
        let best = Set(pareto.map(\.name))
        let batch = results.first?.batch ?? 1
        return [
            ("model", { $0.name + (best.contains($0.name) ? " *" : "") }),
            ("parameters", { scaled($0.parameterCount) }),
            ("MACs", { scaled($0.multiplyAccumulates) }),
            ("weights", { megabytes($0.weightBytes) }),
            ("activations", { megabytes($0.activationBytes) }),
            ("field", { $0.receptiveField?.description }),
            ("1 image", { time($0.latency) }),
            ("\(batch) images", { $0.batchLatency.map(time) }),
            ("images/s", { digits($0.throughput) }),
            ("training step", { $0.trainingStep.map(time) }),
            ("ImageNet", { $0.publishedAccuracy.map { formatted($0, places: 3) } }),
            ("accuracy", { $0.measuredAccuracy?.description }),
        ]
    }

    private var table: TextTable {
        let columns = columns.filter { column in results.contains { column.cell($0) != nil } }
        var table = TextTable(columns: columns.map(\.head), wordColumns: [0])
        table.rows = results.map { result in columns.map { $0.cell(result) ?? "" } }
        var note = "median time, least to greatest"
        if let first = results.first {
            note = "input \(first.input); " + note
            if results.contains(where: { $0.trainingStep != nil }) {
                note += "; training step of \(first.batch): forward, backward, SGD"
            }
        }
        table.footer = [note]
        if let imageCount {
            table.footer.append("accuracy on \(grouped(imageCount)) images with its 95% interval")
        }
        if !pareto.isEmpty { table.footer.append("* no other model is as quick and as accurate") }
        return table
    }

    /// A line for each model; `*` marks the Pareto set.
    public var description: String { table.text }
}

extension ModelComparison: Displayable {
    /// The table as text; for a notebook the table and the plot below it.
    public func mimeBundle() throws -> MIMEBundle {
        table.mimeBundle(
            below: try plot().inlineHTML(height: 420, alternative: "accuracy over time"))
    }
}

/// `4.92 ms (4.8-5.31)`: the median, the least and the greatest in its unit.
func time(_ measurement: Measurement) -> String {
    let unit = measurement.median >= 1 ? (1.0, "s") : (1e3, "ms")
    func text(_ seconds: Double) -> String { digits(seconds * unit.0) }
    return "\(text(measurement.median)) \(unit.1) "
        + "(\(text(measurement.minimum))-\(text(measurement.maximum)))"
}

/// A number of bytes: `46.8 MB`.
func megabytes(_ bytes: Int) -> String { "\(digits(Double(bytes) / 1e6)) MB" }

/// `11.7 M`, `1.81 G`, `417 k`.
private func scaled(_ count: Int) -> String {
    let count = Double(count)
    switch count {
    case 1e9...: return "\(digits(count / 1e9)) G"
    case 1e6...: return "\(digits(count / 1e6)) M"
    case 1e3...: return "\(digits(count / 1e3)) k"
    default: return digits(count)
    }
}

/// Three digits that count.
func digits(_ value: Double) -> String {
    formatted(value, places: value >= 99.95 ? 0 : value >= 9.995 ? 1 : 2)
}
