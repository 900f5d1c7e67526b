import Foundation
import Sessions
import Testing

@Suite struct TerminalAnswersTests {
    func answers(_ text: String) -> TerminalAnswers {
        TerminalAnswers(parsing: Array(text.utf8))
    }

    @Test(arguments: [
        ("\u{1B}_Gi=31;OK\u{1B}\\\u{1B}[?62;c", TerminalAnswers.Graphics.kitty),
        ("\u{1B}_Gi=31;ENOTSUP:no\u{1B}\\\u{1B}[?62;4c", .sixel),
        ("\u{1B}P>|iTerm2 3.5.4\u{1B}\\\u{1B}[?62;4c", .iterm),
        ("\u{1B}P>|WezTerm 2024\u{1B}\\\u{1B}_Gi=31;OK\u{1B}\\\u{1B}[?65;4;6;18;22c", .kitty),
        ("\u{1B}P>|tmux 3.3a\u{1B}\\\u{1B}[?1;2c", .blocks),
        ("\u{1B}[?64;1;9;15;22c", .blocks), ("\u{1B}[?62;14c", .blocks), ("", .blocks),
    ])
    func theBestWayOfferedIsTaken(text: String, graphics: TerminalAnswers.Graphics) {
        #expect(answers(text).graphics == graphics)
        #expect(answers(text).isComplete == !text.isEmpty)
    }

    @Test func theSizeOfACharacterIsRead() {
        let found = answers("\u{1B}[6;20;10t\u{1B}[?1;2c")
        #expect(found.cell?.width == 10)
        #expect(found.cell?.height == 20)
        #expect(answers("\u{1B}[6;0;0t").cell == nil)
        #expect(answers("\u{1B}[6;999999;99999999999999999999t").cell == nil)
    }

    @Test func keysPressedMeanwhileAreKept() {
        let found = answers("ab\u{1B}[A\u{1B}[?1;2c\r\u{1B}x\u{1B}OP")
        #expect(found.isComplete)
        #expect(String(decoding: found.keys, as: UTF8.self) == "ab\u{1B}[A\r\u{1B}x\u{1B}OP")
    }

    @Test func halfAnAnswerIsNoneYet() {
        let whole = Array("\u{1B}_Gi=31;OK\u{1B}\\\u{1B}[?62;4c".utf8)
        for count in whole.indices {
            #expect(!TerminalAnswers(parsing: Array(whole[..<count])).isComplete)
        }
    }

    @Test func whatIsNoTerminalIsNotAsked() {
        var ends: [Int32] = [-1, -1]
        #expect(pipe(&ends) == 0)
        defer { for end in ends { close(end) } }
        let probe = TerminalProbe(input: ends[0], output: ends[1])
        #expect(probe.answers.graphics == .blocks)
        _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
        var byte: UInt8 = 0
        #expect(read(ends[0], &byte, 1) == -1)
    }
}

@Suite struct TerminalDrawingTests {
    @Test func aSequenceMakesRoomAndLeavesTheCursorInItsLastRow() {
        let drawing = TerminalDrawing(sequence: "<picture>", rows: 3)
        #expect(drawing.text == "\n\n\n\u{1B}[3A\u{1B}7<picture>\u{1B}8\u{1B}[2B")
        #expect(drawing.rows == 3)
        #expect(TerminalDrawing(sequence: "x", rows: 1).text == "\n\u{1B}[1A\u{1B}7x\u{1B}8")
        #expect(TerminalDrawing(lines: "a\nb").rows == 2)
    }

    @Test func kittyGetsAFileInPieces() {
        let text = TerminalDrawing.kitty(png: [UInt8](repeating: 7, count: 7000))
        let pieces = text.components(separatedBy: "\u{1B}_G").dropFirst()
        #expect(pieces.count == 3)
        #expect(pieces.first?.hasPrefix("a=T,f=100,q=2,C=1,m=1;") == true)
        #expect(pieces.last?.hasPrefix("m=0;") == true)
        #expect(pieces.allSatisfy { $0.utf8.count <= 4096 + 30 && $0.hasSuffix("\u{1B}\\") })
    }

    @Test func itermGetsTheFileAndItsRoom() {
        #expect(
            TerminalDrawing.iterm(file: [1, 2, 3], columns: 4, rows: 2)
                == "\u{1B}]1337;File=inline=1;size=3;width=4;height=2;"
                + "preserveAspectRatio=1:AQID\u{7}")
    }

    @Test func aPictureIsMadeSmallerButNeverLarger() {
        let room = PictureRoom(columns: 10, rows: 5, cell: (8, 16))
        #expect(room.fitted(width: 40, height: 40) == (40, 40))
        #expect(room.fitted(width: 160, height: 80) == (80, 40))
        #expect(room.fitted(width: 80, height: 800) == (8, 80))
        #expect(room.fitted(width: 100_000, height: 1) == (80, 1))
        #expect(room.cells(width: 81, height: 32) == (11, 2))
    }
}
