import Hosting

/// Boxes, grids and pictures as layers of a Vega-Lite specification.
extension Chart {
    /// The whiskers, the boxes, the medians and the outliers.
    func layers(_ boxes: [Box], ofSeries index: Int) -> [VegaLayer] {
        let names = categoryNames
        let start = [("k", "\(index)"), ("series", JSONText.string(series[index].name))]
        let rows = boxes.enumerated().flatMap { position, box -> [String] in
            let place = start + [("x", JSONText.string(names[position]))]
            let figures = [
                ("low", box.low), ("lower quartile", box.lowerQuartile), ("median", box.median),
                ("upper quartile", box.upperQuartile), ("high", box.high),
            ].map { ($0.0, JSONText.number($0.1)) }
            return [JSONText.object(place + [("part", "\"box\"")] + figures)]
                + box.outliers.map {
                    JSONText.object(place + [("part", "\"dot\""), ("y", JSONText.number($0))])
                }
        }
        let scale = isYLogarithmic ? "{\"type\":\"log\"}" : "{\"zero\":false}"
        func layer(
            _ mark: String, _ low: String, _ high: String?, _ part: String = "box",
            _ rows: [String] = []
        ) -> VegaLayer {
            var encoding = across(series[index])
            encoding.append(
                ("y", axis(low, yLabel, [("type", "\"quantitative\""), ("scale", scale)])))
            if let high { encoding.append(("y2", "{\"field\":\"\(high)\"}")) }
            encoding.append(("color", color))
            return VegaLayer(index, mark: mark, encoding: encoding, rows: rows, part: part)
        }
        return [
            layer("{\"type\":\"rule\",\"tooltip\":true}", "low", "high", "box", rows),
            layer(
                "{\"type\":\"bar\",\"size\":28,\"opacity\":0.55,"
                    + "\"tooltip\":{\"content\":\"data\"}}",
                "lower quartile", "upper quartile"),
            layer("{\"type\":\"tick\",\"size\":28,\"thickness\":2.5}", "median", nil),
            layer("{\"type\":\"circle\",\"tooltip\":true}", "y", nil, "dot"),
        ]
    }

    /// The cells, and what stands in them.
    func layers(_ grid: Grid, ofSeries index: Int) -> [VegaLayer] {
        guard let heat, grid.columnCount > 0 else { return [] }
        let shown = grid.thinned(to: 64)
        let isWhole = shown == grid
        let (x, y) = (shown.columnEdges, shown.rowEdges)
        let (columnNames, rowNames) = (categoryNames, namedRows)
        var rows: [String] = []
        for (row, values) in shown.values.enumerated() {
            for (column, value) in values.enumerated() {
                var cell = [("k", "\(index)"), ("value", JSONText.number(value))]
                if grid.isMatrix {
                    // A grid that had too many names counts its blocks.
                    let (name, place) =
                        isWhole
                        ? (rowNames[row], columnNames[column])
                        : (
                            "\(row * grid.values.count / shown.values.count)",
                            "\(column * grid.columnCount / shown.columnCount)"
                        )
                    cell += [("row", JSONText.string(name)), ("x", JSONText.string(place))]
                } else {
                    cell += [
                        ("x", JSONText.number(x[column])), ("x2", JSONText.number(x[column + 1])),
                        ("y", JSONText.number(y[row])), ("y2", JSONText.number(y[row + 1])),
                    ]
                }
                let label = isWhole ? grid.label(row, column) : ""
                if !label.isEmpty {
                    cell += [
                        ("label", JSONText.string(label)),
                        ("ink", JSONText.string(heat.inkOver(value))),
                    ]
                }
                rows.append(JSONText.object(cell))
            }
        }
        let places = grid.isMatrix ? namedPlaces : numberedPlaces
        var layers = [
            VegaLayer(
                index, mark: "{\"type\":\"rect\",\"tooltip\":{\"content\":\"data\"},\"clip\":true}",
                encoding: places + [
                    ("color", heatColor(heat, "value")),
                    // Over the edges of its neighbours, between which the page would shine through.
                    ("stroke", heatColor(heat, "value", hasLegend: false)),
                ], rows: rows)
        ]
        if grid.isMatrix, isWhole, !grid.labels.isEmpty {
            layers.append(
                VegaLayer(
                    index, mark: "{\"type\":\"text\",\"fontSize\":11}",
                    encoding: places + [
                        ("text", "{\"field\":\"label\"}"),
                        ("color", "{\"field\":\"ink\",\"type\":\"nominal\",\"scale\":null}"),
                    ], rows: []))
        }
        return layers
    }

    private var namedPlaces: [(String, String)] {
        let extra = [("type", "\"nominal\""), ("sort", "null")]
        return [
            ("x", axis("x", xLabel, extra + [("axis", nameAxis)])),
            ("y", axis("row", yLabel, extra + [("axis", "{\"labelOverlap\":true}")])),
        ]
    }

    private var numberedPlaces: [(String, String)] {
        let (x, y) = scales()
        func place(_ field: String, _ title: String, _ scale: AxisScale) -> String {
            let domain = JSONText.array([scale.low, scale.high].map(JSONText.number))
            return axis(
                field, title,
                [
                    ("type", "\"quantitative\""),
                    ("scale", "{\"domain\":\(domain),\"nice\":false,\"zero\":false}"),
                ])
        }
        return [
            ("x", place("x", xLabel, x)), ("x2", "{\"field\":\"x2\"}"),
            ("y", place("y", yLabel, y)), ("y2", "{\"field\":\"y2\"}"),
        ]
    }

    private func heatColor(
        _ heat: HeatColors, _ field: String, hasLegend: Bool = true
    ) -> String {
        let domain = JSONText.array([heat.low, heat.high].map(JSONText.number))
        let range = JSONText.array(heat.anchorHexes.map(JSONText.string))
        return JSONText.object([
            ("field", JSONText.string(field)), ("type", "\"quantitative\""),
            ("scale", "{\"domain\":\(domain),\"range\":\(range),\"interpolate\":\"rgb\"}"),
            ("legend", hasLegend ? "{\"title\":null}" : "null"),
        ])
    }

    /// The lines of equal height, coloured by their levels unless they lie on the cells themselves.
    func layers(_ grid: Grid, levels: [Double], ofSeries index: Int) -> [VegaLayer] {
        guard let heat else { return [] }
        let contours = ContourLines(grid)
        let isOverCells = series.contains { if case .cells = $0.mark { true } else { false } }
        var rows: [String] = []
        var piece = 0
        for level in levels {
            for line in contours.lines(at: level) {
                piece += 1
                for (order, point) in line.enumerated() {
                    rows.append(
                        JSONText.object([
                            ("k", "\(index)"), ("x", JSONText.number(point.x)),
                            ("y", JSONText.number(point.y)), ("level", JSONText.number(level)),
                            ("piece", "\(piece)"), ("order", "\(order)"),
                            ("ink", JSONText.string(heat.inkOver(level))),
                        ]))
                }
            }
        }
        let places = numberedPlaces.filter { $0.0 == "x" || $0.0 == "y" }
        let color =
            isOverCells
            ? "{\"field\":\"ink\",\"type\":\"nominal\",\"scale\":null}" : heatColor(heat, "level")
        return [
            VegaLayer(
                index,
                mark: "{\"type\":\"line\",\"strokeWidth\":1.2,\"tooltip\":true,\"clip\":true}",
                encoding: places + [
                    ("detail", "{\"field\":\"piece\",\"type\":\"nominal\"}"),
                    ("order", "{\"field\":\"order\",\"type\":\"quantitative\"}"),
                    ("color", color),
                    (
                        "tooltip", "{\"field\":\"level\",\"type\":\"quantitative\"}"
                    ),
                ], rows: rows)
        ]
    }

    /// The pictures in their places, with their labels.
    func layers(_ pictures: [Picture], columns: Int, ofSeries index: Int) -> [VegaLayer] {
        let rows = max(1, (pictures.count + columns - 1) / columns)
        let side = (width: 560 / columns - 8, height: 320 / rows - 20)
        let labels = series[index].labels
        let cells = pictures.enumerated().compactMap { position, picture -> String? in
            guard let file = picture.png else { return nil }
            return JSONText.object([
                ("k", "\(index)"), ("x", "\(position % columns)"), ("y", "\(position / columns)"),
                ("url", JSONText.string("data:image/png;base64," + base64(file))),
                (
                    "label",
                    JSONText.string(labels.indices.contains(position) ? labels[position] : "")
                ),
            ])
        }
        func place(_ field: String, _ count: Int, isReversed: Bool) -> String {
            "{\"field\":\"\(field)\",\"type\":\"quantitative\",\"axis\":null,\"scale\":{\"domain\":"
                + "[-0.5,\(Double(count) - 0.5)],\"nice\":false,\"reverse\":\(isReversed)}}"
        }
        let places = [
            ("x", place("x", columns, isReversed: false)),
            ("y", place("y", rows, isReversed: true)),
        ]
        return [
            VegaLayer(
                index,
                mark: "{\"type\":\"image\",\"width\":\(max(4, side.width)),"
                    + "\"height\":\(max(4, side.height)),\"aspect\":true,\"smooth\":false}",
                encoding: places + [("url", "{\"field\":\"url\",\"type\":\"nominal\"}")],
                rows: cells),
            VegaLayer(
                index,
                mark: "{\"type\":\"text\",\"fontSize\":11,\"dy\":\(max(4, side.height) / 2 + 8)}",
                encoding: places + [("text", "{\"field\":\"label\"}")], rows: []),
        ]
    }
}

extension Chart.Series {
    /// Whether its colours are numbers or stand in its data, and not the chart's for its name.
    var hasColorsOfItsOwn: Bool {
        switch mark {
        case .cells, .contours: true
        default: false
        }
    }
}

extension Chart.Picture {
    /// The picture as a PNG file; `nil` where there is no room for it.
    var png: [UInt8]? {
        guard
            let canvas = try? CairoCanvas(
                width: Double(width), height: Double(height), kind: .png(scale: 1))
        else { return nil }
        canvas.draw(self, x: 0, y: 0, width: Double(width), height: Double(height))
        return try? canvas.finish()
    }
}
