import Glibc

/// A table of text that a terminal shows aligned and a notebook as HTML.
package struct TextTable: Sendable {
    package var columns: [String]
    package var rows: [[String]] = []
    /// Lines below the table.
    package var footer: [String] = []
    /// Columns of words, which stand on the left; figures stand on the right.
    package var wordColumns: Set<Int> = []

    package init(columns: [String], wordColumns: Set<Int> = []) {
        self.columns = columns
        self.wordColumns = wordColumns
    }

    /// Columns two spaces apart, a rule under their heads.
    package var text: String {
        let widths = columns.indices.map { column in
            ([columns] + rows).map { $0[column].count }.max() ?? 0
        }
        func line(_ cells: [String]) -> String {
            let padded = cells.enumerated().map { column, cell in
                let space = String(repeating: " ", count: widths[column] - cell.count)
                return wordColumns.contains(column) ? cell + space : space + cell
            }
            let joined = padded.joined(separator: "  ")
            return String(joined.reversed().drop { $0 == " " }.reversed())
        }
        let rule = widths.map { String(repeating: "\u{2500}", count: $0) }.joined(separator: "  ")
        return ([line(columns), rule] + rows.map(line) + footer).joined(separator: "\n")
    }

    /// A `<table>` with the footer as its caption below.
    package var html: String {
        func cells(_ cells: [String], _ tag: String) -> String {
            cells.enumerated().map { column, cell in
                let side = wordColumns.contains(column) ? "left" : "right"
                // A sentence takes several lines, so that the page need not be scrolled sideways.
                let space = cell.count > 48 ? "pre-wrap;min-width:20em" : "pre"
                return "<\(tag) style=\"text-align:\(side);white-space:\(space)\">"
                    + "\(escapedHTML(cell))</\(tag)>"
            }.joined()
        }
        var html = "<table><thead><tr>\(cells(columns, "th"))</tr></thead><tbody>"
        for row in rows { html += "<tr>\(cells(row, "td"))</tr>" }
        html += "</tbody></table>"
        if !footer.isEmpty {
            html += "<div>\(footer.map(escapedHTML).joined(separator: "<br>"))</div>"
        }
        return html
    }

    /// The table as text, or `plain` in its place, and as HTML, with more HTML below it.
    package func mimeBundle(plain: String? = nil, below more: String = "") -> MIMEBundle {
        var bundle = MIMEBundle(plain: plain ?? text)
        bundle["text/html"] = .text(html + more)
        return bundle
    }
}

/// A number with a fixed count of decimals; `nan` and `inf` as Swift prints them.
package func formatted(_ value: Double, places: Int = 4) -> String {
    guard value.isFinite else { return "\(value)" }
    let scale = (0..<places).reduce(1.0) { scale, _ in scale * 10 }
    guard abs(value) < 1e15 / scale else { return "\(value)" }
    let scaled = Int((abs(value) * scale).rounded())
    let sign = value < 0 && scaled > 0 ? "-" : ""
    guard places > 0 else { return "\(sign)\(scaled)" }
    let digits = String(scaled % Int(scale))
    let zeros = String(repeating: "0", count: places - digits.count)
    return "\(sign)\(scaled / Int(scale)).\(zeros)\(digits)"
}

/// A number with at most four significant digits, in powers of ten where it is very large or small:
/// `0.25`, `-1.4e-5`.
package func shortNumber(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return value == 0 ? "0" : "\(value)" }
    let exponent = Int(log10(abs(value)).rounded(.down))
    func trimmed(_ text: String) -> String {
        guard text.contains(".") else { return text }
        let zeros = text.reversed().prefix { $0 == "0" }.count
        let text = text.dropLast(zeros)
        return String(text.last == "." ? text.dropLast() : text)
    }
    if exponent < -4 || exponent > 6 {
        let mantissa = value / pow(10, Double(exponent))
        guard mantissa.isFinite else { return "\(value)" }
        return trimmed(formatted(mantissa, places: 2)) + "e\(exponent)"
    }
    return trimmed(formatted(value, places: max(0, 3 - exponent)))
}

/// A whole number with commas between thousands: `61,706`.
package func grouped(_ value: Int) -> String {
    var digits = String(value.magnitude)
    var groups: [String] = []
    while digits.count > 3 {
        groups.insert(String(digits.suffix(3)), at: 0)
        digits.removeLast(3)
    }
    return (value < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
}

/// Text that HTML shows as it stands.
package func escapedHTML(_ text: String) -> String {
    var escaped = ""
    for character in text {
        switch character {
        case "&": escaped += "&amp;"
        case "<": escaped += "&lt;"
        case ">": escaped += "&gt;"
        case "\"": escaped += "&quot;"
        default: escaped.append(character)
        }
    }
    return escaped
}
