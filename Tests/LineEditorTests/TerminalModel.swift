/// A terminal of so many columns and rows, as far as the painter uses one.
struct TerminalModel {
    let columns: Int
    let rows: Int
    private(set) var screen: [[String]]
    /// How each place is shown.
    private(set) var styles: [[String]]
    private(set) var row = 0
    private(set) var column = 0
    /// What it was sent that it does not know.
    private(set) var unknown: [String] = []
    private var style = ""

    init(columns: Int, rows: Int) {
        self.columns = columns
        self.rows = rows
        screen = Array(repeating: Array(repeating: " ", count: columns), count: rows)
        styles = Array(repeating: Array(repeating: "", count: columns), count: rows)
    }

    var lines: [String] {
        screen.map { cells in
            var line = cells.joined()
            while line.last == " " { line.removeLast() }
            return line
        }
    }

    mutating func feed(_ text: String) {
        var scalars = Array(text.unicodeScalars)[...]
        while let scalar = scalars.popFirst() {
            switch scalar {
            case "\r": column = 0
            case "\n": lineFeed()
            case "\u{8}": column = max(0, column - 1)
            case "\u{1B}":
                guard scalars.popFirst() == "[" else {
                    unknown.append("escape")
                    continue
                }
                var parameters = ""
                while let next = scalars.popFirst() {
                    if next.properties.isAlphabetic {
                        control(parameters, next)
                        break
                    }
                    parameters.unicodeScalars.append(next)
                }
            default: put(scalar)
            }
        }
    }

    private mutating func put(_ scalar: Unicode.Scalar) {
        guard column < columns else {
            unknown.append("text beyond the edge")
            return
        }
        screen[row][column] = String(scalar)
        styles[row][column] = style
        column += 1
        if scalar.properties.isEmojiPresentation, column < columns {
            screen[row][column] = ""
            column += 1
        }
    }

    private mutating func lineFeed() {
        if row + 1 < rows {
            row += 1
        } else {
            screen = screen.dropFirst() + [Array(repeating: " ", count: columns)]
            styles = styles.dropFirst() + [Array(repeating: "", count: columns)]
        }
    }

    private mutating func control(_ parameters: String, _ letter: Unicode.Scalar) {
        let count = Int(parameters) ?? 1
        switch letter {
        case "A": row = max(0, row - count)
        case "B": row = min(rows - 1, row + count)
        case "C": column = min(columns - 1, column + count)
        case "K": clear(row, from: column)
        case "J":
            clear(row, from: column)
            for below in (row + 1)..<max(row + 1, rows) { clear(below, from: 0) }
        case "m": style = parameters == "0" ? "" : String(parameters.dropFirst(2))
        default: unknown.append("\(parameters)\(letter)")
        }
    }

    private mutating func clear(_ row: Int, from column: Int) {
        for place in column..<max(column, columns) {
            screen[row][place] = " "
            styles[row][place] = ""
        }
    }
}
