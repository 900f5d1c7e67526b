import Glibc
import Hosting
import Sessions
import Synchronization

/// How far a run is, told to a person: on a terminal a line for each running notebook that updates
/// in place, elsewhere a line for each cell. The report of a failure goes to the same place.
public final class RunLog: Sendable {
    private struct Notebook {
        var path: String
        var cell: Int
        var count: Int
        var start = Stopwatch()
        var line: Int?
        var progress = ""
    }

    private struct State {
        /// The notebooks that run, by their place among all.
        var running: [Int: Notebook] = [:]
        /// How many lines of the terminal show them.
        var drawn = 0
        var lastDrawn: Stopwatch?
        let start = Stopwatch()
    }

    private let state = Mutex(State())
    private let descriptor: Int32
    private let isLive: Bool

    /// Writes to a descriptor, standard error by default.
    public init(descriptor: Int32 = 2) {
        self.descriptor = descriptor
        let isDumb = getenv("TERM").map { String(cString: $0) == "dumb" } ?? false
        isLive = isatty(descriptor) == 1 && !isDumb
    }

    func started(_ path: String, index: Int, cell: Int, of count: Int) {
        state.withLock { state in
            state.running[index] = Notebook(path: path, cell: cell, count: count)
            draw(&state)
        }
    }

    func take(_ event: WorkerEvent, index: Int) {
        state.withLock { state in
            switch event {
            case .line(let line): state.running[index]?.line = line
            case .progress(let data, _, let isMilestone):
                let text = data["text/plain"]?.text ?? ""
                state.running[index]?.progress = String(text.prefix { $0 != "\n" })
                if isMilestone && !isLive { tell(state.running[index]) }
            case .text, .display, .update, .clear: return
            }
            draw(&state, isPatient: true)
        }
    }

    /// Writes a line of how far the work of a cell is.
    private func tell(_ notebook: Notebook?) {
        guard let notebook else { return }
        let place = "cell \(notebook.cell)/\(notebook.count)"
        write("\(notebook.path): \(place) · \(notebook.progress)\n")
    }

    /// Shows the time that has passed.
    func refresh() {
        guard isLive else { return }
        state.withLock { draw(&$0, isPatient: true) }
    }

    func ended(index: Int) {
        guard !isLive else { return }
        state.withLock { state in
            guard let notebook = state.running[index] else { return }
            let seconds = ProgressLine.duration(notebook.start.seconds)
            write("\(notebook.path): cell \(notebook.cell)/\(notebook.count) \(seconds)\n")
        }
    }

    func finished(_ report: NotebookReport, index: Int) {
        state.withLock { state in
            state.running[index] = nil
            erase(&state)
            write(Self.text(report))
            draw(&state)
        }
    }

    /// The end of everything, where there were several notebooks.
    func finished(_ report: RunReport) {
        state.withLock { state in
            erase(&state)
            if let text = Self.summary(report, seconds: state.start.seconds) { write(text) }
        }
    }

    // MARK: - Texts

    /// The end of one notebook in words.
    static func text(_ report: NotebookReport) -> String {
        let cells = report.cellsRun == 1 ? "1 cell" : "\(report.cellsRun) cells"
        let figures = "\(cells), \(ProgressLine.duration(report.seconds))"
        var text = report.notes.map { "\(report.path): \($0)\n" }.joined()
        for difference in report.differences {
            text += "\(report.path): \(difference.place) is not as stored\n"
            text += difference.details.map { "  \($0)\n" }.joined()
        }
        switch report.ending {
        case .completed: text += "\(report.path): passed (\(figures))\n"
        case .interrupted: text += "\(report.path): interrupted (\(figures))\n"
        case .unusable(let problem): text += "\(report.path): \(problem)\n"
        case .differed(let count):
            let differing = count == 1 ? "1 cell differs" : "\(count) cells differ"
            text += "\(report.path): \(differing) from what is stored (\(figures))\n"
        case .failed(let failure):
            let line = failure.line.map { ", line \($0)" } ?? ""
            text += "\(report.path): cell \(failure.cell)\(line) failed (\(figures))\n"
            text += failure.rendered.hasSuffix("\n") ? failure.rendered : failure.rendered + "\n"
        }
        if let output = report.output { text += "\(report.path): written to \(output)\n" }
        return text
    }

    private static func summary(_ report: RunReport, seconds: Double) -> String? {
        guard report.notebooks.count > 1 else { return nil }
        var counts: [(name: String, count: Int)] = [
            ("passed", 0), ("differ", 0), ("failed", 0), ("interrupted", 0), ("unusable", 0),
        ]
        for notebook in report.notebooks {
            switch notebook.ending {
            case .completed: counts[0].count += 1
            case .differed: counts[1].count += 1
            case .failed: counts[2].count += 1
            case .interrupted: counts[3].count += 1
            case .unusable: counts[4].count += 1
            }
        }
        let parts = counts.filter { $0.count > 0 }.map { "\($0.count) \($0.name)" }
        return "\(report.notebooks.count) notebooks: \(parts.joined(separator: ", ")) "
            + "(\(ProgressLine.duration(seconds)))\n"
    }

    // MARK: - The live lines

    /// Draws the running notebooks anew; a patient one waits until the last drawing was seen.
    private func draw(_ state: inout State, isPatient: Bool = false) {
        guard isLive, !(isPatient && state.lastDrawn.map { $0.seconds < 0.1 } ?? false) else {
            return
        }
        state.lastDrawn = Stopwatch()
        var size = winsize()
        let isKnown = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 && size.ws_col > 0
        let columns = isKnown ? Int(size.ws_col) : 80
        let rows = isKnown ? max(1, Int(size.ws_row) - 1) : 24
        let lines = state.running.sorted { $0.key < $1.key }.prefix(rows).map {
            // Room for the ^C that a terminal writes after it.
            String(Self.line($0.value).prefix(max(20, columns - 3)))
        }
        guard !lines.isEmpty else { return }
        write(eraser(state) + lines.map { $0 + "\u{1B}[K" }.joined(separator: "\n") + "\u{1B}[J")
        state.drawn = lines.count
    }

    private static func line(_ notebook: Notebook) -> String {
        // A terminal has no room for folders.
        let name = notebook.path.split(separator: "/").last ?? ""
        var text = "\(name): cell \(notebook.cell)/\(notebook.count)"
        if let line = notebook.line { text += ", line \(line)" }
        let seconds = notebook.start.seconds
        if seconds >= 1 { text += " · \(Int(seconds)) s" }
        return notebook.progress.isEmpty ? text : text + " · " + notebook.progress
    }

    private func erase(_ state: inout State) {
        if state.drawn > 0 { write(eraser(state) + "\u{1B}[J") }
        state.drawn = 0
    }

    /// Goes to the start of the first live line.
    private func eraser(_ state: State) -> String {
        state.drawn > 1 ? "\r\u{1B}[\(state.drawn - 1)A" : "\r"
    }

    private func write(_ text: String) {
        TextFile.writeAll(Array(text.utf8), to: descriptor)
    }
}
