import FoundationEssentials

/// A picture as a terminal takes it, and the rows it covers.
public struct TerminalDrawing: Sendable, Equatable {
    /// What is written; the cursor ends in the last row.
    public var text: String
    public var rows: Int

    /// A picture of coloured characters, as lines.
    public init(lines: String) {
        text = lines
        rows = lines.utf8.count { $0 == 0x0A } + 1
    }

    /// A picture that a sequence draws over so many rows from the cursor on.
    ///
    /// Terminals leave the cursor in different places afterwards, and scroll where there is no room:
    /// the rows are made first, and the cursor is brought back to the last of them.
    public init(sequence: String, rows: Int) {
        let down = rows > 1 ? "\u{1B}[\(rows - 1)B" : ""
        text =
            String(repeating: "\n", count: rows) + "\u{1B}[\(rows)A\u{1B}7" + sequence + "\u{1B}8"
            + down
        self.rows = rows
    }

    /// A PNG file by the protocol of kitty, in pieces of at most 4096 characters.
    public static func kitty(png: [UInt8]) -> String {
        let text = Array(Data(png).base64EncodedString().utf8)
        let starts = Array(stride(from: 0, to: text.count, by: 4096))
        return starts.map { start in
            let end = min(start + 4096, text.count)
            // No answer is wanted, and the cursor stays.
            let head = start == 0 ? "a=T,f=100,q=2,C=1," : ""
            let piece = String(decoding: text[start..<end], as: UTF8.self)
            return "\u{1B}_G\(head)m=\(end < text.count ? 1 : 0);\(piece)\u{1B}\\"
        }.joined()
    }

    /// A PNG or JPEG file as an inline image of iTerm2 within so many columns and rows.
    public static func iterm(file: [UInt8], columns: Int, rows: Int) -> String {
        let text = Data(file).base64EncodedString()
        return "\u{1B}]1337;File=inline=1;size=\(file.count);width=\(columns);height=\(rows);"
            + "preserveAspectRatio=1:\(text)\u{7}"
    }
}

/// The room that a picture may take in a terminal, and how it gets there.
public struct PictureRoom: Sendable {
    public var columns: Int
    public var rows: Int
    public var graphics: TerminalAnswers.Graphics
    /// The pixels of one character.
    public var cell: (width: Int, height: Int)

    public init(
        columns: Int, rows: Int, graphics: TerminalAnswers.Graphics = .blocks,
        cell: (width: Int, height: Int) = (8, 16)
    ) {
        self.columns = max(1, columns)
        self.rows = max(1, rows)
        self.graphics = graphics
        self.cell = (max(1, cell.width), max(1, cell.height))
    }

    /// The size in pixels in which a picture fits, its proportions kept; it is never enlarged.
    public func fitted(width: Int, height: Int) -> (width: Int, height: Int) {
        let share = min(
            1, Double(columns * cell.width) / Double(max(1, width)),
            Double(rows * cell.height) / Double(max(1, height)))
        return (
            max(1, Int((Double(width) * share).rounded(.down))),
            max(1, Int((Double(height) * share).rounded(.down)))
        )
    }

    /// The columns and rows that so many pixels cover.
    public func cells(width: Int, height: Int) -> (columns: Int, rows: Int) {
        ((width + cell.width - 1) / cell.width, (height + cell.height - 1) / cell.height)
    }
}
