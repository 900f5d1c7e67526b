import Hosting

/// Heat maps, boxes and pictures as characters.
extension Chart {
    private static let shades: [Character] = [" ", "░", "▒", "▓", "█"]

    /// A row of a named grid on each line, then which shade or colour is which number.
    func matrixLines(_ grid: Grid, columns: Int, _ isColored: Bool) -> [String] {
        guard let heat else { return [] }
        let nameWidth = min(16, namedRows.map(\.count).max() ?? 0)
        let room = columns - nameWidth - 1
        let cells = grid.labels.joined().map(\.count).max() ?? 0
        let names = categoryNames
        let isNumbered = cells > 0 && (cells + 1) * grid.columnCount <= room
        // Where numbers fit, names get some of the room that is left.
        let longest = names.map(\.count).max() ?? 0
        let width =
            isNumbered
            ? max(cells, min(longest, room / max(1, grid.columnCount) - 1)) + 1 : 2
        let shown = isNumbered ? grid : grid.thinned(to: max(1, room / 2))
        let isWhole = shown.columnCount == grid.columnCount
        var lines: [String] = []
        if isNumbered {
            let heads = names.map { Self.padded(String($0.prefix(width - 1)), to: width) }
            lines.append(String(repeating: " ", count: nameWidth + 1) + heads.joined())
        }
        for (row, values) in shown.values.enumerated() {
            let name = isWhole && row < namedRows.count ? namedRows[row] : ""
            var line = Self.padded(String(name.prefix(nameWidth)), to: nameWidth) + " "
            for (column, value) in values.enumerated() {
                let text =
                    isNumbered
                    ? Self.padded(grid.label(row, column), to: width)
                    : String(repeating: Self.shade(value, heat), count: width)
                line += isColored ? heat.painted(text, value, isNumber: isNumbered) : text
            }
            lines.append(line)
        }
        if !isNumbered { lines.append(heatNote(heat)) }
        return lines
    }

    /// Which shade is which number: `░ 0.5 to █ 36`.
    func heatNote(_ heat: HeatColors) -> String {
        "colours from \(shortNumber(heat.low)) to \(shortNumber(heat.high))"
    }

    private static func shade(_ value: Double, _ heat: HeatColors) -> Character {
        let place = Int(heat.index(value))
        return place == 0 ? "·" : shades[min(4, (place - 1) * 5 / 255)]
    }

    private static func padded(_ text: String, to width: Int) -> String {
        String(repeating: " ", count: max(0, width - text.count)) + text
    }

    /// A box on each line: `  ├────▒▒▒▒┃▒▒───┤   ∘`, and the ends of their axis.
    func boxLines(columns: Int, _ isColored: Bool) -> [String] {
        let names = categoryNames
        let nameWidth = min(20, names.map(\.count).max() ?? 0)
        let room = max(12, columns - nameWidth - 2)
        let scale = scales().y
        func place(_ value: Double) -> Int {
            Int((max(0, min(1, scale.position(value))) * Double(room - 1)).rounded())
        }
        var lines: [String] = []
        for (index, name) in names.enumerated() {
            for (rank, series) in series.enumerated() {
                guard case .boxes(let boxes) = series.mark, index < boxes.count else { continue }
                let box = boxes[index]
                var line = [Character](repeating: " ", count: room)
                for place in place(box.low)...place(box.high) { line[place] = "─" }
                (line[place(box.low)], line[place(box.high)]) = ("├", "┤")
                for place in place(box.lowerQuartile)...place(box.upperQuartile) {
                    line[place] = "▒"
                }
                line[place(box.median)] = "┃"
                for value in box.outliers { line[place(value)] = "∘" }
                while line.last == " " { line.removeLast() }
                let head = rank == 0 ? String(name.prefix(nameWidth)) : ""
                let drawing = String(line)
                lines.append(
                    Self.padded(head, to: nameWidth) + "  "
                        + (isColored ? SeriesInk(series: rank).painted(drawing) : drawing))
            }
        }
        let (low, high) = (scale.text(scale.low), scale.text(scale.high))
        let space = String(repeating: " ", count: max(1, room - low.count - high.count))
        lines.append(Self.padded("", to: nameWidth) + "  " + low + space + high)
        return lines
    }

    /// The pictures in colours, or what they are where there are none.
    func galleryLines(columns: Int, _ isColored: Bool) -> [String] {
        var lines: [String] = []
        for series in series {
            guard case .pictures(let pictures, _) = series.mark else { continue }
            for (index, picture) in pictures.enumerated() {
                let label = series.labels.indices.contains(index) ? series.labels[index] : ""
                let size = "\(picture.width)x\(picture.height)"
                if isColored {
                    lines.append(
                        TerminalPicture(
                            width: picture.width, height: picture.height, rgb: picture.rgb
                        ).text(columns: min(columns, 40), rows: 12, colors: .palette))
                    if !label.isEmpty { lines.append(label) }
                } else {
                    lines.append(
                        label.isEmpty ? "picture \(index), \(size)" : "\(label), \(size)")
                }
            }
        }
        return lines
    }
}

extension HeatColors {
    /// A cell of a heat map in one of a terminal's 256 colours.
    fileprivate func painted(_ text: String, _ value: Double, isNumber: Bool) -> String {
        let color = color(value)
        func step(_ part: UInt8) -> Int {
            part < 48 ? 0 : part < 115 ? 1 : (Int(part) - 35) / 40
        }
        let code = 16 + 36 * step(color.red) + 6 * step(color.green) + step(color.blue)
        let ink = inkOver(value) == "#ffffff" ? 231 : 16
        return isNumber
            ? "\u{1B}[48;5;\(code)m\u{1B}[38;5;\(ink)m\(text)\u{1B}[0m"
            : "\u{1B}[38;5;\(code)m\(String(repeating: "█", count: text.count))\u{1B}[0m"
    }
}
