import Hosting

extension ModelDifference: CustomStringConvertible, Displayable {
    /// Both models side by side: `+` for what was added, `-` for what was removed, `~` for what
    /// changed; long runs of equal layers are left out.
    public var description: String { table.text }

    /// The table, as text and as HTML.
    public func mimeBundle() throws -> MIMEBundle { table.mimeBundle() }

    private var table: TextTable {
        var table = TextTable(
            columns: ["", kinds.before, kinds.after, "parameters", "MACs"],
            wordColumns: [0, 1, 2])
        var skipped = 0
        func skip() {
            if skipped > 0 { table.rows.append(["", "... \(skipped) equal", "", "", ""]) }
            skipped = 0
        }
        for (position, row) in rows.enumerated() {
            // One equal layer before and after a difference shows where it is.
            let near = rows[max(0, position - 1)...min(rows.count - 1, position + 1)]
            guard near.contains(where: { $0.change != .same }) else {
                skipped += 1
                continue
            }
            skip()
            table.rows.append([
                Self.signs[row.change] ?? "", Self.text(row.before), Self.text(row.after),
                Self.signed(row.parameters), Self.signed(row.multiplyAccumulates),
            ])
        }
        skip()
        table.footer = [
            "\(added.count) added, \(removed.count) removed, \(changed.count) changed, "
                + "\(rows.count - added.count - removed.count - changed.count) equal",
            "parameters \(Self.total(parameterCounts.before, parameterCounts.after))",
            "MACs \(Self.total(multiplyAccumulates.before, multiplyAccumulates.after)), input "
                + (inputs.before == inputs.after
                    ? "\(inputs.before)" : "\(inputs.before) and \(inputs.after)"),
        ]
        return table
    }

    private static let signs: [Change: String] = [.added: "+", .removed: "-", .changed: "~"]

    private static func text(_ side: Side?) -> String {
        side.map { $0.name.isEmpty ? $0.signature : "\($0.name) \($0.signature)" } ?? ""
    }

    private static func signed(_ number: Int) -> String {
        number == 0 ? "" : (number > 0 ? "+" : "") + grouped(number)
    }

    private static func total(_ before: Int, _ after: Int) -> String {
        let change = after == before ? "the same" : signed(after - before)
        return "\(grouped(before)) -> \(grouped(after)) (\(change))"
    }
}
