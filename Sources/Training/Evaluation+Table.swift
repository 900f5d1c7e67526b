import Hosting
import VisionData

extension Evaluation: CustomStringConvertible, Displayable {
    /// Accuracy and loss, then a line a class: how many images, how many right, and what the others
    /// were most often taken for.
    public var description: String { table.text }

    /// The table as text, and as HTML with the confusion matrix below.
    public func mimeBundle() throws -> MIMEBundle { table.mimeBundle(below: confusionHTML) }

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

    /// The confusion matrix with darker cells for more images; empty for too many classes.
    private var confusionHTML: String {
        let confusion = confusion
        guard confusion.count <= ConfusionMatrix.shownClasses else { return "" }
        return ConfusionMatrix.html(
            confusion, names: confusion.indices.map(name),
            caption: "label (row) taken for class (column)")
    }
}
