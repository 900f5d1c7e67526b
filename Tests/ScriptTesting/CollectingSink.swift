import Hosting

/// Keeps what a cell writes; whoever types answers "typed".
public final class CollectingSink: OutputSink, @unchecked Sendable {
    // Invariant: written by the thread that runs the cell, read after it.
    public private(set) var text = ""

    public init() {}

    public func emit(_ event: OutputEvent) {
        if case .text(let piece, _) = event { text += piece }
        if case .display(let bundle, _) = event { text += bundle.plain + "\n" }
    }

    public func readLine(prompt: String, isPassword: Bool) throws -> String? { "typed" }
}
