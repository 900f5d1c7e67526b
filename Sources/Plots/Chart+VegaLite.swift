extension Chart {
    /// The chart as a Vega-Lite 5 specification, one JSON object: with tooltips, and for numbers on
    /// both axes with zooming and panning; without a ground of its own, in colours that are read on
    /// light and dark pages.
    public var vegaLite: String {
        var members = [
            ("$schema", JSONText.string("https://vega.github.io/schema/vega-lite/v5.json")),
            ("width", "560"), ("height", "320"),
        ]
        if !title.isEmpty { members.append(("title", JSONText.string(title))) }
        var parts: [VegaLayer] = []
        for (index, series) in series.enumerated() {
            switch series.mark {
            case .boxes(let boxes): parts += layers(boxes, ofSeries: index)
            case .cells(let grid): parts += layers(grid, ofSeries: index)
            case .contours(let grid, let levels):
                parts += layers(grid, levels: levels, ofSeries: index)
            case .pictures(let pictures, let columns):
                parts += layers(pictures, columns: columns, ofSeries: index)
            default: parts += layers(ofSeries: index)
            }
        }
        if !isCategorical && !isGallery, !parts.isEmpty {
            let zoom = [
                ("name", JSONText.string("zoom")), ("select", JSONText.string("interval")),
                ("bind", JSONText.string("scales")),
            ]
            parts[0].members.insert(("params", JSONText.array([JSONText.object(zoom)])), at: 1)
        }
        let rows = parts.flatMap(\.rows)
        members.append(("data", JSONText.object([("values", JSONText.array(rows))])))
        members.append(("layer", JSONText.array(parts.map { JSONText.object($0.members) })))
        if series.contains(where: \.hasColorsOfItsOwn) {
            members.append(("resolve", "{\"scale\":{\"color\":\"independent\"}}"))
        }
        members.append(("background", "\"transparent\""))
        members.append(("config", Self.config))
        return JSONText.object(members)
    }

    /// Letters and lines that are read on light and on dark pages.
    private static let config: String = {
        let grey = JSONText.string(Theme.grey)
        func parts(_ names: String...) -> String { JSONText.object(names.map { ($0, grey) }) }
        return JSONText.object([
            (
                "axis",
                JSONText.object([
                    ("labelColor", grey), ("titleColor", grey), ("domainColor", grey),
                    ("tickColor", grey), ("gridColor", grey), ("gridOpacity", "0.25"),
                ])
            ),
            ("legend", parts("labelColor", "titleColor")), ("title", parts("color")),
            ("text", parts("color")), ("view", "{\"stroke\":\"transparent\"}"),
        ])
    }()

    /// The layers of a series of points: the marks, whiskers and labels.
    private func layers(ofSeries index: Int) -> [VegaLayer] {
        let series = series[index]
        var layers = [
            VegaLayer(
                index, mark: mark(ofSeries: index), encoding: encoding(of: series),
                rows: rows(ofSeries: index))
        ]
        if !series.intervals.isEmpty { layers.append(whiskers(of: index)) }
        if !series.labels.isEmpty { layers.append(labels(of: index)) }
        return layers
    }

    /// One object a point: series number and name, place, value.
    private func rows(ofSeries index: Int) -> [String] {
        let names = categoryNames
        let series = shown(index)
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

    private func mark(ofSeries index: Int) -> String {
        let series = series[index]
        var members: [(String, String)]
        switch series.mark {
        case .points:
            members =
                hasShapes ? [("type", "\"point\""), ("filled", "true")] : [("type", "\"circle\"")]
            members += [("size", "50"), ("opacity", "0.75")]
        case .area: members = [("type", "\"area\""), ("line", "true"), ("opacity", "0.3")]
        case .bars: members = [("type", "\"bar\"")]
        case .bins:
            members = [
                ("type", "\"bar\""), ("opacity", self.series.count > 1 ? "0.6" : "1"),
                ("binSpacing", series.x.count > 100 ? "0" : "1"),
            ]
        default:
            members = [("type", "\"line\"")]
            if series.x.count <= 30 { members.append(("point", "true")) }
            if repeatsColor(index) { members.append(("strokeDash", "[6,3]")) }
        }
        members.append(("tooltip", "true"))
        if series.mark != .bars { members.append(("clip", "true")) }  // to the frame, when zoomed
        return JSONText.object(members)
    }

    /// The layer of the intervals that a series' values may lie in.
    private func whiskers(of index: Int) -> VegaLayer {
        let y = axis("low", yLabel, [("type", "\"quantitative\"")] + logarithm)
        return VegaLayer(
            index,
            mark: "{\"type\":\"rule\",\"color\":\"\(Theme.grey)\",\"tooltip\":true}",
            encoding: across(series[index]) + [("y", y), ("y2", "{\"field\":\"high\"}")],
            rows: [], where: " && isValid(datum.low)")
    }

    /// The layer of the labels beside a series' dots.
    private func labels(of index: Int) -> VegaLayer {
        let y = axis("y", yLabel, [("type", "\"quantitative\""), ("scale", yScaleText)])
        return VegaLayer(
            index,
            mark: "{\"type\":\"text\",\"align\":\"left\",\"dx\":7,\"fontSize\":10,\"clip\":true}",
            encoding: across(series[index]) + [("y", y), ("text", "{\"field\":\"label\"}")],
            rows: [])
    }

    private var yScaleText: String {
        isYLogarithmic ? "{\"type\":\"log\",\"nice\":false}" : "{\"zero\":false}"
    }

    private var logarithm: [(String, String)] { isYLogarithmic ? [("scale", yScaleText)] : [] }

    private func encoding(of series: Series) -> [(String, String)] {
        var members = across(series)
        var y = [("type", "\"quantitative\"")]
        switch series.mark {
        case .bars, .bins, .area:
            y.append(("stack", "null"))  // They do not add up.
            y += logarithm
        default: y.append(("scale", yScaleText))
        }
        // Bars on an axis of ratios stand on its lower end.
        let ground = isYLogarithmic ? JSONText.number(scales().y.low) : "0"
        if case .bins = series.mark {
            members += [("x2", "{\"field\":\"x2\"}"), ("y2", "{\"datum\":\(ground)}")]
        } else if isYLogarithmic, series.mark == .bars || series.mark == .area {
            members.append(("y2", "{\"datum\":\(ground)}"))
        }
        members.append(("y", axis("y", yLabel, y)))
        members.append(("color", color))
        if series.mark == .points, hasShapes { members.append(("shape", shape)) }
        return members
    }

    /// Where a series' values stand: beside those of other series, or at numbers.
    func across(_ series: Series) -> [(String, String)] {
        if series.categoryCount > 0 || series.mark == .bars {
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

    func axis(_ field: String, _ title: String, _ extra: [(String, String)]) -> String {
        let label = title.isEmpty ? "null" : JSONText.string(title)
        return JSONText.object([("field", JSONText.string(field))] + extra + [("title", label)])
    }

    /// The axis of names: they lie where there is room for them, and lean where there is not.
    var nameAxis: String {
        let longest = categoryNames.map(\.count).max() ?? 0
        let isWide = longest * 7 * categoryNames.count < 560
        return JSONText.object([("labelAngle", isWide ? "0" : "-40"), ("labelOverlap", "true")])
    }

    /// The colours of all series, which the layers share.
    var color: String { bySeries { color(of: $0) } }

    /// Whether some dots need a shape beside their colour.
    private var hasShapes: Bool {
        series.indices.contains { series[$0].mark == .points && repeatsColor($0) }
    }

    /// The shapes of all series of dots, in one legend with their colours.
    private var shape: String { bySeries { repeatsColor($0) ? "diamond" : "circle" } }

    /// What tells series apart, each by its own value.
    private func bySeries(_ value: (Int) -> String) -> String {
        let domain = JSONText.array(series.map { JSONText.string($0.name) })
        let range = JSONText.array(series.indices.map { JSONText.string(value($0)) })
        let hasNames = series.contains { !$0.name.isEmpty }
        return JSONText.object([
            ("field", "\"series\""), ("type", "\"nominal\""),
            ("scale", JSONText.object([("domain", domain), ("range", range)])),
            ("legend", hasNames ? "{\"title\":null}" : "null"),
        ])
    }
}

/// One layer of a specification, and the rows of the data that only it brings.
struct VegaLayer {
    var members: [(String, String)]
    let rows: [String]

    /// A layer of the rows whose `k` is `key`, and that fulfil a condition beside that.
    init(
        _ key: Int, mark: String, encoding: [(String, String)], rows: [String],
        where condition: String = "", part: String? = nil
    ) {
        let part = part.map { " && datum.part === '\($0)'" } ?? ""
        let filter = JSONText.object([("filter", "\"datum.k === \(key)\(part)\(condition)\"")])
        members = [
            ("mark", mark), ("transform", JSONText.array([filter])),
            ("encoding", JSONText.object(encoding)),
        ]
        self.rows = rows
    }
}
