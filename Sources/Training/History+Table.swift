import Hosting

extension History: CustomStringConvertible, Displayable {
    /// A line an epoch, columns aligned.
    public var description: String { table.text }

    /// The table, as text and as HTML.
    public func mimeBundle() throws -> MIMEBundle { table.mimeBundle() }

    var table: TextTable {
        let names = last.train.metrics.map(\.name)
        let validated = epochs.contains { $0.validation.isPresent }
        var table = TextTable(columns: ["epoch", "loss"] + names)
        if validated { table.columns += ["val loss"] + names.map { "val \($0)" } }
        table.columns.append("seconds")
        // Where training waits for a tenth of its time, the data is what to make faster.
        let hasWaited = epochs.reduce(0) { $0 + $1.secondsWaiting } > max(1, seconds / 10)
        if hasWaited { table.columns.append("waiting") }
        for epoch in epochs {
            var row = ["\(epoch.number)", formatted(epoch.train.loss)]
            row += names.map { formatted(epoch.train[$0]) }
            if validated {
                row.append(formatted(epoch.validation.loss))
                row += names.map { formatted(epoch.validation[$0]) }
            }
            row.append(formatted(epoch.seconds, places: 1))
            if hasWaited { row.append(formatted(epoch.secondsWaiting, places: 1)) }
            table.rows.append(row)
        }
        return table
    }
}
