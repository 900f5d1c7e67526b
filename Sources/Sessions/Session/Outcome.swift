import Hosting
import Language

/// How a cell ended.
public enum Outcome: Sendable {
    /// It ran to its end. `count` is its number, `result` the value of its last expression, and
    /// `pages` what a front end shows beside the outputs, such as help.
    case success(count: Int, result: MIMEBundle?, pages: [MIMEBundle])
    case failure(count: Int, error: Failure)

    /// The cell's number.
    public var count: Int {
        switch self {
        case .success(let count, _, _), .failure(let count, _): count
        }
    }
}

/// The error a cell ended with, ready to be shown.
public struct Failure: Sendable, Equatable {
    /// The error's kind, such as `TypeError`; `Interrupted` when the cell was asked to stop.
    public var name: String
    public var message: String
    /// The lines a notebook shows, in ANSI colours.
    public var traceback: [String]
    /// The same text without colour.
    public var rendered: String
    /// The piece of source it happened in, such as `In [3]`; `nil` where it has no place.
    public var cell: String?
    /// Its line, from 1.
    public var line: Int?
    /// Its column in characters, from 1.
    public var column: Int?
    /// The calls that led there, innermost first.
    public var callers: [Place]

    /// A line of a piece of source.
    public struct Place: Sendable, Equatable {
        public var cell: String
        public var line: Int
    }

    /// The error with what a hook adds to explain it.
    init(_ error: ScriptError) {
        name = error.name
        message = error.message
        rendered = error.rendered(color: false)
        traceback = error.rendered(color: true).split(
            separator: "\n", omittingEmptySubsequences: false
        ).map(String.init)
        cell = error.location?.cell
        line = error.location?.line
        column = error.location?.column
        callers = error.stack.map { Place(cell: $0.location.cell, line: $0.location.line) }
    }

    /// The line of a piece of source in which it happened, or from which came the call that led to
    /// it; `nil` where the error has no place there.
    public func line(in name: String) -> Int? {
        cell == name ? line : callers.first { $0.cell == name }?.line
    }
}
