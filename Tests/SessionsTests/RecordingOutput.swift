import Hosting
import Synchronization

/// A sink that keeps what it was told.
final class RecordingOutput: OutputSink {
    private let state = Mutex<[OutputEvent]>([])
    private let answer: String?

    init(answer: String? = nil) { self.answer = answer }

    var events: [OutputEvent] { state.withLock { $0 } }

    /// Everything printed to a stream.
    func text(_ stream: OutputStream = .standardOutput) -> String {
        events.reduce(into: "") { text, event in
            if case .text(let piece, stream) = event { text += piece }
        }
    }

    func emit(_ event: OutputEvent) { state.withLock { $0.append(event) } }

    func readLine(prompt: String, isPassword: Bool) throws -> String? { answer }
}
