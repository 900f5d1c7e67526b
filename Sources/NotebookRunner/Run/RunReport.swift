/// What became of one notebook.
public struct NotebookReport: Sendable {
    /// The cell that ended the run.
    public struct Failure: Sendable {
        /// Its place in the notebook, from 1, counting cells of every kind.
        public var cell: Int
        /// The line of the cell's source, from 1; `nil` where the error has no place.
        public var line: Int?
        public var name: String
        public var message: String
        /// The error as a person reads it, without colour.
        public var rendered: String
    }

    public enum Ending: Sendable {
        case completed
        /// A cell failed, or took longer than it may.
        case failed(Failure)
        case interrupted
        /// The file could not be read, is no notebook, or could not be written.
        case unusable(String)
    }

    public var path: String
    public var ending: Ending
    /// How many code cells ran.
    public var cellsRun: Int
    public var seconds: Double
    /// Where the executed notebook was written; `nil` where it was not.
    public var output: String?
}

/// What became of a whole run.
public struct RunReport: Sendable {
    public var notebooks: [NotebookReport]

    public init(notebooks: [NotebookReport]) { self.notebooks = notebooks }

    /// 0 when every cell ran, 130 after an interrupt, 2 for a file that cannot be used, 1 for a
    /// failing cell.
    public var exitCode: Int32 {
        var code: Int32 = 0
        for notebook in notebooks {
            switch notebook.ending {
            case .completed: break
            case .interrupted: return 130
            case .unusable: code = 2
            case .failed: code = max(code, 1)
            }
        }
        return code
    }
}
