extension Chart {
    /// The chart as an SVG document, 640x400 points on any ground unless told otherwise.
    ///
    /// Throws where the size is not that of a picture.
    public func svg(
        width: Double = 640, height: Double = 400, theme: Theme = .adaptive
    ) throws -> String {
        try [self].svg(width: width, height: height, theme: theme)
    }

    /// The chart as a PNG file on white, with `scale` pixels a point, unless told otherwise.
    ///
    /// Throws where the size is not that of a picture.
    public func png(
        width: Double = 640, height: Double = 400, scale: Double = 2, theme: Theme = .light
    ) throws -> [UInt8] {
        let canvas = try CairoCanvas(width: width, height: height, kind: .png(scale: scale))
        ChartPainter(chart: self, canvas: canvas, theme: theme).paint()
        return try canvas.finish()
    }
}

extension [Chart] {
    /// The charts side by side as one SVG document, each of the given size.
    package func svg(
        width: Double, height: Double, theme: Chart.Theme = .adaptive
    ) throws -> String {
        let canvas = try CairoCanvas(
            width: width * Double(Swift.max(1, count)), height: height, kind: .svg)
        for (index, chart) in enumerated() {
            canvas.panel(x: width * Double(index), y: 0, width: width, height: height) {
                ChartPainter(chart: chart, canvas: canvas, theme: theme).paint()
            }
        }
        return SVGDocument.withOwnIdentifiers(String(decoding: try canvas.finish(), as: UTF8.self))
    }
}

/// Draws one chart on one canvas.
struct ChartPainter {
    let chart: Chart
    let canvas: CairoCanvas
    let theme: Chart.Theme
    let xScale: AxisScale
    let yScale: AxisScale

    init(chart: Chart, canvas: CairoCanvas, theme: Chart.Theme) {
        self.chart = chart
        self.canvas = canvas
        self.theme = theme
        (xScale, yScale) = chart.scales()
    }

    /// The rectangle of the data.
    struct Frame {
        var left: Double
        var top: Double
        var right: Double
        var bottom: Double
        var width: Double { right - left }
        var height: Double { bottom - top }
    }

    func paint() {
        if let ground = theme.ground {
            canvas.setColor(ground)
            canvas.fillRectangle(x: 0, y: 0, width: canvas.width, height: canvas.height)
        }
        var frame = Frame(left: 16, top: 14, right: canvas.width - 18, bottom: canvas.height - 10)
        if !chart.title.isEmpty { frame.top += 26 }
        if chart.isGallery {
            frame.top = paintLegend(in: frame)
            for series in chart.series { paintPictures(of: series, in: frame) }
            return
        }
        canvas.setFont(size: 11)
        let rows = chart.namedRows
        let ticks = rows.isEmpty ? yScale.ticks.map(yScale.text) : rows
        let tickWidth = min(120, ticks.map { canvas.measure($0) }.max() ?? 0)
        frame.left += tickWidth + (chart.yLabel.isEmpty ? 0 : 20)
        frame.right -= heatBarWidth
        let labels = chart.categoryNames
        let slot = frame.width / Double(max(1, labels.count))
        let isUpward = labels.contains { canvas.measure($0) > slot - 4 }
        let longest = labels.map { canvas.measure($0) }.max() ?? 0
        frame.bottom -=
            16 + (chart.xLabel.isEmpty ? 0 : 18) + (isUpward ? min(longest, 90) - 8 : 0)
        frame.top = paintLegend(in: frame)

        paintAxes(in: frame, isUpward: isUpward)
        canvas.clipped(
            x: frame.left - 4, y: frame.top - 4, width: frame.width + 8, height: frame.height + 8
        ) {
            for index in chart.series.indices { paint(series: index, in: frame) }
            for index in chart.series.indices { paintIntervals(ofSeries: index, in: frame) }
            paintLabels(in: frame)
        }
        paintHeatBar(in: frame)
        canvas.setColor(theme.ink, opacity: 0.7)
        canvas.stroke([(frame.left, frame.bottom), (frame.right, frame.bottom)], width: 1)
    }

    /// Title and legend above the data; returns where the data may begin.
    private func paintLegend(in frame: Frame) -> Double {
        var top = frame.top
        if !chart.title.isEmpty {
            canvas.setColor(theme.ink)
            canvas.setFont(size: 14, isBold: true)
            canvas.write(
                canvas.shortened(chart.title, to: frame.width), x: (frame.left + frame.right) / 2,
                y: top - 10, anchor: .middle)
        }
        canvas.setFont(size: 11)
        var x = frame.left
        var isEmpty = true
        for (index, series) in chart.series.enumerated() where !series.name.isEmpty {
            let name = canvas.shortened(series.name, to: 160)
            let width = 18 + canvas.measure(name) + 16
            if x + width > frame.right && !isEmpty {
                x = frame.left
                top += 16
            }
            canvas.setColor(chart.color(of: index))
            if series.mark == .line {
                canvas.stroke(
                    [(x, top + 4), (x + 13, top + 4)], width: 2.5,
                    isDashed: chart.repeatsColor(index))
            } else if series.mark == .points {
                dot(x + 6, top + 4, radius: 4.5, ofSeries: index)
            } else {
                canvas.fillRectangle(x: x + 1, y: top - 1, width: 10, height: 10)
            }
            canvas.setColor(theme.ink)
            canvas.write(name, x: x + 18, y: top + 8)
            x += width
            isEmpty = false
        }
        return isEmpty ? top : top + 20
    }

    private func paintAxes(in frame: Frame, isUpward: Bool) {
        canvas.setFont(size: 11)
        let rows = chart.namedRows
        if rows.isEmpty {
            for tick in yScale.ticks {
                let y = frame.bottom - yScale.position(tick) * frame.height
                canvas.setColor(theme.faint.color, opacity: theme.faint.opacity)
                canvas.stroke([(frame.left, y), (frame.right, y)], width: 1)
                canvas.setColor(theme.ink)
                canvas.write(yScale.text(tick), x: frame.left - 7, y: y + 4, anchor: .end)
            }
        } else {
            canvas.setColor(theme.ink)
            let slot = frame.height / Double(rows.count)
            for (index, name) in rows.enumerated() where isNamed(index, of: rows.count, slot) {
                canvas.write(
                    canvas.shortened(name, to: 120), x: frame.left - 7,
                    y: frame.top + (Double(index) + 0.5) * slot + 4, anchor: .end)
            }
        }
        canvas.setColor(theme.ink)
        if chart.isCategorical {
            let names = chart.categoryNames
            let slot = frame.width / Double(max(1, names.count))
            for (index, name) in names.enumerated() {
                let x = frame.left + (Double(index) + 0.5) * slot
                if !isUpward {
                    canvas.write(name, x: x, y: frame.bottom + 16, anchor: .middle)
                } else if isNamed(index, of: names.count, slot) {
                    canvas.write(
                        canvas.shortened(name, to: 90), x: x + 4, y: frame.bottom + 8, anchor: .end,
                        isUpward: true)
                }
            }
        } else {
            for tick in xScale.ticks {
                let x = frame.left + xScale.position(tick) * frame.width
                canvas.setColor(theme.ink, opacity: 0.7)
                canvas.stroke([(x, frame.bottom), (x, frame.bottom + 4)], width: 1)
                canvas.setColor(theme.ink)
                canvas.write(xScale.text(tick), x: x, y: frame.bottom + 17, anchor: .middle)
            }
        }
        canvas.setFont(size: 12)
        if !chart.xLabel.isEmpty {
            canvas.write(
                chart.xLabel, x: (frame.left + frame.right) / 2, y: canvas.height - 9,
                anchor: .middle)
        }
        if !chart.yLabel.isEmpty {
            canvas.write(
                chart.yLabel, x: 17, y: (frame.top + frame.bottom) / 2, anchor: .middle,
                isUpward: true)
        }
    }

    /// Whether there is room for the name of a place of an axis: for every name, or for every
    /// second, fifth, tenth ... of many.
    private func isNamed(_ index: Int, of count: Int, _ slot: Double) -> Bool {
        var step = 1
        for factor in [2, 5, 10, 20, 50, 100, 1000] where slot * Double(step) < 12 { step = factor }
        return index % step == 0
    }

    /// A circle, or a diamond where another series has the colour already.
    private func dot(_ x: Double, _ y: Double, radius: Double, ofSeries index: Int) {
        guard chart.repeatsColor(index) else {
            return canvas.fillCircle(x: x, y: y, radius: radius)
        }
        let reach = radius * 1.25
        canvas.fill([(x - reach, y), (x, y - reach), (x + reach, y), (x, y + reach)])
    }

    private func paint(series index: Int, in frame: Frame) {
        let series = chart.shown(index)
        let color = chart.color(of: index)
        let zero =
            chart.isYLogarithmic
            ? frame.bottom : frame.bottom - yScale.position(0) * frame.height
        func place(_ x: Double, _ y: Double) -> (x: Double, y: Double) { spot(x, y, in: frame) }
        canvas.setColor(color)
        switch series.mark {
        case .line, .area:
            for run in series.runs {
                let points = run.map { place($0.x, $0.y) }
                guard let first = points.first, let last = points.last else { continue }
                if series.mark == .area {
                    canvas.setColor(color, opacity: 0.25)
                    canvas.fill([(first.x, zero)] + points + [(last.x, zero)])
                    canvas.setColor(color)
                }
                canvas.stroke(
                    points, width: series.mark == .area ? 1.2 : 2,
                    isDashed: chart.repeatsColor(index))
                if series.mark == .line, points.count == 1 || series.x.count <= 30 {
                    for point in points { canvas.fillCircle(x: point.x, y: point.y, radius: 2.8) }
                }
            }
        case .points:
            canvas.setColor(color, opacity: 0.75)
            for point in series.runs.joined() {
                let spot = place(point.x, point.y)
                dot(spot.x, spot.y, radius: 3, ofSeries: index)
            }
        case .bars:
            for (position, value) in series.y.enumerated() where value.isFinite {
                let bar = self.bar(position, ofSeries: index, in: frame)
                let top = place(0, value).y
                canvas.fillRectangle(
                    x: bar.x, y: min(top, zero), width: bar.width, height: abs(zero - top))
            }
        case .bins(let width):
            canvas.setColor(color, opacity: chart.series.count > 1 ? 0.6 : 1)
            for point in series.runs.joined() {
                let (left, right) = (place(point.x, point.y), place(point.x + width, point.y))
                let gap = right.x - left.x > 6 ? 1.0 : 0
                canvas.fillRectangle(
                    x: left.x, y: min(left.y, zero), width: right.x - left.x - gap,
                    height: abs(zero - left.y))
            }
        case .boxes(let boxes): paint(boxes, ofSeries: index, in: frame)
        case .cells(let grid): paint(grid, in: frame)
        case .contours(let grid, let levels): paint(grid, levels: levels, in: frame)
        case .pictures: break  // A chart of pictures has no axes.
        }
    }

    func spot(_ x: Double, _ y: Double, in frame: Frame) -> (x: Double, y: Double) {
        (
            frame.left + xScale.position(x) * frame.width,
            frame.bottom - yScale.position(y) * frame.height
        )
    }

    /// The labels of dots: beside, above or below, where they cover neither a dot nor each other,
    /// and nowhere where there is no such place.
    private func paintLabels(in frame: Frame) {
        let labelled = chart.series.filter { !$0.labels.isEmpty && $0.x.count == $0.y.count }
        guard !labelled.isEmpty else { return }
        canvas.setFont(size: 10)
        canvas.setColor(theme.ink)
        typealias Box = (left: Double, top: Double, right: Double, bottom: Double)
        var taken: [Box] = []
        for series in chart.series where series.mark == .points || series.mark == .line {
            for (x, y) in zip(series.x, series.y) {
                let dot = spot(x, y, in: frame)
                taken.append((dot.x - 3, dot.y - 3, dot.x + 3, dot.y + 3))
            }
        }
        for series in labelled {
            for (index, label) in series.labels.enumerated() where !label.isEmpty {
                let dot = spot(series.x[index], series.y[index], in: frame)
                guard dot.x.isFinite, dot.y.isFinite else { continue }
                let width = canvas.measure(label)
                let places = [
                    (dot.x + 6, dot.y + 3.5), (dot.x - 6 - width, dot.y + 3.5),
                    (dot.x - width / 2, dot.y - 7), (dot.x - width / 2, dot.y + 15),
                    (dot.x + 5, dot.y - 5), (dot.x + 5, dot.y + 13),
                    (dot.x - 5 - width, dot.y - 5), (dot.x - 5 - width, dot.y + 13),
                ]
                for (left, baseline) in places {
                    let box = (left, baseline - 9, left + width, baseline + 2)
                    let isFree = !taken.contains {
                        $0.left < box.2 && box.0 < $0.right && $0.top < box.3 && box.1 < $0.bottom
                    }
                    guard isFree, left >= frame.left, box.2 <= frame.right + 3,
                        box.1 >= frame.top - 3, box.3 <= frame.bottom + 3
                    else { continue }
                    canvas.write(label, x: left, y: baseline)
                    taken.append(box)
                    break
                }
            }
        }
    }

    /// Where a bar stands: its left edge and its width.
    func bar(
        _ position: Int, ofSeries index: Int, in frame: Frame
    ) -> (x: Double, width: Double) {
        let series = chart.series.indices.filter { chart.series[$0].categoryCount > 0 }
        let slot = frame.width / Double(max(1, chart.categoryNames.count))
        let width = slot * 0.8 / Double(max(1, series.count))
        let rank = series.firstIndex(of: index) ?? 0
        return (frame.left + slot * (Double(position) + 0.1) + width * Double(rank), width)
    }

    /// Whiskers from the least to the greatest that each value may be.
    private func paintIntervals(ofSeries index: Int, in frame: Frame) {
        let series = chart.series[index]
        canvas.setColor(theme.ink)
        for (position, interval) in series.intervals.enumerated()
        where interval.lowerBound.isFinite && interval.upperBound.isFinite {
            var x = frame.left + xScale.position(series.x[position]) * frame.width
            if series.mark == .bars {
                let bar = self.bar(position, ofSeries: index, in: frame)
                x = bar.x + bar.width / 2
            }
            guard x.isFinite else { continue }
            let ends = [interval.lowerBound, interval.upperBound].map {
                frame.bottom - yScale.position($0) * frame.height
            }
            canvas.stroke([(x, ends[0]), (x, ends[1])], width: 1.2)
            for y in ends { canvas.stroke([(x - 3, y), (x + 3, y)], width: 1.2) }
        }
    }
}
