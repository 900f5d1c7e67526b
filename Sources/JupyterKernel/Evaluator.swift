import Hosting

/// What the kernel asks of whoever evaluates code; `Session` answers it.
///
/// `execute` is called from one thread, one call at a time but for those from within `atRest`.
/// Everything else may be called from any thread, while a cell runs too, and must not wait for it.
public protocol Evaluator: AnyObject, Sendable {
    /// How many counted cells have run.
    var executionCount: Int { get }

    /// Runs one cell and returns when it is over. Its output goes to `output` as it happens.
    ///
    /// While others wait (`setAwaited`) the cell calls `atRest` wherever nothing of it is half done;
    /// that may execute other cells.
    func execute(
        _ source: String, storeHistory: Bool, silent: Bool, output: any OutputSink,
        atRest: @escaping @Sendable () -> Void
    ) -> Evaluation

    /// Says whether other cells wait for the running one to rest.
    func setAwaited(_ isAwaited: Bool)

    /// Asks the running cells to stop.
    func interrupt()

    /// What could stand at the cursor, which counts Unicode scalars.
    func complete(_ source: String, cursor: Int) -> CompletionList

    /// What is known about the name at the cursor, which counts Unicode scalars.
    func inspect(_ source: String, cursor: Int, detail: Int) -> MIMEBundle?

    /// Whether the source can run as it stands.
    func isComplete(_ source: String) -> SourceState

    /// Earlier cells, oldest first.
    func history(_ query: HistoryQuery) -> [HistoryEntry]
}

/// How a cell ended.
public enum Evaluation: Sendable {
    /// It ran to its end; `pages` are texts to show in a pager.
    case success(count: Int, result: MIMEBundle?, pages: [MIMEBundle])
    case failure(count: Int, EvaluationFailure)

    /// The cell's number.
    public var count: Int {
        switch self {
        case .success(let count, _, _), .failure(let count, _): count
        }
    }
}

/// Why a cell stopped, in the three parts that front ends show.
public struct EvaluationFailure: Sendable {
    /// The kind of error, such as `TypeError`.
    public var name: String
    /// What went wrong, in a line.
    public var message: String
    /// The error as a person reads it, with ANSI colours.
    public var traceback: [String]

    /// An error with the given parts.
    public init(name: String, message: String, traceback: [String]) {
        self.name = name
        self.message = message
        self.traceback = traceback
    }
}

/// The candidates for the place between two offsets in Unicode scalars.
public struct CompletionList: Sendable {
    /// One candidate.
    public struct Item: Sendable {
        /// What replaces the range.
        public var text: String
        /// What the candidate is: `function`, `variable`, `type`, `keyword`.
        public var kind: String
        /// Its declaration; may be empty.
        public var signature: String

        /// A candidate with the given parts.
        public init(text: String, kind: String, signature: String = "") {
            self.text = text
            self.kind = kind
            self.signature = signature
        }
    }

    /// The candidates, best first.
    public var items: [Item]
    /// Where the text begins that a candidate replaces.
    public var start: Int
    /// Where it ends.
    public var end: Int

    /// The candidates for one place.
    public init(items: [Item], start: Int, end: Int) {
        self.items = items
        self.start = start
        self.end = end
    }
}

/// Whether source can run, needs more, or can never run.
public enum SourceState: Sendable, Equatable {
    case complete
    /// More must follow, the next line indented by `indent`.
    case incomplete(indent: String)
    case invalid
}

/// Which earlier cells a front end asks for.
public enum HistoryQuery: Sendable, Equatable {
    /// The newest `count`.
    case tail(count: Int, outputs: Bool)
    /// Lines `start..<stop` of a session; 0 is this session, -1 the one before.
    case range(session: Int, start: Int, stop: Int?, outputs: Bool)
    /// Those whose whole source matches a glob pattern.
    case search(pattern: String, count: Int?, unique: Bool, outputs: Bool)
}

/// One earlier cell.
public struct HistoryEntry: Sendable, Equatable {
    /// The number of the session that ran it.
    public var session: Int
    /// Its number in that session.
    public var line: Int
    /// Its code.
    public var source: String
    /// The plain form of its result, where one was asked for and there was one.
    public var output: String?

    /// An entry with the given parts.
    public init(session: Int, line: Int, source: String, output: String? = nil) {
        self.session = session
        self.line = line
        self.source = source
        self.output = output
    }
}
