import Plots
import Testing

@Suite("Pictures in a terminal")
struct TerminalPictureTests {
    @Test("two pixels share a character, upper and lower half")
    func halves() {
        let rgb: [UInt8] = [255, 0, 0, 0, 0, 255]
        let text = TerminalPicture(width: 1, height: 2, rgb: rgb).text(columns: 1)
        #expect(text == "\u{1B}[38;2;255;0;0;48;2;0;0;255m▀\u{1B}[0m")
    }

    @Test("an odd last row leaves the terminal's background")
    func oddRows() {
        let text = TerminalPicture(width: 1, height: 1, rgb: [9, 8, 7]).text(columns: 1)
        #expect(text == "\u{1B}[38;2;9;8;7;49m▀\u{1B}[0m")
    }

    @Test("256 colours use the cube and the greys")
    func palette() {
        func code(_ rgb: [UInt8]) -> String {
            TerminalPicture(width: 1, height: 1, rgb: rgb).text(columns: 1, colors: .palette)
        }
        #expect(code([255, 0, 0]).contains("38;5;196;"))
        #expect(code([0, 0, 0]).contains("38;5;16;"))
        #expect(code([255, 255, 255]).contains("38;5;231;"))
        #expect(code([128, 128, 128]).contains("38;5;244;"))
    }

    @Test("a picture fits the columns and rows and keeps its proportions")
    func fits() {
        let gray = [UInt8](repeating: 100, count: 3 * 400 * 200)
        let picture = TerminalPicture(width: 400, height: 200, rgb: gray)
        func size(_ text: String) -> [Int] {
            let lines = text.split(separator: "\n")
            return [lines.count, lines.map { $0.count { $0 == "▀" } }.max() ?? 0]
        }
        #expect(size(picture.text(columns: 80)) == [20, 80])
        #expect(size(picture.text(columns: 80, rows: 5)) == [5, 20])
        let digit = TerminalPicture(
            width: 28, height: 28, rgb: [UInt8](repeating: 1, count: 3 * 28 * 28))
        #expect(size(digit.text(columns: 100)) == [28, 56])
        #expect(size(digit.text(columns: 40)) == [14, 28])
    }

    @Test("neighbours of one colour share one escape sequence")
    func runs() {
        let text = TerminalPicture(
            width: 20, height: 20, rgb: [UInt8](repeating: 7, count: 1200)
        ).text(columns: 20, rows: 10)
        #expect(text.count { $0 == "\u{1B}" } == 2 * 10)
    }

    @Test("nothing to show is an empty text, missing pixels are black")
    func degenerate() {
        #expect(TerminalPicture(width: 0, height: 5, rgb: []).text(columns: 10) == "")
        #expect(TerminalPicture(width: -3, height: 5, rgb: [1]).text(columns: 10) == "")
        #expect(
            TerminalPicture(width: 1, height: 1, rgb: []).text(columns: 1).contains("38;2;0;0;0"))
    }
}
