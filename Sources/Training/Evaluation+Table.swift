import Hosting
import Plots

extension Evaluation: CustomStringConvertible, Displayable {
    /// Accuracy and loss, then a line a class: how many images, how many right, and what the others
    /// were most often taken for.
    public var description: String { table.text }

    /// The table as text, and as HTML with the confusion matrix below.
    public func mimeBundle() throws -> MIMEBundle {
        table.mimeBundle(below: try confusionHTML())
    }

    private var table: TextTable {
        var table = TextTable(
            columns: ["class", "images", "right", "share", "most often taken for"],
            wordColumns: [0, 4])
        for (label, row) in confusion.enumerated() {
            let images = row.reduce(0, +)
            guard images > 0 else { continue }
            let wrong = row.indices.filter { $0 != label && row[$0] > 0 }
                .max { (row[$0], $1) < (row[$1], $0) }
            table.rows.append([
                name(label), "\(images)", "\(row[label])",
                formatted(Double(row[label]) / Double(images), places: 3),
                wrong.map { "\(name($0)) (\(row[$0]))" } ?? "",
            ])
        }
        table.footer = [
            "accuracy \(formatted(accuracy)), loss \(formatted(loss)), \(grouped(count)) images"
        ]
        return table
    }

    /// More classes than these make a matrix that cannot be read beside a table.
    private static let shownClasses = 30

    private func confusionHTML() throws -> String {
        let classes = confusion.count
        guard classes <= Self.shownClasses else { return "" }
        let side = Double(max(240, min(640, 140 + 34 * classes)))
        return try plot().inlineHTML(
            width: side + 120, height: side, alternative: "label by what it was taken for")
    }
}

extension Evaluation {
    /// How often each class was taken for each, as a heat map.
    ///
    ///     evaluate(model, on: data.test).plot()
    public func plot() -> Chart {
        let confusion = confusion
        return Chart.confusionMatrix(
            confusion, classes: confusion.indices.map(name),
            title: "Accuracy \(formatted(accuracy)) of \(grouped(count))")
    }
}
