import Foundation
import Hosting
import Sessions
import Testing

@Suite struct TerminalOutputTests {
    let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Emits events to files in place of the streams and gives what each file holds.
    func written(
        isTerminal: Bool = false, _ body: (TerminalOutput) -> Void
    ) throws -> (output: String, error: String) {
        let paths = ["out", "err"].map { folder.path + "/" + $0 }
        let descriptors = paths.map { open($0, O_WRONLY | O_CREAT | O_TRUNC, 0o600) }
        var style = TerminalOutput.Style(output: descriptors[0], error: descriptors[1]) {
            bytes, room in
            bytes == [1] ? TerminalDrawing(lines: "<picture \(room.columns)>\n<lower>") : nil
        }
        style.isTerminal = isTerminal
        style.usesColor = isTerminal
        let output = TerminalOutput(
            style, probe: TerminalProbe(input: -1, output: descriptors[0]))
        body(output)
        output.finish()
        for descriptor in descriptors { close(descriptor) }
        let texts = try paths.map { try String(contentsOfFile: $0, encoding: .utf8) }
        return (texts[0], texts[1])
    }

    func progress(_ completed: Int, isFinished: Bool = false) -> OutputEvent {
        .progress(
            Progress(
                id: "p", title: "Work", completed: completed, total: 4, unit: "images",
                elapsed: 2, isFinished: isFinished))
    }

    var picture: MIMEBundle {
        var bundle = MIMEBundle(plain: "Image 1x1")
        bundle["image/png"] = .bytes([1])
        return bundle
    }

    @Test func textGoesToItsStream() throws {
        let (output, error) = try written {
            $0.emit(.text("a", stream: .standardOutput))
            $0.emit(.text("b\n", stream: .standardError))
        }
        #expect(output == "a")
        #expect(error == "b\n")
    }

    @Test func offATerminalAPictureIsItsDescription() throws {
        #expect(try written { $0.show(picture) }.output == "Image 1x1\n")
    }

    @Test func onATerminalAPictureIsDrawnAboveItsDescription() throws {
        let (output, _) = try written(isTerminal: true) { $0.show(picture) }
        #expect(output == "<picture 80>\n<lower>\nImage 1x1\n")
    }

    @Test func theRowsOfAPictureCountForAnUpdate() throws {
        let (output, _) = try written(isTerminal: true) {
            $0.emit(.display(picture, id: "p"))
            $0.emit(.update(MIMEBundle(plain: "done"), id: "p"))
        }
        #expect(output == "<picture 80>\n<lower>\nImage 1x1\n\r\u{1B}[3A\u{1B}[Jdone\n")
    }

    @Test func colouredTextIsForTerminalsAlone() throws {
        var bundle = MIMEBundle(plain: "plain")
        bundle[MIMEBundle.coloredText] = .text("coloured")
        #expect(try written(isTerminal: true) { $0.show(bundle) }.output == "coloured\n")
        #expect(try written { $0.show(bundle) }.output == "plain\n")
    }

    @Test func theMediumIsWhatTheStreamsAre() throws {
        _ = try written(isTerminal: true) { #expect($0.medium == .coloredText) }
        _ = try written { #expect($0.medium == .document) }
    }

    @Test func aPictureThatCannotBeDrawnIsItsDescription() throws {
        var bundle = MIMEBundle(plain: "Image 2x2")
        bundle["image/png"] = .bytes([2])
        #expect(try written(isTerminal: true) { $0.show(bundle) }.output == "Image 2x2\n")
    }

    @Test func offATerminalOnlyTheLastStateOfProgressIsWritten() throws {
        let (output, error) = try written {
            for step in 1...3 { $0.emit(progress(step)) }
            $0.emit(progress(4, isFinished: true))
        }
        #expect(output.isEmpty)
        #expect(error == "Work 4/4 images · 2.0000/s · 2.0 s\n")
    }

    @Test func onATerminalProgressIsOneLine() throws {
        let (output, _) = try written(isTerminal: true) {
            for step in 1...3 { $0.emit(progress(step)) }
            $0.emit(progress(4, isFinished: true))
            $0.emit(.text("after\n", stream: .standardOutput))
        }
        // The states after the first come too soon after it to be drawn.
        #expect(output.components(separatedBy: "\r").count == 3)
        #expect(output.hasSuffix("\r\u{1B}[JWork 4/4 images · 2.0000/s · 2.0 s\nafter\n"))
        #expect(output.contains(" 25% 1/4 images"))
    }

    @Test func aMilestoneStaysOnALineOfItsOwn() throws {
        func emit(_ output: TerminalOutput) {
            for step in 1...3 {
                output.emit(progress(step))
                output.emit(
                    .progress(
                        Progress(
                            id: "p", title: "Epoch \(step)", completed: 9, total: 9,
                            unit: "images", elapsed: 3, isMilestone: true, isFinished: step == 3)))
            }
        }
        let lines = (1...3).map { "Epoch \($0) 9/9 images · 3.0000/s · 3.0 s" }
        #expect(try written(emit).error == lines.joined(separator: "\n") + "\n")
        let screen = try written(isTerminal: true, emit).output
        for line in lines { #expect(screen.contains("\r\u{1B}[J\(line)\n")) }
    }

    @Test func workThatIsStoppedLeavesHowFarItCame() throws {
        let (output, _) = try written(isTerminal: true) { $0.emit(progress(1)) }
        #expect(output.hasSuffix(" 25% 1/4 images · 0.5000/s · 6.0 s left\n"))
    }

    @Test func printingTakesAnOpenProgressLineAway() throws {
        let (output, _) = try written(isTerminal: true) {
            $0.emit(progress(1))
            $0.emit(.text("hello\n", stream: .standardOutput))
        }
        #expect(output.hasSuffix("\r\u{1B}[Jhello\n"))
    }

    @Test func updatesWaitForTheEndOffATerminal() throws {
        let (output, _) = try written {
            $0.emit(.display(MIMEBundle(plain: "first"), id: "d"))
            for step in 1...50 { $0.emit(.update(MIMEBundle(plain: "state \(step)"), id: "d")) }
        }
        #expect(output == "first\nstate 50\n")
    }

    @Test func updatesReplaceTheLastDisplayOnATerminal() throws {
        let (output, _) = try written(isTerminal: true) {
            $0.emit(.display(MIMEBundle(plain: "one\ntwo"), id: "d"))
            $0.emit(.update(MIMEBundle(plain: "three"), id: "d"))
        }
        #expect(output == "one\ntwo\n\r\u{1B}[2A\u{1B}[Jthree\n")
    }

    @Test func thePromptBeginsALineOnATerminal() throws {
        #expect(
            try written(isTerminal: true) {
                $0.emit(.text("no end", stream: .standardOutput))
            }.output == "no end\n")
        #expect(try written { $0.emit(.text("x", stream: .standardOutput)) }.output == "x")
    }
}
