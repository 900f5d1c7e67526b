/// What a cell that fails answers with: what was wrong, where, and how it got there.
public struct ScriptError: Error, Sendable {
    /// The name front ends show, such as `TypeError`.
    public struct Kind: RawRepresentable, Hashable, Sendable {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }

        public static let syntax = Kind(rawValue: "SyntaxError")
        public static let unsupported = Kind(rawValue: "UnsupportedError")
        public static let name = Kind(rawValue: "NameError")
        public static let type = Kind(rawValue: "TypeError")
        public static let argument = Kind(rawValue: "ArgumentError")
        public static let index = Kind(rawValue: "IndexError")
        public static let key = Kind(rawValue: "KeyError")
        public static let arithmetic = Kind(rawValue: "ArithmeticError")
        public static let optional = Kind(rawValue: "NilError")
        public static let recursion = Kind(rawValue: "RecursionError")
        public static let assertion = Kind(rawValue: "AssertionError")
        public static let interrupted = Kind(rawValue: "Interrupted")
        public static let memory = Kind(rawValue: "MemoryError")
        public static let thrown = Kind(rawValue: "UncaughtError")
        public static let runtime = Kind(rawValue: "RuntimeError")
    }

    /// A stretch of one source line. Lines and columns count from 1, columns in characters.
    public struct Location: Hashable, Sendable {
        public var cell: String
        public var line: Int
        public var column: Int
        public var length: Int
        /// The whole line of source.
        public var text: String

        public init(cell: String, line: Int, column: Int, length: Int, text: String) {
            self.cell = cell
            self.line = line
            self.column = column
            self.length = length
            self.text = text
        }
    }

    /// One call that was under way.
    public struct Frame: Hashable, Sendable {
        /// The function's name; empty at the top of a cell.
        public var function: String
        public var location: Location
    }

    /// One of several mistakes of a cell.
    public struct Mistake: Sendable {
        public var kind: Kind
        public var message: String
        public var location: Location?
        public var notes: [String]
        public var suggestion: String?
    }

    public var kind: Kind
    public var message: String
    public var location: Location?
    public var notes: [String]
    /// What to write instead, where that is sure.
    public var suggestion: String?
    /// The calls under way, innermost first, without the failing place itself.
    public var stack: [Frame]
    /// The host program's error this one reports.
    public var underlying: (any Error)?
    /// Further mistakes of the cell, each in its own place, where it was found wrong before it ran.
    public var others: [Mistake] = []

    public init(
        _ kind: Kind, _ message: String, at location: Location? = nil, notes: [String] = [],
        suggestion: String? = nil, stack: [Frame] = [], underlying: (any Error)? = nil
    ) {
        self.kind = kind
        self.message = message
        self.location = location
        self.notes = notes
        self.suggestion = suggestion
        self.stack = stack
        self.underlying = underlying
    }

    /// The name front ends show.
    public var name: String { kind.rawValue }

    /// What this says, for an error that tells of several mistakes.
    var asMistake: Mistake {
        Mistake(
            kind: kind, message: message, location: location, notes: notes, suggestion: suggestion)
    }
}

extension ScriptError: CustomStringConvertible {
    public var description: String { rendered(color: false) }
}
