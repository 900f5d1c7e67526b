import Hosting

/// Precision, recall and F1 of every class: what `evaluation.report` gives.
///
///     let report = evaluate(model, on: data.test).report
///     report                              // a table
///     report.rows[0].recall
///
/// As `classification_report` of scikit-learn, where what cannot be divided counts as 0.
public struct ClassReport: Sendable, Displayable, CustomStringConvertible {
    /// The figures of one class, or of all together.
    public struct ClassFigures: Sendable, Hashable {
        /// The class, or what the mean is.
        public let name: String
        /// Of what was taken for the class, the share that is of it, 0...1.
        public let precision: Double
        /// Of what is of the class, the share that was taken for it, 0...1.
        public let recall: Double
        /// The harmonic mean of both, 0...1.
        public let f1: Double
        /// How many images are of the class.
        public let images: Int
    }

    /// A row for each class that occurs among labels or guesses, in the order of the classes.
    public let rows: [ClassFigures]
    /// The means over the classes, each counting alike.
    public let macro: ClassFigures
    /// The means over the classes, each counting by its images.
    public let weighted: ClassFigures
    /// The share of images classified rightly, 0...1.
    public let accuracy: Double

    /// From how often each class (row) was taken for each class (column).
    init(confusion: [[Int]], accuracy: Double, name: (Int) -> String) {
        rows = confusion.indices.compactMap { label in
            let right = Double(confusion[label][label])
            let images = confusion[label].reduce(0, +)
            let taken = confusion.reduce(0) { $0 + $1[label] }
            guard images + taken > 0 else { return nil }
            let precision = taken > 0 ? right / Double(taken) : 0
            let recall = images > 0 ? right / Double(images) : 0
            let sum = precision + recall
            return ClassFigures(
                name: name(label), precision: precision, recall: recall,
                f1: sum > 0 ? 2 * precision * recall / sum : 0, images: images)
        }
        macro = Self.mean("macro mean", rows) { _ in 1 }
        weighted = Self.mean("weighted mean", rows) { Double($0.images) }
        self.accuracy = accuracy
    }

    private static func mean(
        _ name: String, _ rows: [ClassFigures], weight: (ClassFigures) -> Double
    ) -> ClassFigures {
        let total = rows.reduce(0) { $0 + weight($1) }
        func mean(_ value: (ClassFigures) -> Double) -> Double {
            total > 0 ? rows.reduce(0) { $0 + weight($1) * value($1) } / total : .nan
        }
        return ClassFigures(
            name: name, precision: mean(\.precision), recall: mean(\.recall), f1: mean(\.f1),
            images: rows.reduce(0) { $0 + $1.images })
    }

    /// A line a class, then the means.
    public var description: String { table.text }

    /// The table as text and as HTML.
    public func mimeBundle() throws -> MIMEBundle { table.mimeBundle() }

    private var table: TextTable {
        var table = TextTable(
            columns: ["class", "precision", "recall", "F1", "images"], wordColumns: [0])
        for row in rows + [macro, weighted] {
            table.rows.append(
                [row.name] + [row.precision, row.recall, row.f1].map { formatted($0, places: 3) }
                    + [grouped(row.images)])
        }
        table.footer = ["accuracy \(formatted(accuracy))"]
        return table
    }
}

extension Evaluation {
    /// Precision, recall and F1 of every class, shown as a table.
    public var report: ClassReport {
        ClassReport(confusion: confusion, accuracy: accuracy, name: name)
    }

    /// A pair of classes, of which one was taken for the other.
    public struct Confusion: Sendable, Hashable, CustomStringConvertible {
        /// What the images are.
        public let label: String
        /// What the model took them for.
        public let predicted: String
        /// How many.
        public let count: Int

        /// The pair and how often it happened.
        public var description: String { "\(label) taken for \(predicted): \(count)" }
    }

    /// The pairs of classes that were taken for each other most often, the most frequent first.
    ///
    ///     evaluation.mostConfused(3).first?.count
    public func mostConfused(_ count: Int = 10) -> [Confusion] {
        let confusion = confusion
        return confusion.indices.flatMap { label in
            confusion[label].indices.filter { $0 != label && confusion[label][$0] > 0 }.map {
                (label: label, predicted: $0, count: confusion[label][$0])
            }
        }
        .sorted { ($1.count, $0.label, $0.predicted) < ($0.count, $1.label, $1.predicted) }
        .prefix(max(0, count))
        .map { Confusion(label: name($0.label), predicted: name($0.predicted), count: $0.count) }
    }
}
