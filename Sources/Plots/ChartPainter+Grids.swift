import Hosting

/// What is drawn of grids, boxes and pictures.
extension ChartPainter {
    /// The colours of the chart's cells, or of its lines of equal height where it has no cells.
    var heat: HeatColors? { chart.heat }

    /// The room that the bar of colours takes on the right.
    var heatBarWidth: Double {
        guard let heat else { return 0 }
        canvas.setFont(size: 11)
        let scale = AxisScale(over: [heat.low, heat.high], isRounded: false)
        return 34 + (scale.ticks.map { canvas.measure(scale.text($0)) }.max() ?? 0)
    }

    /// The bar on the right that tells which colour is which number.
    func paintHeatBar(in frame: Frame) {
        guard let heat else { return }
        let (left, width, steps) = (frame.right + 16, 12.0, 64)
        let height = frame.height / Double(steps)
        for step in 0..<steps {
            let share = (Double(step) + 0.5) / Double(steps)
            canvas.setColor(heat.hex(heat.low * (1 - share) + heat.high * share))
            // Over the edge of the next one, which would shine through between them.
            let overlap = step == 0 ? 0 : 0.5
            canvas.fillRectangle(
                x: left, y: frame.bottom - Double(step + 1) * height, width: width,
                height: height + overlap)
        }
        guard heat.low < heat.high else { return }
        canvas.setFont(size: 11)
        canvas.setColor(theme.ink)
        let scale = AxisScale(over: [heat.low, heat.high], isRounded: false)
        for tick in scale.ticks {
            let y = frame.bottom - scale.position(tick) * frame.height
            canvas.stroke([(left + width, y), (left + width + 3, y)], width: 1)
            canvas.write(scale.text(tick), x: left + width + 6, y: y + 4)
        }
    }

    /// The cells of a grid, with what stands in them where there is room for it.
    func paint(_ grid: Chart.Grid, in frame: Frame) {
        guard let heat else { return }
        let grid = grid.thinned(to: 128)
        let x = grid.columnEdges.map { spot($0, 0, in: frame).x }
        let y = grid.rowEdges.map { spot(0, $0, in: frame).y }
        for (row, values) in grid.values.enumerated() {
            let (top, bottom) = (min(y[row], y[row + 1]), max(y[row], y[row + 1]))
            for (column, value) in values.enumerated() {
                canvas.setColor(heat.hex(value))
                // Over the edges of the next ones, which are drawn later or lie in the frame's
                // margin.
                let right = column + 1 < values.count ? 0.5 : 0
                canvas.fillRectangle(
                    x: x[column], y: top, width: x[column + 1] - x[column] + right,
                    height: bottom - top + (bottom < frame.bottom - 1 ? 0.5 : 0))
            }
        }
        canvas.setFont(size: 11)
        for (row, values) in grid.values.enumerated() where abs(y[row] - y[row + 1]) >= 12 {
            for (column, value) in values.enumerated() {
                let text = grid.label(row, column)
                guard !text.isEmpty, canvas.measure(text) < x[column + 1] - x[column] else {
                    continue
                }
                canvas.setColor(heat.inkOver(value))
                canvas.write(
                    text, x: (x[column] + x[column + 1]) / 2, y: (y[row] + y[row + 1]) / 2 + 4,
                    anchor: .middle)
            }
        }
    }

    /// The lines of equal height, each with its level written on it where it is long enough.
    func paint(_ grid: Chart.Grid, levels: [Double], in frame: Frame) {
        let contours = ContourLines(grid)
        let isOverCells = chart.series.contains {
            if case .cells = $0.mark { true } else { false }
        }
        let scale = AxisScale(over: levels, isRounded: false)
        canvas.setFont(size: 9)
        for level in levels {
            let color = isOverCells ? heat?.inkOver(level) : heat?.hex(level)
            canvas.setColor(color ?? theme.ink, opacity: 0.85)
            for line in contours.lines(at: level) {
                let points = line.map { spot($0.x, $0.y, in: frame) }
                canvas.stroke(points, width: 1.1)
                guard points.count >= 12 else { continue }
                let middle = points[points.count / 2]
                canvas.write(
                    scale.text(level), x: middle.x, y: middle.y - 2, anchor: .middle)
            }
        }
    }

    /// Boxes with their medians, whiskers and outliers.
    func paint(_ boxes: [Chart.Box], ofSeries index: Int, in frame: Frame) {
        let color = chart.color(of: index)
        func height(_ value: Double) -> Double {
            // A box that reaches below an axis of ratios goes out of the frame.
            frame.bottom - max(-0.05, yScale.position(value)) * frame.height
        }
        for (position, box) in boxes.enumerated() {
            let slot = bar(position, ofSeries: index, in: frame)
            let width = min(slot.width, 70)
            let middle = slot.x + slot.width / 2
            let (left, right) = (middle - width / 2, middle + width / 2)
            let (top, bottom) = (height(box.upperQuartile), height(box.lowerQuartile))
            canvas.setColor(color, opacity: 0.3)
            canvas.fillRectangle(x: left, y: top, width: width, height: bottom - top)
            canvas.setColor(color)
            canvas.stroke(
                [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)],
                width: 1.4)
            canvas.stroke([(left, height(box.median)), (right, height(box.median))], width: 2.6)
            for (from, to) in [(box.upperQuartile, box.high), (box.lowerQuartile, box.low)] {
                canvas.stroke([(middle, height(from)), (middle, height(to))], width: 1.4)
                canvas.stroke(
                    [(middle - width / 5, height(to)), (middle + width / 5, height(to))],
                    width: 1.4)
            }
            canvas.setColor(color, opacity: 0.75)
            for value in box.outliers {
                canvas.fillCircle(x: middle, y: height(value), radius: 2.6)
            }
        }
    }

    /// Pictures in rows, as large as the frame allows, with their labels under them.
    func paintPictures(of series: Chart.Series, in frame: Frame) {
        guard case .pictures(let pictures, let columns) = series.mark, !pictures.isEmpty else {
            return
        }
        let rows = (pictures.count + columns - 1) / columns
        let room = series.labels.isEmpty ? 0.0 : 16
        let cell = (
            width: frame.width / Double(columns) - 6, height: frame.height / Double(rows) - 6 - room
        )
        guard cell.width > 1, cell.height > 1 else { return }
        canvas.setFont(size: 11)
        canvas.setColor(theme.ink)
        for (index, picture) in pictures.enumerated() {
            let scale = min(
                cell.width / Double(picture.width), cell.height / Double(picture.height))
            let (width, height) = (Double(picture.width) * scale, Double(picture.height) * scale)
            let left = frame.left + Double(index % columns) * (cell.width + 6)
            let top = frame.top + Double(index / columns) * (cell.height + 6 + room)
            canvas.draw(
                picture, x: left + (cell.width - width) / 2, y: top + (cell.height - height) / 2,
                width: width, height: height)
            guard series.labels.indices.contains(index) else { continue }
            canvas.setColor(theme.ink)
            canvas.write(
                canvas.shortened(series.labels[index], to: cell.width), x: left + cell.width / 2,
                y: top + cell.height + 12, anchor: .middle)
        }
    }
}

extension Chart {
    /// The colours of all its grids' numbers together; `nil` where it has no grid.
    var heat: HeatColors? {
        let ranges = series.compactMap { series -> ClosedRange<Double>? in
            switch series.mark {
            case .cells(let grid), .contours(let grid, _): grid.range
            default: nil
            }
        }
        guard let low = ranges.map(\.lowerBound).min(), let high = ranges.map(\.upperBound).max()
        else { return nil }
        return HeatColors(low: low, high: high)
    }
}

extension HeatColors {
    /// Black or white, whichever is read on the colour of a number.
    func inkOver(_ value: Double) -> String {
        let color = color(value)
        let light = 299 * Int(color.red) + 587 * Int(color.green) + 114 * Int(color.blue)
        return light > 140_000 ? "#111111" : "#ffffff"
    }
}
