import Hosting

extension Chart: Displayable {
    /// Vega-Lite for notebooks, SVG for readers without JavaScript, a picture or coloured
    /// characters for terminals, and plain text for everything else.
    public func mimeBundle() throws -> MIMEBundle {
        var bundle = MIMEBundle(plain: text())
        switch Host.current.output.medium {
        case .document:
            bundle["image/svg+xml"] = .text(try svg())
            bundle["application/vnd.vegalite.v5+json"] = .json(vegaLite)
        case .coloredText: bundle[MIMEBundle.coloredText] = .text(text(isColored: true))
        case .pictures:
            bundle = MIMEBundle(plain: title)
            bundle["image/png"] = .bytes(try png(scale: 1))
        }
        return bundle
    }

    /// The chart drawn with characters: bars as blocks, boxes on a line each, the cells of a heat
    /// map as shades or with their numbers, everything else as braille dots.
    ///
    /// - Parameters:
    ///   - columns: the width to stay within, at least 30.
    ///   - rows: the height of the drawing without title and labels, at least 4.
    ///   - isColored: whether series have colours, as escape sequences of a terminal.
    public func text(columns: Int = 72, rows: Int = 12, isColored: Bool = false) -> String {
        let columns = max(30, min(columns, 1000))
        let rows = max(4, min(rows, 500))
        var lines: [String] = []
        if !title.isEmpty { lines.append(title) }
        if series.allSatisfy({ $0.y.isEmpty }) {
            lines.append("(no data)")
        } else if isGallery {
            lines += galleryLines(columns: columns, isColored)
        } else if let matrix = series.compactMap(\.matrix).first {
            lines += matrixLines(matrix, columns: columns, isColored)
        } else if series.contains(where: { if case .boxes = $0.mark { true } else { false } }) {
            lines += boxLines(columns: columns, isColored)
        } else if isCategorical {
            lines += barLines(columns: columns, isColored)
        } else {
            lines += dotLines(columns: columns, rows: rows, isColored)
        }
        return lines.joined(separator: "\n")
    }

    /// One line a bar: name, blocks, value.
    private func barLines(columns: Int, _ isColored: Bool) -> [String] {
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
                let note = whisker(series, index) + (bars.count > 1 ? " " + series.name : "")
                if isColored { bar = SeriesInk(series: rank).painted(bar) }
                lines.append("\(padding)\(label) \(bar) \(shortNumber(value))\(note)")
            }
        }
        return lines
    }

    /// Where a value may lie: ` (0.81 to 0.83)`.
    private func whisker(_ series: Series, _ index: Int) -> String {
        guard series.intervals.indices.contains(index) else { return "" }
        let interval = series.intervals[index]
        return " (\(shortNumber(interval.lowerBound)) to "
            + "\(shortNumber(interval.upperBound)))"
    }

    /// A frame of braille characters with the ends of both axes, then the series' names.
    private func dotLines(columns: Int, rows: Int, _ isColored: Bool) -> [String] {
        let (xScale, yScale) = scales()
        let (top, bottom) = (yScale.text(yScale.high), yScale.text(yScale.low))
        let margin = max(top.count, bottom.count)
        var grid = BrailleGrid(columns: columns - margin - 2, rows: rows)
        for (index, series) in series.enumerated() {
            grid.ink = SeriesInk(series: index)
            if case .contours(let surface, let levels) = series.mark {
                for line in levels.flatMap({ ContourLines(surface).lines(at: $0) }) {
                    plot(line, as: .line, xScale, yScale, on: &grid)
                }
            }
            for run in shown(index).runs { plot(run, as: series.mark, xScale, yScale, on: &grid) }
        }
        var lines = grid.lines(isColored: isColored).enumerated().map { index, line in
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
        let notes = series.enumerated().filter { !$0.element.name.isEmpty }.map {
            isColored ? SeriesInk(series: $0).painted(note($1)) : note($1)
        }
        if !notes.isEmpty { lines.append(notes.joined(separator: ", ")) }
        if let heat { lines.append(heatNote(heat)) }
        return lines
    }

    private func plot(
        _ run: [(x: Double, y: Double)], as mark: Mark, _ xScale: AxisScale, _ yScale: AxisScale,
        on grid: inout BrailleGrid
    ) {
        let zero = isYLogarithmic ? 0 : max(0, yScale.position(0))
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
            case .points:
                grid.line(from: spot, to: spot)
            case .bars, .boxes, .cells, .contours, .pictures: break
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
        return "\(series.name) \(shortNumber(first)) → \(shortNumber(last))"
    }
}

/// Dots, two across and four down in each character.
struct BrailleGrid {
    private let columns: Int
    private let rows: Int
    private var cells: [UInt8]
    /// Whose dots each character holds; where several meet, the last one's colour shows.
    private var inks: [SeriesInk]
    /// Whose dots are being set.
    var ink = SeriesInk(series: 0)

    init(columns: Int, rows: Int) {
        self.columns = max(1, columns)
        self.rows = max(1, rows)
        cells = [UInt8](repeating: 0, count: self.columns * self.rows)
        inks = [SeriesInk](repeating: ink, count: cells.count)
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
        inks[y / 4 * columns + x / 2] = ink
    }

    /// The rows from the top, without blanks at their ends.
    func lines(isColored: Bool) -> [String] {
        (0..<rows).map { row in
            var line = ""
            let cells = cells[row * columns..<(row + 1) * columns]
            let used = cells.lastIndex { $0 != 0 }.map { $0 + 1 } ?? cells.startIndex
            var index = cells.startIndex
            while index < used {
                // Neighbours of one series share one colour.
                let ink = inks[index]
                var piece = String.UnicodeScalarView()
                while index < used, cells[index] == 0 || inks[index] == ink {
                    let cell = cells[index]
                    piece.append(cell == 0 ? " " : Unicode.Scalar(0x2800 + UInt32(cell)) ?? " ")
                    index += 1
                }
                line += isColored ? ink.painted(String(piece)) : String(piece)
            }
            return line
        }
    }
}

/// The colour of a series in a terminal: those of its own theme, in the order of the palette.
struct SeriesInk: Equatable {
    let series: Int

    private static let codes = [34, 33, 32, 31, 36, 35, 90]

    func painted(_ text: String) -> String {
        "\u{1B}[\(Self.codes[series % Self.codes.count])m\(text)\u{1B}[0m"
    }
}
