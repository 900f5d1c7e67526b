import Hosting

extension Chart: Displayable {
    /// Vega-Lite for notebooks, SVG for readers without JavaScript, text for terminals.
    public func mimeBundle() throws -> MIMEBundle {
        var bundle = MIMEBundle(plain: text())
        bundle["image/svg+xml"] = .text(try svg())
        bundle["application/vnd.vegalite.v5+json"] = .json(vegaLite)
        return bundle
    }

    /// The chart drawn with characters: bars as blocks, everything else as braille dots.
    ///
    /// - Parameters:
    ///   - columns: the width to stay within, at least 30.
    ///   - rows: the height of the drawing without title and labels, at least 4.
    public func text(columns: Int = 72, rows: Int = 12) -> String {
        let columns = max(30, min(columns, 1000))
        let rows = max(4, min(rows, 500))
        var lines: [String] = []
        if !title.isEmpty { lines.append(title) }
        if series.allSatisfy({ $0.y.isEmpty }) {
            lines.append("(no data)")
        } else if isCategorical {
            lines += barLines(columns: columns)
        } else {
            lines += dotLines(columns: columns, rows: rows)
        }
        return lines.joined(separator: "\n")
    }

    /// One line a bar: name, blocks, value.
    private func barLines(columns: Int) -> [String] {
        let bars = series.filter { $0.mark == .bars }
        let names = categoryNames
        let nameWidth = min(20, names.map(\.count).max() ?? 0)
        let values = bars.flatMap(\.y).filter(\.isFinite).map(abs)
        let greatest = max(values.max() ?? 1, .leastNormalMagnitude)
        let room = max(8, columns - nameWidth - 14)
        var lines: [String] = []
        for (index, name) in names.enumerated() {
            for (rank, series) in bars.enumerated() where index < series.y.count {
                let value = series.y[index]
                let share = value.isFinite ? abs(value) / greatest : 0
                let eighths = Int((share * Double(room) * 8).rounded())
                var bar = String(repeating: "█", count: eighths / 8)
                if eighths % 8 > 0 { bar.append(Array("▏▎▍▌▋▊▉")[eighths % 8 - 1]) }
                let label = rank == 0 ? String(name.prefix(nameWidth)) : ""
                let padding = String(repeating: " ", count: nameWidth - label.count)
                let note = bars.count > 1 ? " " + series.name : ""
                lines.append("\(padding)\(label) \(bar) \(NumberText.short(value))\(note)")
            }
        }
        return lines
    }

    /// A frame of braille characters with the ends of both axes, then the series' names.
    private func dotLines(columns: Int, rows: Int) -> [String] {
        let (xScale, yScale) = scales()
        let (top, bottom) = (yScale.text(yScale.high), yScale.text(yScale.low))
        let margin = max(top.count, bottom.count)
        var grid = BrailleGrid(columns: columns - margin - 2, rows: rows)
        for series in series {
            for run in series.runs { plot(run, as: series.mark, xScale, yScale, on: &grid) }
        }
        var lines = grid.lines.enumerated().map { index, line in
            let label = index == 0 ? top : index == rows - 1 ? bottom : ""
            return String(repeating: " ", count: margin - label.count) + label + " │" + line
        }
        let (left, right) = (xScale.text(xScale.low), xScale.text(xScale.high))
        let space = max(1, columns - margin - 2 - left.count - right.count - xLabel.count)
        let (before, after) = (max(1, space / 2), max(1, space - space / 2))
        lines.append(
            String(repeating: " ", count: margin + 2) + left
                + String(repeating: " ", count: before) + xLabel
                + String(repeating: " ", count: after) + right)
        let notes = series.filter { !$0.name.isEmpty }.map(note)
        if !notes.isEmpty { lines.append(notes.joined(separator: ", ")) }
        return lines
    }

    private func plot(
        _ run: [(x: Double, y: Double)], as mark: Mark, _ xScale: AxisScale, _ yScale: AxisScale,
        on grid: inout BrailleGrid
    ) {
        let zero = max(0, yScale.position(0))
        var last: (x: Double, y: Double)?
        for point in run {
            let spot = (x: xScale.position(point.x), y: yScale.position(point.y))
            switch mark {
            case .bins(let width):
                grid.fill(from: spot.x, to: xScale.position(point.x + width), zero, spot.y)
            case .area:
                grid.fill(from: last?.x ?? spot.x, to: spot.x, zero, spot.y)
            case .line:
                grid.line(from: last ?? spot, to: spot)
            case .points, .bars:
                grid.line(from: spot, to: spot)
            }
            last = spot
        }
    }

    /// A series' name and, for a line, how it went.
    private func note(_ series: Series) -> String {
        let values = series.y.filter(\.isFinite)
        guard series.mark == .line, let first = values.first, let last = values.last else {
            return series.name
        }
        return "\(series.name) \(NumberText.short(first)) → \(NumberText.short(last))"
    }
}

/// Dots, two across and four down in each character.
struct BrailleGrid {
    private let columns: Int
    private let rows: Int
    private var cells: [UInt8]

    init(columns: Int, rows: Int) {
        self.columns = max(1, columns)
        self.rows = max(1, rows)
        cells = [UInt8](repeating: 0, count: self.columns * self.rows)
    }

    /// Sets the dots between two places, each given by its share of width and height from the
    /// lower left corner.
    mutating func line(from start: (x: Double, y: Double), to end: (x: Double, y: Double)) {
        let (fromX, fromY) = (column(start.x), row(start.y))
        let (deltaX, deltaY) = (column(end.x) - fromX, row(end.y) - fromY)
        let steps = max(1, abs(deltaX), abs(deltaY))
        for step in 0...steps {
            let share = Double(step) / Double(steps)
            dot(
                fromX + Int((Double(deltaX) * share).rounded()),
                fromY + Int((Double(deltaY) * share).rounded()))
        }
    }

    /// Sets the dots of a rectangle, given by shares of width and height.
    mutating func fill(from left: Double, to right: Double, _ oneY: Double, _ otherY: Double) {
        let first = column(left)
        let last = max(first, column(right) - 1)
        let rows = min(row(oneY), row(otherY))...max(row(oneY), row(otherY))
        for x in first...last {
            for y in rows { dot(x, y) }
        }
    }

    /// The dot at a share of the width, or a little beyond the edges for what lies outside.
    private func column(_ share: Double) -> Int {
        Int((max(-0.1, min(1.1, share)) * Double(2 * columns - 1)).rounded())
    }

    private func row(_ share: Double) -> Int {
        4 * rows - 1 - Int((max(-0.1, min(1.1, share)) * Double(4 * rows - 1)).rounded())
    }

    private mutating func dot(_ x: Int, _ y: Int) {
        guard x >= 0, y >= 0, x < 2 * columns, y < 4 * rows else { return }
        let bits: [UInt8] = x % 2 == 0 ? [0x01, 0x02, 0x04, 0x40] : [0x08, 0x10, 0x20, 0x80]
        cells[y / 4 * columns + x / 2] |= bits[y % 4]
    }

    /// The rows from the top, without blanks at their ends.
    var lines: [String] {
        (0..<rows).map { row in
            var line = String.UnicodeScalarView()
            let cells = cells[row * columns..<(row + 1) * columns]
            let used = cells.lastIndex { $0 != 0 }.map { $0 - cells.startIndex + 1 } ?? 0
            for cell in cells.prefix(used) {
                line.append(cell == 0 ? " " : Unicode.Scalar(0x2800 + UInt32(cell)) ?? " ")
            }
            return String(line)
        }
    }
}
