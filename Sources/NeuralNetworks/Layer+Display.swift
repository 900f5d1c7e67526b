import Hosting

extension Layer {
    /// The layer as one writes it, and for one with layers inside a table: each layer with its
    /// parameters, and below it how many there are.
    public func mimeBundle() throws -> MIMEBundle {
        var bundle = MIMEBundle(plain: description)
        guard !children.isEmpty else { return bundle }
        var table = TextTable(columns: ["name", "layer", "parameters"], wordColumns: [0, 1])
        addRows(to: &table, prefix: "", depth: 0)
        let weights = namedWeights.map(\.parameter)
        let trainable = weights.reduce(0) { $0 + ($1.isTrainable ? $1.count : 0) }
        var footer = "\(kind): \(grouped(parameterCount)) parameters"
        if trainable < parameterCount { footer += ", \(grouped(trainable)) of them trainable" }
        table.footer = [footer]
        bundle["text/html"] = .text(table.html)
        return bundle
    }

    private func addRows(to table: inout TextTable, prefix: String, depth: Int) {
        for (name, layer) in children {
            let count = layer.parameterCount
            table.rows.append([
                String(repeating: "  ", count: depth) + prefix + name, layer.signature,
                count > 0 ? grouped(count) : "",
            ])
            layer.addRows(to: &table, prefix: "\(prefix)\(name).", depth: depth + 1)
        }
    }
}
