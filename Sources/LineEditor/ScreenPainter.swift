/// Brings what stands on the screen from one layout to the next with few characters.
///
/// It knows only the rows it drew itself: the first of them is the line on which the cursor stood,
/// in its first column, when the painter was made or reset.
package struct ScreenPainter {
    private var rows: [[ScreenCell]] = []
    private var cursor = ScreenLayout.Place(row: 0, column: 0)

    package init() {}

    /// The text that turns the last layout into the next.
    package mutating func paint(_ next: ScreenLayout) -> String {
        var pen = Pen(cursor, lastRow: max(0, rows.count - 1))
        for (index, row) in next.rows.enumerated() {
            let before = index < rows.count ? rows[index] : []
            let same = zip(before, row).prefix { $0 == $1 }.count
            guard same < row.count || same < before.count || index >= rows.count else { continue }
            pen.move(to: .init(row: index, column: row[..<same].columns))
            for cell in row[same...] { pen.write(cell) }
            if before.columns > row.columns { pen.clearRow() }
        }
        if rows.count > next.rows.count {
            pen.move(to: .init(row: next.rows.count, column: 0))
            pen.clearBelow()
        }
        pen.move(to: next.cursor)
        rows = next.rows
        cursor = next.cursor
        return pen.finish()
    }

    /// The text that takes everything drawn away and leaves the cursor where the first row began,
    /// after the terminal has got another width and wrapped the rows anew.
    package mutating func erase(columns: Int) -> String {
        let columns = max(1, columns)
        let above = rows.prefix(cursor.row).map { max(1, ($0.columns + columns - 1) / columns) }
        let up = above.reduce(0, +) + cursor.column / columns
        reset()
        return "\r" + (up > 0 ? "\u{1B}[\(up)A" : "") + "\u{1B}[J"
    }

    /// The text that takes the cursor behind the last row, to a line of its own.
    package mutating func leave() -> String {
        var pen = Pen(cursor, lastRow: max(0, rows.count - 1))
        if let last = rows.last { pen.move(to: .init(row: rows.count - 1, column: last.columns)) }
        reset()
        return pen.finish() + "\r\n"
    }

    /// Forgets what was drawn: the cursor stands at the beginning of an empty line.
    package mutating func reset() { self = ScreenPainter() }

    /// Writes cells and moves about, and keeps account of where it is.
    private struct Pen {
        private var place: ScreenLayout.Place
        /// The last row that exists on the screen; beyond it a line must be begun.
        private var lastRow: Int
        private var style = Theme.plain
        private var text = ""

        init(_ place: ScreenLayout.Place, lastRow: Int) {
            self.place = place
            self.lastRow = lastRow
        }

        mutating func move(to target: ScreenLayout.Place) {
            let reachable = min(target.row, lastRow)
            if reachable < place.row { text += "\u{1B}[\(place.row - reachable)A" }
            if reachable > place.row { text += "\u{1B}[\(reachable - place.row)B" }
            place.row = reachable
            while place.row < target.row {
                // A colour must not run into the new line.
                plain()
                text += "\r\n"
                place = .init(row: place.row + 1, column: 0)
                lastRow = place.row
            }
            let distance = target.column - place.column
            if (-4..<0).contains(distance) {
                text += String(repeating: "\u{8}", count: -distance)
            } else if distance != 0 {
                text += "\r" + (target.column > 0 ? "\u{1B}[\(target.column)C" : "")
            }
            place.column = target.column
        }

        mutating func write(_ cell: ScreenCell) {
            if cell.style != style {
                text += cell.style.isEmpty ? "\u{1B}[0m" : "\u{1B}[0;\(cell.style)m"
                style = cell.style
            }
            text += cell.text
            place.column += cell.width
        }

        mutating func clearRow() {
            plain()
            text += "\u{1B}[K"
        }

        mutating func clearBelow() {
            plain()
            text += "\u{1B}[J"
        }

        /// What was written, with the style of plain text after it.
        mutating func finish() -> String {
            plain()
            return text
        }

        private mutating func plain() {
            if !style.isEmpty { text += "\u{1B}[0m" }
            style = Theme.plain
        }
    }
}

extension Collection<ScreenCell> {
    /// The columns that the cells take together.
    var columns: Int { reduce(0) { $0 + $1.width } }
}
