import Hosting

extension Chart: CollectionDisplayable {
    /// The charts side by side, as drawings.
    public static func mimeBundle(of values: [(name: String, value: Chart)]) throws -> MIMEBundle {
        if values.count == 1 { return try values[0].value.mimeBundle() }
        var drawings: [String] = []
        var texts: [String] = []
        for (name, chart) in values {
            var chart = chart
            if chart.title.isEmpty { chart.title = name }
            let svg = base64(Array(try chart.svg(width: 420, height: 280).utf8))
            drawings.append(
                "<img alt=\"\(escapedHTML(chart.title))\" src=\"data:image/svg+xml;base64,\(svg)\">"
            )
            texts.append(chart.text())
        }
        var bundle = MIMEBundle(plain: texts.joined(separator: "\n\n"))
        bundle["text/html"] = .text(
            "<div style=\"display:flex;flex-wrap:wrap;gap:1em\">\(drawings.joined())</div>")
        return bundle
    }
}
