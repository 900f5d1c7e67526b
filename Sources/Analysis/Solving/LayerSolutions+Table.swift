import Hosting
import NeuralNetworks

extension LayerSolutions: CustomStringConvertible, Displayable {
    /// How many lines are shown.
    private static let shown = 12

    /// A line a solution, the simplest first; the first dozen.
    public var description: String { table.text }

    /// The table, as text and as HTML.
    public func mimeBundle() throws -> MIMEBundle { table.mimeBundle() }

    private var table: TextTable {
        var table = TextTable(columns: ["", "layer", "parameters"], wordColumns: [1])
        for position in all.indices.prefix(Self.shown) {
            guard let layer = try? self[position] else { continue }
            table.rows.append([
                "\(position)", layer.signature,
                layer.parameterCount > 0 ? grouped(layer.parameterCount) : "",
            ])
        }
        if count > Self.shown { table.footer.append("and \(count - Self.shown) more") }
        let question = "\(asked) from \(from) to \(to)"
        table.footer.append(
            count == 0 ? "no solution: \(question)" : "\(count) solutions: \(question)")
        return table
    }
}
