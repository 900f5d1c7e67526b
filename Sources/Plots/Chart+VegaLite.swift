extension Chart {
    /// The chart as a Vega-Lite 5 specification, one JSON object: with tooltips, and for numbers on
    /// both axes with zooming and panning.
    public var vegaLite: String {
        var members = [
            ("$schema", JSONText.string("https://vega.github.io/schema/vega-lite/v5.json")),
            ("width", "560"), ("height", "320"),
        ]
        if !title.isEmpty { members.append(("title", JSONText.string(title))) }
        members.append(("data", JSONText.object([("values", JSONText.array(rows))])))
        var layers: [String] = []
        for (index, series) in series.enumerated() {
            var layer = [("mark", mark(of: series))]
            if index == 0 && !isCategorical {
                let zoom = [
                    ("name", JSONText.string("zoom")), ("select", JSONText.string("interval")),
                    ("bind", JSONText.string("scales")),
                ]
                layer.append(("params", JSONText.array([JSONText.object(zoom)])))
            }
            layer.append(
                (
                    "transform",
                    JSONText.array([JSONText.object([("filter", "\"datum.k === \(index)\"")])])
                ))
            layer.append(("encoding", encoding(of: series)))
            layers.append(JSONText.object(layer))
        }
        members.append(("layer", JSONText.array(layers)))
        return JSONText.object(members)
    }

    /// One object a point: series number and name, place, value.
    private var rows: [String] {
        let names = categoryNames
        return series.enumerated().flatMap { index, series in
            let series = series.thinned()
            return series.x.indices.map { position -> String in
                var row = [("k", "\(index)"), ("series", JSONText.string(series.name))]
                switch series.mark {
                case .bars:
                    row.append(("x", JSONText.string(names[position])))
                case .bins(let width):
                    row.append(("x", JSONText.number(series.x[position])))
                    row.append(("x2", JSONText.number(series.x[position] + width)))
                default:
                    row.append(("x", JSONText.number(series.x[position])))
                }
                row.append(("y", JSONText.number(series.y[position])))
                return JSONText.object(row)
            }
        }
    }

    private func mark(of series: Series) -> String {
        var members: [(String, String)]
        switch series.mark {
        case .line:
            members = [("type", "\"line\"")]
            if series.x.count <= 30 { members.append(("point", "true")) }
        case .points: members = [("type", "\"circle\""), ("size", "50"), ("opacity", "0.75")]
        case .area: members = [("type", "\"area\""), ("line", "true"), ("opacity", "0.3")]
        case .bars: members = [("type", "\"bar\"")]
        case .bins:
            members = [
                ("type", "\"bar\""), ("opacity", self.series.count > 1 ? "0.6" : "1"),
                ("binSpacing", series.x.count > 100 ? "0" : "1"),
            ]
        }
        members.append(("tooltip", "true"))
        if series.mark != .bars { members.append(("clip", "true")) }  // to the frame, when zoomed
        return JSONText.object(members)
    }

    private func encoding(of series: Series) -> String {
        func axis(_ field: String, _ title: String, _ extra: [(String, String)]) -> String {
            let label = title.isEmpty ? "null" : JSONText.string(title)
            return JSONText.object([("field", JSONText.string(field))] + extra + [("title", label)])
        }
        let quantity = ("type", "\"quantitative\"")
        let scale = ("scale", JSONText.object([("zero", "false")]))
        // Three epochs have no halves between them.
        let span = (series.x.max() ?? 0) - (series.x.min() ?? 0)
        let isShort = span >= 1 && span <= 10 && series.x.allSatisfy { $0 == $0.rounded() }
        let ticks = isShort ? [("axis", "{\"tickCount\":\(Int(span))}")] : []
        let across = [quantity, scale] + ticks
        var members: [(String, String)] = []
        var yExtra = [quantity]
        // Areas of several series lie over each other; they do not add up.
        if case .area = series.mark { yExtra.append(("stack", "null")) }
        switch series.mark {
        case .bars:
            members = [
                (
                    "x",
                    axis(
                        "x", xLabel,
                        [("type", "\"nominal\""), ("sort", "null"), ("axis", nameAxis)])
                ),
                ("xOffset", JSONText.object([("field", "\"series\""), ("sort", "null")])),
            ]
            yExtra.append(("stack", "null"))
        case .bins:
            members = [
                ("x", axis("x", xLabel, across)), ("x2", "{\"field\":\"x2\"}"),
                ("y2", "{\"datum\":0}"),
            ]
            yExtra.append(("stack", "null"))
        case .line, .points:
            members = [("x", axis("x", xLabel, across))]
            yExtra.append(scale)
        case .area:
            members = [("x", axis("x", xLabel, across))]
        }
        members.append(("y", axis("y", yLabel, yExtra)))
        members.append(("color", color))
        return JSONText.object(members)
    }

    /// The axis of names: they lie where there is room for them, and lean where there is not.
    private var nameAxis: String {
        let longest = categoryNames.map(\.count).max() ?? 0
        let isWide = longest * 7 * categoryNames.count < 560
        return JSONText.object([("labelAngle", isWide ? "0" : "-40")])
    }

    /// The colours of all series, which the layers share.
    private var color: String {
        let domain = JSONText.array(series.map { JSONText.string($0.name) })
        let range = JSONText.array(series.indices.map { JSONText.string(color(of: $0)) })
        let hasNames = series.contains { !$0.name.isEmpty }
        return JSONText.object([
            ("field", "\"series\""), ("type", "\"nominal\""),
            ("scale", JSONText.object([("domain", domain), ("range", range)])),
            ("legend", hasNames ? "{\"title\":null}" : "null"),
        ])
    }
}
