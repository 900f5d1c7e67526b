import Hosting
import Tensors

extension ModelShapes: CustomStringConvertible, Displayable {
    /// A line a layer with its formulas; what inputs the model takes below.
    public var description: String { table.text }

    /// The table, as text and as HTML.
    public func mimeBundle() throws -> MIMEBundle { table.mimeBundle() }

    private var table: TextTable {
        var table = TextTable(
            columns: [
                "layer", "kind", "output", "at \(example.map(String.init).joined(separator: "x"))",
            ],
            wordColumns: [0, 1, 2, 3])
        table.rows = rows.map { row in
            [
                String(repeating: "  ", count: row.depth) + row.name, row.kind,
                row.output.map { "\($0)" } ?? "not known", "\(row.exampleOutput)",
            ]
        }
        table.footer = ["\(kind), input \(input)"]
        if !conditions.isEmpty {
            table.footer.append(
                "takes " + conditions.prefix(4).map(\.description).joined(separator: "; "))
        }
        if conditions.count > 4 {
            table.footer.append("and \(conditions.count - 4) more conditions")
        }
        if let smallest {
            table.footer.append("smallest input \(written(smallest))")
        }
        if let refusal {
            let layer = refusal.layer.isEmpty ? "" : " \(refusal.layer)"
            table.footer.append(
                "\(written(refusal.input)) fails at \(refusal.signature)\(layer): \(refusal.reason)"
            )
        }
        return table
    }

    private func written(_ shape: [Int]) -> String {
        shape.map(String.init).joined(separator: "x")
    }
}
