import Hosting
import Synchronization

/// What `body` was warned of, warning by warning.
func warnings(_ body: () throws -> Void) rethrows -> [String] {
    let recorder = WarningRecorder()
    try Host.$current.withValue(Host(output: recorder)) { try body() }
    return recorder.texts.withLock { $0 }
}

private final class WarningRecorder: OutputSink {
    let texts = Mutex<[String]>([])

    func emit(_ event: OutputEvent) {
        if case .text(let text, .standardError) = event { texts.withLock { $0.append(text) } }
    }

    func readLine(prompt: String, isPassword: Bool) throws -> String? { nil }
}
