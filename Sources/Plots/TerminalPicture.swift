/// A picture in a text terminal: each character shows two pixels, one above the other.
///
///     let text = TerminalPicture(width: 2, height: 2, rgb: pixels).text(columns: 40)
public struct TerminalPicture: Sendable {
    /// What a terminal's colours are.
    public enum Colors: Sendable {
        /// 24 bits.
        case full
        /// The 256 colours of xterm.
        case palette
    }

    private let width: Int
    private let height: Int
    private let rgb: [UInt8]

    /// A picture from its pixels, row by row, three bytes each: red, green, blue.
    ///
    /// Rows that are missing at the end are black.
    public init(width: Int, height: Int, rgb: [UInt8]) {
        self.width = max(0, width)
        self.height = max(0, height)
        let wanted = 3 * self.width * self.height
        self.rgb =
            Array(rgb.prefix(wanted)) + [UInt8](repeating: 0, count: max(0, wanted - rgb.count))
    }

    /// The picture as lines of at most `columns` characters and `rows` lines, proportions kept;
    /// a small picture is enlarged by a whole number.
    public func text(columns: Int, rows: Int = .max, colors: Colors = .full) -> String {
        guard width > 0, height > 0, columns > 0, rows > 0 else { return "" }
        let (across, down) = fittedSize(columns: columns, rows: rows)
        let pixels = scaled(across, down)
        var result = ""
        for row in stride(from: 0, to: down, by: 2) {
            var last: (upper: Int, lower: Int?)?
            for column in 0..<across {
                let upper = pixels[row * across + column]
                let lower = row + 1 < down ? pixels[(row + 1) * across + column] : nil
                if last == nil || last?.upper != upper || last?.lower != lower {
                    result += "\u{1B}[38;" + code(upper, colors)
                    result += lower.map { ";48;" + code($0, colors) + "m" } ?? ";49m"
                    last = (upper, lower)
                }
                result += "▀"
            }
            result += "\u{1B}[0m"
            if row + 2 < down { result += "\n" }
        }
        return result
    }

    private func fittedSize(columns: Int, rows: Int) -> (Int, Int) {
        let lines = min(rows, 10_000) * 2
        let columns = min(columns, 10_000)
        let share = min(Double(columns) / Double(width), Double(lines) / Double(height))
        // Only a very small picture is enlarged, and only to a readable size.
        let enlargement = Double(max(1, 56 / max(width, height)))
        let scale = min(share >= 1 ? share.rounded(.down) : share, enlargement)
        func side(_ length: Int, _ limit: Int) -> Int {
            max(1, min(limit, Int((Double(length) * scale).rounded())))
        }
        return (side(width, columns), side(height, lines))
    }

    /// The picture at another size, each pixel the mean of those it covers, as 0xRRGGBB.
    private func scaled(_ across: Int, _ down: Int) -> [Int] {
        func range(_ index: Int, _ count: Int, _ length: Int) -> Range<Int> {
            let start = index * length / count
            return start..<max(start + 1, (index + 1) * length / count)
        }
        var result: [Int] = []
        result.reserveCapacity(across * down)
        for row in 0..<down {
            let rows = range(row, down, height)
            for column in 0..<across {
                let columns = range(column, across, width)
                var (red, green, blue) = (0, 0, 0)
                for y in rows {
                    for x in columns {
                        let offset = 3 * (y * width + x)
                        red += Int(rgb[offset])
                        green += Int(rgb[offset + 1])
                        blue += Int(rgb[offset + 2])
                    }
                }
                let count = rows.count * columns.count
                result.append((red / count) << 16 | (green / count) << 8 | blue / count)
            }
        }
        return result
    }

    private func code(_ color: Int, _ colors: Colors) -> String {
        let (red, green, blue) = (color >> 16, color >> 8 & 255, color & 255)
        switch colors {
        case .full: return "2;\(red);\(green);\(blue)"
        case .palette:
            if max(red, green, blue) - min(red, green, blue) < 10 {
                let level = (red + green + blue) / 3
                if level < 4 { return "5;16" }
                if level > 246 { return "5;231" }
                return "5;\(232 + min(23, max(0, (level - 3) / 10)))"
            }
            func step(_ value: Int) -> Int { value < 48 ? 0 : value < 115 ? 1 : (value - 35) / 40 }
            return "5;\(16 + 36 * step(red) + 6 * step(green) + step(blue))"
        }
    }
}
