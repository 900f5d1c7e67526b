#if canImport(Glibc)
import Glibc
#endif

/// Whoever runs the code: where output goes and how it is told to stop.
///
/// `Host.current` is bound for the length of a piece of work:
///
///     Host.$current.withValue(Host(output: sink, cancellation: cancellation)) { ... }
///
/// A compiled program that binds none prints to its standard output and is never cancelled.
public final class Host: Sendable {
    /// Where printed text, values to show and progress go.
    public let output: any OutputSink
    /// What long work asks whether it shall stop.
    public let cancellation: Cancellation
    let warnings: WarningMemory
    /// A warning with its place in the code that runs.
    let locate: @Sendable (Warning) -> Warning.Report
    private let turn: (@Sendable () -> Void)?

    /// A host for one piece of work, or for several one after the other.
    ///
    /// - Parameters:
    ///   - output: where printed text, values to show and progress go.
    ///   - cancellation: what tells the work to stop; by default one that nobody else holds.
    ///   - warnings: where warnings were told already; hosts of one conversation share it.
    ///   - turn: gives whoever waits a turn on the thread of the work; called where the work rests
    ///     and its cancellation is awaited.
    ///   - locate: a warning with its place in the code that runs; without it, its text is
    ///     its place.
    public init(
        output: any OutputSink, cancellation: Cancellation = Cancellation(),
        warnings: WarningMemory = WarningMemory(),
        turn: (@Sendable () -> Void)? = nil,
        locate: (@Sendable (Warning) -> Warning.Report)? = nil
    ) {
        self.output = output
        self.cancellation = cancellation
        self.warnings = warnings
        self.locate = locate ?? { Warning.Report(place: "\($0)", text: "\($0)") }
        self.turn = turn
    }

    /// Stops the work if that was asked for, or lets others have a turn on its thread.
    ///
    /// Long work calls it where nothing is half done: between the steps of a training run, while it
    /// sleeps or waits for a person. What runs meanwhile may change any variable. Throws
    /// `Interrupted`, and `MemoryExhausted` as `Cancellation.check()` does.
    public func rest() throws {
        try cancellation.check()
        guard let turn, cancellation.isAwaited else { return }
        turn()
        try cancellation.check()
    }

    /// The same host for work inside, whose turns are only given where `isAtRest` says that nobody
    /// around it is in the middle of something either, and whose warnings `locate` gives a place.
    package func inside(
        isAtRest: @escaping @Sendable () -> Bool,
        locate: @escaping @Sendable (Warning) -> Warning.Report
    ) -> Host {
        var restricted: (@Sendable () -> Void)?
        if let turn { restricted = { if isAtRest() { turn() } } }
        return Host(
            output: output, cancellation: cancellation, warnings: warnings, turn: restricted,
            locate: locate)
    }

    /// The same host for a part of a larger piece of work, which tells of the progress of all of
    /// it.
    package var withoutProgress: Host {
        Host(
            output: PartOutput(output), cancellation: cancellation, warnings: warnings,
            turn: turn, locate: locate)
    }

    /// The host of the running code; one on the standard output where none is bound.
    @TaskLocal public static var current = Host(output: StandardOutput())
}

/// Everything goes on but progress.
private final class PartOutput: OutputSink {
    private let whole: any OutputSink

    init(_ whole: any OutputSink) { self.whole = whole }

    var medium: OutputMedium { whole.medium }

    func emit(_ event: OutputEvent) {
        if case .progress = event { return }
        whole.emit(event)
    }

    func readLine(prompt: String, isPassword: Bool) throws -> String? {
        try whole.readLine(prompt: prompt, isPassword: isPassword)
    }
}

/// The sink of a plain program: text to the process's own streams, rich values as their text.
public final class StandardOutput: OutputSink {
    public init() {}

    public func emit(_ event: OutputEvent) {
        switch event {
        case .text(let text, .standardOutput): write(text, to: 1)
        case .text(let text, .standardError): write(text, to: 2)
        case .display(let bundle, _), .update(let bundle, _): write(bundle.plain + "\n", to: 1)
        case .progress(let progress):
            if progress.isFinished || progress.isMilestone {
                write("\(progress.title) \(progress.isStopped ? "stopped" : "done")\n", to: 2)
            }
        case .clear: break
        }
    }

    public func readLine(prompt: String, isPassword: Bool) throws -> String? {
        write(prompt, to: 1)
        return Swift.readLine()
    }

    private func write(_ text: String, to descriptor: Int32) {
        var text = text
        text.withUTF8 { bytes in
            var offset = 0
            while offset < bytes.count {
                let written = Glibc.write(
                    descriptor, bytes.baseAddress! + offset, bytes.count - offset)
                if written < 0 && errno == EINTR { continue }
                if written <= 0 { return }
                offset += written
            }
        }
    }
}
