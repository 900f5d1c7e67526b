import Hosting
import Sessions
import Testing

@Suite struct ProgressLineTests {
    @Test func aRunningStateHasBarRateAndTimeLeft() {
        let progress = Progress(
            id: "f", title: "Epoch 1/3", completed: 469, total: 938, unit: "batches", elapsed: 5.7,
            metrics: [("loss", 0.41234), ("accuracy", 0.8)])
        #expect(
            ProgressLine.text(progress)
                == "Epoch 1/3 ━━━━━━━━━━──────────  50% 469/938 batches · 82.3/s · 5.7 s left"
                + " · loss 0.4123 · accuracy 0.8000")
        #expect(ProgressLine.text(progress, columns: 20).count == 20)
    }

    @Test func withoutATotalThereIsNoBar() {
        let progress = Progress(
            id: "d", title: "Download", completed: 2_500_000, total: nil, unit: "bytes", elapsed: 2)
        #expect(ProgressLine.text(progress) == "Download 2.5 MB · 1.3 MB/s")
    }

    @Test func workThatStoppedEarlyHasNoTimeLeft() {
        var progress = Progress(
            id: "d", title: "Download", completed: 2_500_000, total: 5_000_000, unit: "bytes",
            elapsed: 2, isFinished: true)
        progress.isStopped = true
        #expect(
            ProgressLine.text(progress) == "Download 2.5/5.0 MB · 1.3 MB/s · stopped after 2.0 s")
        #expect(html(progress).contains("background:#e39c3a"))
    }

    @Test func aNotebookShowsTheLineAsHTML() {
        var progress = Progress(
            id: "f", title: "<x>", completed: 1, total: 4, unit: "files", elapsed: 1,
            metrics: [("loss", 0.5)])
        let running = html(progress)
        #expect(running.contains(">&lt;x&gt;</b>") && running.contains("width:25%"))
        #expect(running.contains("1/4 files · 1.0000/s · 3.0 s left · loss 0.5000"))
        #expect(!running.contains("<img"))
        progress.total = nil
        #expect(!html(progress).contains("width:"))
        progress.picture = MIMEBundle(plain: "a \"drawing\"")
        progress.picture?["image/png"] = .bytes([1, 2, 3])
        #expect(html(progress).hasSuffix("src=\"data:image/png;base64,AQID\">"))
        #expect(html(progress).contains("alt=\"a &quot;drawing&quot;\""))
    }

    private func html(_ progress: Progress) -> String {
        if case .text(let text)? = ProgressLine.bundle(progress)["text/html"] { text } else { "" }
    }

    @Test func aLineWithoutATitleBeginsWithTheBar() {
        let progress = Progress(
            id: "f", title: "", completed: 0, total: 4, unit: "items", elapsed: 1)
        #expect(ProgressLine.text(progress).hasPrefix("────────────────────   0% 0/4 items"))
    }

    @Test func strangeStatesDoNotTrap() {
        for (completed, total, elapsed) in [
            (0, 0, 0.0), (5, 0, 1), (9, 3, 1), (-4, 3, 1), (1, Int.max, 1e-9), (1, 2, .nan),
            (Int.max, 1, .infinity),
        ] {
            let progress = Progress(
                id: "x", title: "x", completed: completed, total: total, unit: "u",
                elapsed: elapsed, metrics: [("m", .nan), ("n", -.infinity), ("o", 1e300)])
            #expect(ProgressLine.text(progress).hasPrefix("x "))
            #expect(html(progress).contains(">x</b>"))
        }
    }

    @Test(arguments: [
        (0.123, "0.12 s"), (4.56, "4.6 s"), (42.2, "42 s"), (65, "1 min 05 s"),
        (7800, "2 h 10 min"), (.infinity, "?"), (-1, "?"),
    ])
    func durationsReadAsPeopleSayThem(seconds: Double, text: String) {
        #expect(ProgressLine.duration(seconds) == text)
    }
}
