import Hosting
import Plots
import Tensors

/// How often each class was taken for each.
///
///     ConfusionMatrix(labels, predicted).accuracy
public struct ConfusionMatrix: Sendable, Hashable, Displayable, CustomStringConvertible {
    /// The labels that occur, in order.
    public let labels: [Int]
    /// `counts[i][j]` rows of class `labels[i]` were taken for `labels[j]`.
    public let counts: [[Int]]
    /// The names of the classes, as far as they have some.
    private let names: [String]

    /// Counts the labels of rows against what they were taken for; `classes[label]` is a class's
    /// name. Throws when there are not as many of both, or none.
    public init(_ labels: [Int], _ predicted: [Int], classes: [String] = []) throws {
        guard labels.count == predicted.count, !labels.isEmpty else {
            throw TensorError(
                .shape, "ConfusionMatrix", "wrong number of predicted labels",
                expected: "\(max(1, labels.count))", got: "\(predicted.count)")
        }
        let known = Set(labels).union(predicted).sorted()
        guard known.count <= 2000 else {
            throw TensorError(
                .value, "ConfusionMatrix", "too many classes", expected: "at most 2000",
                got: "\(known.count)")
        }
        let places = Dictionary(uniqueKeysWithValues: zip(known, known.indices))
        var counts = [[Int]](
            repeating: [Int](repeating: 0, count: known.count), count: known.count)
        for (label, guess) in zip(labels, predicted) {
            guard let row = places[label], let column = places[guess] else { continue }
            counts[row][column] += 1
        }
        self.labels = known
        self.counts = counts
        names = known.map { classes.indices.contains($0) ? classes[$0] : "\($0)" }
    }

    /// The number of rows.
    public var count: Int { counts.joined().reduce(0, +) }

    /// The share of rows that were labelled rightly, 0...1.
    public var accuracy: Double {
        Double(labels.indices.reduce(0) { $0 + counts[$1][$1] }) / Double(max(1, count))
    }

    /// More classes than these are not printed.
    private static let shownClasses = 30

    /// A row a class: its name, how often it was taken for each, and the share that was right; then
    /// the accuracy, which is all beyond 30 classes.
    public var description: String {
        labels.count <= Self.shownClasses
            ? table.text
            : "accuracy \(formatted(accuracy)) of \(grouped(count)), \(labels.count) classes"
    }

    private var table: TextTable {
        var table = TextTable(
            columns: ["label \\ taken for"] + names + ["right"], wordColumns: [0])
        for (index, row) in counts.enumerated() {
            let total = row.reduce(0, +)
            let share = total == 0 ? "" : formatted(Double(row[index]) / Double(total), places: 3)
            table.rows.append([names[index]] + row.map { "\($0)" } + [share])
        }
        table.footer = ["accuracy \(formatted(accuracy)) of \(grouped(count))"]
        return table
    }

    /// The counts as a heat map, in colours by their shares of their rows.
    ///
    ///     ConfusionMatrix([0, 0, 1], [0, 1, 1], classes: ["cat", "dog"]).plot()
    public func plot() -> Chart {
        Chart.confusionMatrix(
            counts, classes: names,
            title: "Accuracy \(formatted(accuracy)) of \(grouped(count))")
    }

    /// The table as text, and the chart.
    public func mimeBundle() throws -> MIMEBundle {
        var bundle = try plot().mimeBundle()
        bundle["text/plain"] = .text(description)
        return bundle
    }
}
