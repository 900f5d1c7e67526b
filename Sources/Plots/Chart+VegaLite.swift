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
            if !series.intervals.isEmpty { layers.append(whiskers(of: index)) }
            if !series.labels.isEmpty { layers.append(labels(of: index)) }
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
                if series.labels.indices.contains(position) {
                    row.append(("label", JSONText.string(series.labels[position])))
                }
                if series.intervals.indices.contains(position) {
                    row.append(("low", JSONText.number(series.intervals[position].lowerBound)))
                    row.append(("high", JSONText.number(series.intervals[position].upperBound)))
                }
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

    /// The layer of the intervals that a series' values may lie in.
    private func whiskers(of index: Int) -> String {
        let y = axis("low", yLabel, [("type", "\"quantitative\"")])
        return JSONText.object([
            ("mark", "{\"type\":\"rule\",\"color\":\"#333333\",\"tooltip\":true}"),
            (
                "transform",
                "[{\"filter\":\"datum.k === \(index) && isValid(datum.low)\"}]"
            ),
            (
                "encoding",
                JSONText.object(
                    across(series[index]) + [("y", y), ("y2", "{\"field\":\"high\"}")])
            ),
        ])
    }

    /// The layer of the labels beside a series' dots.
    private func labels(of index: Int) -> String {
        let y = axis("y", yLabel, [("type", "\"quantitative\""), ("scale", "{\"zero\":false}")])
        return JSONText.object([
            (
                "mark",
                "{\"type\":\"text\",\"align\":\"left\",\"dx\":7,\"fontSize\":10,\"clip\":true}"
            ),
            ("transform", "[{\"filter\":\"datum.k === \(index)\"}]"),
            (
                "encoding",
                JSONText.object(
                    across(series[index]) + [("y", y), ("text", "{\"field\":\"label\"}")])
            ),
        ])
    }

    private func encoding(of series: Series) -> String {
        var members = across(series)
        var y = [("type", "\"quantitative\"")]
        switch series.mark {
        case .line, .points: y.append(("scale", "{\"zero\":false}"))
        case .bars, .bins, .area: y.append(("stack", "null"))  // They do not add up.
        }
        if case .bins = series.mark {
            members += [("x2", "{\"field\":\"x2\"}"), ("y2", "{\"datum\":0}")]
        }
        members.append(("y", axis("y", yLabel, y)))
        members.append(("color", color))
        return JSONText.object(members)
    }

    /// Where a series' values stand: beside those of other series, or at numbers.
    private func across(_ series: Series) -> [(String, String)] {
        if series.mark == .bars {
            let extra = [("type", "\"nominal\""), ("sort", "null"), ("axis", nameAxis)]
            return [
                ("x", axis("x", xLabel, extra)),
                ("xOffset", "{\"field\":\"series\",\"sort\":null}"),
            ]
        }
        // Three epochs have no halves between them.
        let span = (series.x.max() ?? 0) - (series.x.min() ?? 0)
        let isShort = span >= 1 && span <= 10 && series.x.allSatisfy { $0 == $0.rounded() }
        let ticks = isShort ? [("axis", "{\"tickCount\":\(Int(span))}")] : []
        let scale = isXLogarithmic ? "{\"type\":\"log\",\"nice\":false}" : "{\"zero\":false}"
        let extra = [("type", "\"quantitative\""), ("scale", scale)] + ticks
        return [("x", axis("x", xLabel, extra))]
    }

    private func axis(_ field: String, _ title: String, _ extra: [(String, String)]) -> String {
        let label = title.isEmpty ? "null" : JSONText.string(title)
        return JSONText.object([("field", JSONText.string(field))] + extra + [("title", label)])
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
