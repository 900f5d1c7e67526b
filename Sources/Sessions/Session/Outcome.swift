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
    }

    /// The same place and traceback under another name and message; the first line of the texts
    /// changes with them.
    package func renamed(_ name: String, _ message: String) -> Failure {
        var failure = self
        failure.name = name
        failure.message = message
        let head = "\(name): \(message)"
        let tail = rendered.split(separator: "\n", omittingEmptySubsequences: false).dropFirst()
        failure.rendered = ([head] + tail.map(String.init)).joined(separator: "\n")
        failure.traceback = [head] + traceback.dropFirst()
        return failure
    }
}
