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
            drawings.append(
                try chart.inlineHTML(width: 420, height: 280, alternative: chart.title))
            texts.append(chart.text())
        }
        var bundle = MIMEBundle(plain: texts.joined(separator: "\n\n"))
        bundle["text/html"] = .text(
            "<div style=\"display:flex;flex-wrap:wrap;gap:1em\">\(drawings.joined())</div>")
        return bundle
    }
}

extension Chart {
    /// The drawing as an `<img>` that stands in HTML with other things.
    package func inlineHTML(
        width: Double = 760, height: Double, alternative: String
    ) throws -> String {
        inlineImage(
            Array(try svg(width: width, height: height).utf8), type: "image/svg+xml",
            alternative: alternative)
    }
}
