import Hosting
import Training

extension ModelSummary: CustomStringConvertible, Displayable {
    /// A line a layer, columns aligned, totals below.
    public var description: String { table.text }

    /// The table, as text and as HTML.
    public func mimeBundle() throws -> MIMEBundle { table.mimeBundle() }

    private var table: TextTable {
        var table = TextTable(
            columns: ["layer", "kind", "output", "parameters", "MACs"], wordColumns: [0, 1, 2])
        table.rows = rows.map { row in
            [
                String(repeating: "  ", count: row.depth) + row.name, row.kind, "\(row.output)",
                row.parameters > 0 ? grouped(row.parameters) : "",
                row.multiplyAccumulates > 0 ? grouped(row.multiplyAccumulates) : "",
            ]
        }
        var total = "\(kind), input \(input): \(grouped(parameterCount)) parameters"
        if trainableCount < parameterCount {
            total += " (\(grouped(parameterCount - trainableCount)) frozen)"
        }
        table.footer = [total + ", \(grouped(multiplyAccumulates)) MACs"]
        return table
    }
}
