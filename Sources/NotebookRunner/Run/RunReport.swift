/// What became of one code cell.
public struct CellReport: Sendable {
    public enum Ending: Sendable {
        case passed
        /// It failed, or took longer than it may, or its process died.
        case failed(Failure)
        /// It failed as its tag says it may.
        case raised(Failure)
        /// What it puts out is not what is stored.
        case differed([Difference])
        /// Its tag says that it is not to run.
        case skipped
        /// The run ended before it.
        case notRun
    }

    /// Why a cell ended early.
    public struct Failure: Sendable, Equatable {
        /// The cell's place in the notebook, from 1, counting cells of every kind.
        public var cell: Int
        /// The line of the cell's source, from 1; `nil` where the error has no place.
        public var line: Int?
        public var name: String
        public var message: String
        /// The error as a person reads it, without colour.
        public var rendered: String
    }

    /// Its place in the notebook, from 1, counting cells of every kind.
    public var cell: Int
    /// Its first line, for reports.
    public var title: String
    public var ending: Ending
    /// How long it ran.
    public var seconds: Double
}

/// What became of one notebook.
public struct NotebookReport: Sendable {
    public enum Ending: Sendable {
        case completed
        /// A cell ended the run.
        case failed(CellReport.Failure)
        /// Every cell ran, and so many do not put out what is stored.
        case differed(cells: Int)
        case interrupted
        /// The file could not be read, is no notebook, or could not be written.
        case unusable(String)
    }

    public var path: String
    public var ending: Ending
    /// Its code cells in order.
    public var cells: [CellReport] = []
    public var seconds = 0.0
    /// Where the executed notebook was written; `nil` where it was not.
    public var output: String?
    /// The executed notebook; `nil` where there was none to execute.
    public var notebook: Notebook?
    /// Things worth knowing that fail nothing.
    public var notes: [String] = []

    /// A report of a notebook of which nothing has run yet.
    init(path: String) {
        self.path = path
        ending = .completed
    }

    /// How many code cells ran.
    public var cellsRun: Int {
        cells.count { cell in
            switch cell.ending {
            case .skipped, .notRun: false
            case .passed, .failed, .raised, .differed: true
            }
        }
    }

    /// What is not as stored, in order.
    var differences: [Difference] {
        cells.flatMap { cell -> [Difference] in
            if case .differed(let differences) = cell.ending { differences } else { [] }
        }
    }
}

/// What became of a whole run.
public struct RunReport: Sendable {
    public var notebooks: [NotebookReport]
    /// The signal that stopped it.
    public var signal: Int32?

    public init(notebooks: [NotebookReport], signal: Int32? = nil) {
        self.notebooks = notebooks
        self.signal = signal
    }

    /// 0 when every cell ran, 130 after an interrupt (128 and the signal), 2 for a file that cannot be
    /// used, 1 for a failing cell or one that differs.
    public var exitCode: Int32 {
        if let signal { return 128 + signal }
        return notebooks.map { notebook in
            switch notebook.ending {
            case .completed: 0
            case .failed, .differed: 1
            case .unusable: 2
            case .interrupted: 130
            }
        }.max() ?? 0
    }
}
