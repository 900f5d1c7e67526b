/// How many columns a character takes; declared in a header that Swift's overlay leaves out.
@_silgen_name("wcwidth")
private func columnCount(_ character: Int32) -> Int32

/// What stands in one place of the screen: a character and how it is shown.
package struct ScreenCell: Equatable {
    package var text: String
    /// The columns it takes, 1 or 2.
    package var width: Int
    /// The numbers of "select graphic rendition"; empty for plain text.
    package var style: String
}

/// The rows of the screen that a prompt and the source after it take, and where the cursor stands.
package struct ScreenLayout {
    package struct Place: Equatable {
        package var row: Int
        package var column: Int

        package init(row: Int, column: Int) {
            self.row = row
            self.column = column
        }
    }

    package private(set) var rows: [[ScreenCell]] = [[]]
    package private(set) var cursor = Place(row: 0, column: 0)

    /// A source with a prompt before its first line and another before each that follows.
    ///
    /// - Parameters:
    ///   - source: the UTF-8 bytes.
    ///   - styles: how each byte is shown; as many as there are bytes.
    ///   - point: the cursor, as a UTF-8 offset.
    ///   - columns: the most columns a row may take.
    package init(
        prompt: [ScreenCell], continuation: [ScreenCell], source: [UInt8], styles: [String],
        point: Int, columns: Int
    ) {
        var builder = Builder(columns: max(4, columns))
        builder.append(prompt)
        var offset = 0
        for scalar in String(decoding: source, as: UTF8.self).unicodeScalars {
            if offset == point { builder.markCursor() }
            if scalar == "\n" {
                builder.endRow()
                builder.append(continuation)
            } else {
                builder.append(scalar, offset < styles.count ? styles[offset] : Theme.plain)
            }
            offset += UTF8.width(scalar)
        }
        if point >= offset { builder.markCursor() }
        rows = builder.rows
        cursor = builder.cursor
    }

    /// Adds rows below, each cut to the width.
    package mutating func append(below more: [[ScreenCell]], columns: Int) {
        for cells in more { rows.append(Self.cut(cells, to: columns)) }
    }

    /// Keeps so many rows around the cursor where there are more.
    package mutating func crop(to height: Int) {
        guard rows.count > height, height > 0 else { return }
        let first = min(max(0, cursor.row - height / 2), rows.count - height)
        rows = Array(rows[first..<(first + height)])
        cursor.row -= first
    }

    private static func cut(_ cells: [ScreenCell], to columns: Int) -> [ScreenCell] {
        var room = columns
        return Array(
            cells.prefix { cell in
                room -= cell.width
                return room >= 0
            })
    }

    private struct Builder {
        let columns: Int
        var rows: [[ScreenCell]] = [[]]
        var cursor = Place(row: 0, column: 0)
        private var column = 0
        /// Where the source begins in the present line, which tabs count from.
        private var margin = 0

        init(columns: Int) { self.columns = columns }

        mutating func markCursor() { cursor = Place(row: rows.count - 1, column: column) }

        mutating func endRow() {
            rows.append([])
            column = 0
        }

        mutating func append(_ cells: [ScreenCell]) {
            for cell in cells { append(cell) }
            margin = column
        }

        mutating func append(_ scalar: Unicode.Scalar, _ style: String) {
            if scalar == "\t" {
                let count = 4 - max(0, column - margin) % 4
                for _ in 0..<count { append(ScreenCell(text: " ", width: 1, style: style)) }
            } else if scalar.value < 0x20 || scalar.value == 0x7F {
                // As terminals show a control character: ^A.
                let letter = Unicode.Scalar(UInt8(scalar.value ^ 0x40))
                append(ScreenCell(text: "^", width: 1, style: style))
                append(ScreenCell(text: String(letter), width: 1, style: style))
            } else {
                let width = Int(columnCount(Int32(bitPattern: scalar.value)))
                if width > 0 {
                    append(ScreenCell(text: String(scalar), width: width, style: style))
                } else if width == 0, let last = rows[rows.count - 1].indices.last {
                    rows[rows.count - 1][last].text.unicodeScalars.append(scalar)
                } else {
                    append(ScreenCell(text: "\u{FFFD}", width: 1, style: style))
                }
            }
        }

        private mutating func append(_ cell: ScreenCell) {
            if column + cell.width > columns { endRow() }
            rows[rows.count - 1].append(cell)
            column += cell.width
        }
    }
}

extension [ScreenCell] {
    /// A text in one style, a cell for each of its characters.
    package init(_ text: String, _ style: String) {
        let layout = ScreenLayout(
            prompt: [], continuation: [], source: [UInt8](text.utf8.filter { $0 != 0x0A }),
            styles: [String](repeating: style, count: text.utf8.count), point: 0,
            columns: .max)
        self = layout.rows[0]
    }
}
