import Hosting
import Tensors
import Training

extension ModelSummary: CustomStringConvertible, Displayable {
    /// A line a layer, columns aligned, totals below.
    public var description: String { table.text }

    /// The table as text; as HTML a tree whose blocks fold.
    public func mimeBundle() throws -> MIMEBundle {
        var bundle = MIMEBundle(plain: description)
        bundle["text/html"] = .text(SummaryTree(self).html)
        return bundle
    }

    /// The cells of a layer with the given sums.
    func cells(_ row: Row, parameters: Int, frozen: Int, macs: Int, bytes: Int, share: Double?)
        -> [String]
    {
        var cells = [
            String(repeating: "  ", count: row.depth) + row.name, row.kind, "\(row.output)",
            parameters > 0 ? grouped(parameters) + (frozen == parameters ? " frozen" : "") : "",
            macs > 0 ? grouped(macs) : "", bytes > 0 ? bytesText(bytes) : "",
            row.receptiveField?.description ?? "",
        ]
        if isMeasured { cells.append(share.map { formatted($0 * 100, places: 1) + "%" } ?? "") }
        return cells
    }

    private var isMeasured: Bool { rows.contains { $0.timeShare != nil } }

    /// All layers with what is their own.
    var table: TextTable {
        var table = TextTable(
            columns: ["layer", "kind", "output", "parameters", "MACs", "memory", "field"]
                + (isMeasured ? ["time"] : []), wordColumns: [0, 1, 2])
        table.rows = rows.map { row in
            cells(
                row, parameters: row.parameters, frozen: row.frozen,
                macs: row.multiplyAccumulates, bytes: row.activationBytes, share: row.timeShare)
        }
        var total = "\(kind), input \(input): \(grouped(parameterCount)) parameters"
        if trainableCount < parameterCount {
            total += " (\(grouped(parameterCount - trainableCount)) frozen)"
        }
        total += ", \(grouped(multiplyAccumulates)) MACs"
        let fvcore = CostConvention.fvcore.count(cost)
        if fvcore != multiplyAccumulates { total += " (\(grouped(fvcore)) as fvcore counts)" }
        table.footer = [
            total,
            "\(bytesText(activationBytes)) of activations"
                + (receptiveField.map { ", receptive field \($0)" } ?? ""),
        ]
        return table
    }
}

/// A summary as a tree of HTML whose blocks fold without scripts: `<details>`, with lines of one
/// table's columns in letters of one width.
struct SummaryTree {
    private let summary: ModelSummary
    /// For each row, behind which row what lies inside it ends.
    private var ends: [Int] = []
    private var lines: [String] = []
    private let footer: [String]

    /// Up to this many layers are shown unfolded.
    private static let unfolded = 40

    init(_ summary: ModelSummary) {
        self.summary = summary
        let rows = summary.rows
        ends = rows.indices.map { index in
            let prefix = rows[index].name + "."
            return rows[(index + 1)...].firstIndex {
                $0.depth <= rows[index].depth || !$0.name.hasPrefix(prefix)
            } ?? rows.count
        }
        // A block's line has the sums of what lies inside it, which is seen where it is folded.
        var table = summary.table
        for index in rows.indices where ends[index] > index + 1 {
            let inner = rows[index..<ends[index]]
            table.rows[index] = summary.cells(
                rows[index], parameters: inner.reduce(0) { $0 + $1.parameters },
                frozen: inner.reduce(0) { $0 + $1.frozen },
                macs: inner.reduce(0) { $0 &+ $1.multiplyAccumulates },
                bytes: inner.reduce(0) { $0 &+ $1.activationBytes },
                share: rows[index].timeShare.map { _ in
                    inner.reduce(0) { $0 + ($1.timeShare ?? 0) }
                })
        }
        footer = table.footer
        table.footer = []
        lines = table.text.split(separator: "\n").map(String.init)
    }

    /// The tree; the heads above, the totals below.
    var html: String {
        let style = "font-family:monospace;white-space:pre;line-height:1.5"
        let body = html(of: summary.rows.indices)
        let heads = lines.prefix(2).map { Self.line($0) }.joined()
        let totals = footer.map { "<div>\(escapedHTML($0))</div>" }.joined()
        return "<div style=\"\(style);overflow-x:auto\">\(heads)\(body)\(totals)</div>"
    }

    private func html(of range: Range<Int>) -> String {
        let isOpen = summary.rows.count <= Self.unfolded
        var html = ""
        var index = range.lowerBound
        while index < range.upperBound {
            // Below heads and rule.
            let line = index + 2 < lines.count ? lines[index + 2] : ""
            if ends[index] > index + 1 {
                html +=
                    "<details\(isOpen ? " open" : "")><summary>\(escapedHTML(line))</summary>"
                    + self.html(of: index + 1..<ends[index]) + "</details>"
                index = ends[index]
            } else {
                html += Self.line(line)
                index += 1
            }
        }
        return html
    }

    /// A line that begins where one with a triangle before it does.
    private static func line(_ text: String) -> String {
        "<div style=\"padding-left:1.1em\">\(escapedHTML(text))</div>"
    }
}

/// A number of bytes: `840 B`, `24 kB`, `1.5 MB`.
private func bytesText(_ count: Int) -> String {
    for (size, unit) in [(1e9, "GB"), (1e6, "MB"), (1e3, "kB")] where Double(count) >= size {
        let value = Double(count) / size
        return "\(formatted(value, places: value < 10 ? 1 : 0)) \(unit)"
    }
    return "\(count) B"
}
