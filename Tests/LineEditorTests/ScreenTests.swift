import Glibc
import LineEditor
import Testing

@Suite struct ScreenTests {
    init() { setlocale(LC_CTYPE, "C.UTF-8") }

    func layout(
        _ text: String, point: Int? = nil, columns: Int = 20, style: String = ""
    ) -> ScreenLayout {
        let source = Array(text.utf8)
        return ScreenLayout(
            prompt: [ScreenCell]("1> ", "36"), continuation: [ScreenCell](".> ", "36"),
            source: source, styles: [String](repeating: style, count: source.count),
            point: point ?? source.count, columns: columns)
    }

    func texts(_ layout: ScreenLayout) -> [String] {
        layout.rows.map { $0.map(\.text).joined() }
    }

    @Test func linesHavePromptsAndTheCursorItsPlace() {
        let two = layout("let a = 1\nb")
        #expect(texts(two) == ["1> let a = 1", ".> b"])
        #expect(two.cursor == .init(row: 1, column: 4))
        #expect(layout("abc\nd", point: 3).cursor == .init(row: 0, column: 6))
        #expect(layout("abc\nd", point: 4).cursor == .init(row: 1, column: 3))
        #expect(layout("").cursor == .init(row: 0, column: 3))
    }

    @Test func longLinesAreWrapped() {
        let long = layout("abcdefghijklmnop", point: 9, columns: 10)
        #expect(texts(long) == ["1> abcdefg", "hijklmnop"])
        #expect(long.cursor == .init(row: 1, column: 2))
    }

    @Test func wideCharactersTakeTwoColumnsAndAreNotCut() {
        let crabs = layout("ab🦀🦀", columns: 8)
        #expect(texts(crabs) == ["1> ab🦀", "🦀"])
        #expect(crabs.cursor == .init(row: 1, column: 2))
        let accent = layout("e\u{301}x", point: 3)
        #expect(accent.cursor == .init(row: 0, column: 4))
    }

    @Test func tabsAndControlCharactersAreShown() {
        #expect(texts(layout("a\tb")) == ["1> a   b"])
        #expect(texts(layout("a\u{1}b\u{1B}")) == ["1> a^Ab^["])
    }

    @Test func aHighTextIsCroppedAroundTheCursor() {
        var high = layout((1...30).map { "line\($0)" }.joined(separator: "\n"), point: 0)
        high.crop(to: 5)
        #expect(texts(high).first == "1> line1")
        #expect(high.rows.count == 5)
        var end = layout((1...30).map { "line\($0)" }.joined(separator: "\n"))
        end.crop(to: 5)
        #expect(texts(end).last == ".> line30")
        #expect(end.cursor.row == 4)
    }

    @Test func rowsBelowAreCut() {
        var list = layout("x", columns: 10)
        list.append(below: [[ScreenCell]("abcdefghijklmnop", "")], columns: 10)
        #expect(texts(list) == ["1> x", "abcdefghij"])
    }

    @Test func anOrdinaryKeyIsWrittenAsItself() {
        var painter = ScreenPainter()
        _ = painter.paint(layout("le"))
        #expect(painter.paint(layout("let")) == "t")
        #expect(painter.paint(layout("let", point: 1)) == "\u{8}\u{8}")
    }

    /// Whatever is shown after whatever else, the screen is what the layout says, below lines that
    /// stay as they were.
    @Test(arguments: 1...40)
    func theScreenFollowsEveryLayout(seed: Int) {
        var random = Lehmer(state: UInt64(seed))
        let columns = 24
        var terminal = TerminalModel(columns: columns, rows: 12)
        terminal.feed("what was before\r\n")
        var painter = ScreenPainter()
        let pieces = ["let ", "x", "\n", "    ", "🦀", "f(1, 2)", "\n}\n", "é", "\t", "abcdefghij"]
        for _ in 0..<60 {
            let text = (0..<Int.random(in: 0...8, using: &random)).map { _ in
                pieces.randomElement(using: &random) ?? ""
            }.joined()
            let scalars = Int.random(in: 0...text.unicodeScalars.count, using: &random)
            let point = String(String.UnicodeScalarView(text.unicodeScalars.prefix(scalars)))
                .utf8.count
            var next = layout(
                text, point: point, columns: columns - 1,
                style: ["", "35", "1;4;36"].randomElement(using: &random) ?? "")
            if Bool.random(using: &random) {
                next.append(
                    below: [[ScreenCell]("  one", "7"), [ScreenCell]("  two", "")],
                    columns: columns - 1)
            }
            next.crop(to: 10)
            terminal.feed(painter.paint(next))
            let shown = texts(next).map { line in
                var line = line
                while line.last == " " { line.removeLast() }
                return line
            }
            let top = terminal.row - next.cursor.row
            #expect(Array(terminal.lines[top..<(top + shown.count)]) == shown)
            #expect(terminal.column == next.cursor.column)
            let below = terminal.lines[(top + shown.count)...]
            #expect(below.allSatisfy { $0.isEmpty })
            for (offset, row) in next.rows.enumerated() {
                var column = 0
                for cell in row {
                    #expect(terminal.styles[top + offset][column] == cell.style)
                    column += cell.width
                }
            }
        }
        #expect(terminal.unknown.isEmpty)
    }

    @Test func leavingGoesBelowTheLastRow() {
        var terminal = TerminalModel(columns: 20, rows: 6)
        var painter = ScreenPainter()
        terminal.feed(painter.paint(layout("a\nb\nc", point: 0)))
        terminal.feed(painter.leave() + "out")
        #expect(terminal.lines.prefix(4) == ["1> a", ".> b", ".> c", "out"])
    }

    /// After a narrowing that wrapped what was drawn, the old rows are gone.
    @Test func erasingKnowsHowARowWasWrapped() {
        var painter = ScreenPainter()
        _ = painter.paint(layout("abcdefghijklmnop", columns: 30))
        // 19 columns on a screen of 8 are three rows, the cursor in the third.
        #expect(painter.erase(columns: 8) == "\r\u{1B}[2A\u{1B}[J")
        #expect(painter.erase(columns: 8) == "\r\u{1B}[J")
    }
}

/// A small generator whose runs can be repeated.
private struct Lehmer: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        return state ^ state >> 29
    }
}
