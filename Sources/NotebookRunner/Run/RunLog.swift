import Glibc
import Hosting
import Sessions
import Synchronization

/// How far a run is, told to a person: one line that updates in place on a terminal, a line for each
/// cell elsewhere. The report of a failure goes to the same place.
public final class RunLog: Sendable {
    private struct State {
        var notebook = ""
        var position = ""
        var cellStart = Stopwatch()
        var lastDrawn: Stopwatch?
        var isLineOpen = false
    }

    private let state = Mutex(State())
    private let descriptor: Int32
    private let isLive: Bool

    /// Writes to a descriptor, standard error by default.
    public init(descriptor: Int32 = 2) {
        self.descriptor = descriptor
        isLive = isatty(descriptor) == 1
    }

    func started(_ path: String, cell: Int, of count: Int) {
        state.withLock { state in
            state.notebook = path
            state.position = "cell \(cell)/\(count)"
            state.cellStart = Stopwatch()
            if isLive { draw("\(path): \(state.position) ...", &state) }
        }
    }

    func progress(_ progress: Progress) {
        guard isLive else { return }
        state.withLock { state in
            let isDue = state.lastDrawn.map { $0.seconds >= 0.1 } ?? true
            guard progress.isFinished || isDue else { return }
            state.lastDrawn = Stopwatch()
            draw("\(state.notebook): \(state.position) \(ProgressLine.text(progress))", &state)
        }
    }

    func ended(_ path: String, cell: Int, of count: Int) {
        guard !isLive else { return }
        state.withLock { state in
            let seconds = ProgressLine.duration(state.cellStart.seconds)
            write("\(path): cell \(cell)/\(count) \(seconds)\n")
        }
    }

    func finished(_ report: NotebookReport) {
        state.withLock { state in
            if state.isLineOpen { write("\r\u{1B}[K") }
            state.isLineOpen = false
            write(Self.text(report))
        }
    }

    /// The end of one notebook in words.
    static func text(_ report: NotebookReport) -> String {
        let cells = report.cellsRun == 1 ? "1 cell" : "\(report.cellsRun) cells"
        let figures = "\(cells), \(ProgressLine.duration(report.seconds))"
        var text: String
        switch report.ending {
        case .completed: text = "\(report.path): passed (\(figures))\n"
        case .interrupted: text = "\(report.path): interrupted (\(figures))\n"
        case .unusable(let problem): text = "\(report.path): \(problem)\n"
        case .failed(let failure):
            let line = failure.line.map { ", line \($0)" } ?? ""
            text = "\(report.path): cell \(failure.cell)\(line) failed (\(figures))\n"
            text += failure.rendered.hasSuffix("\n") ? failure.rendered : failure.rendered + "\n"
        }
        if let output = report.output { text += "\(report.path): written to \(output)\n" }
        return text
    }

    private func draw(_ line: String, _ state: inout State) {
        var size = winsize()
        let columns = ioctl(descriptor, UInt(TIOCGWINSZ), &size) == 0 ? Int(size.ws_col) : 80
        write("\r" + line.prefix(max(20, columns - 1)) + "\u{1B}[K")
        state.isLineOpen = true
    }

    private func write(_ text: String) {
        TextFile.writeAll(Array(text.utf8), to: descriptor)
    }
}
