import Hosting
import Language
import Sessions
import Synchronization

/// Runs the examples of a reference, each in a session of its own.
///
///     let run = ExampleRun(library: visionLibrary)
///     try run.outputs(of: "print(6 * 7)")[0].plain  // "42\n"
public struct ExampleRun: Sendable {
    private let library: Library

    public init(library: Library) { self.library = library }

    /// What an example puts out, the value of its last expression at the end.
    ///
    /// Throws a `ReferenceError` with the error's text where the example fails.
    public func outputs(of example: String) throws -> [MIMEBundle] {
        let sink = ExampleOutput()
        let session = Session(library: library, history: nil, frontEnd: "reference")
        switch session.execute(example, output: sink) {
        case .success(_, let result, _): return sink.outputs + (result.map { [$0] } ?? [])
        case .failure(_, let error): throw ReferenceError(error.rendered)
        }
    }
}

/// What an example puts out, in order; displays that change are kept as they are last.
private final class ExampleOutput: OutputSink {
    private let collected = Mutex<[(id: String?, bundle: MIMEBundle)]>([])

    var outputs: [MIMEBundle] { collected.withLock { $0.map(\.bundle) } }

    func emit(_ event: OutputEvent) {
        collected.withLock { collected in
            switch event {
            case .text(let text, .standardOutput): collected.append((nil, MIMEBundle(plain: text)))
            case .display(let bundle, let id): collected.append((id, bundle))
            case .update(let bundle, let id):
                for index in collected.indices where collected[index].id == id {
                    collected[index].bundle = bundle
                }
            case .clear: collected = []
            case .text(_, .standardError), .progress: break
            }
        }
    }

    /// Whoever reads the reference types nothing.
    func readLine(prompt: String, isPassword: Bool) throws -> String? { nil }
}
