import Hosting
import JupyterProtocol

/// Questions to the person at the front end, one at a time, and their answers.
final class StdinRequests: Sendable {
    private struct State {
        var question: String?
        var answer: String?
        var isInterrupted = false
    }

    private let publisher: Publisher
    private let state = Monitor(State())

    init(publisher: Publisher) {
        self.publisher = publisher
    }

    /// Asks for one line and waits for it; `nil` at the end of input. Throws `Interrupted`.
    func ask(_ request: Message, prompt: String, isPassword: Bool) throws -> String? {
        state.withLock { $0 = State() }
        let question = publisher.ask(
            request, ["prompt": .string(prompt), "password": .bool(isPassword)])
        state.notify { $0.question = question }
        let cancellation = Host.current.cancellation
        while true {
            // The wait has an end for the sake of a cancellation that came another way.
            let outcome = state.wait(milliseconds: 50) { state -> Result<String, any Error>? in
                if state.isInterrupted || cancellation.isRequested {
                    return .failure(Interrupted())
                }
                return state.answer.map { .success($0) }
            }
            guard let outcome else { continue }
            state.withLock { $0.question = nil }
            let line = try outcome.get()
            return line == "\u{4}" ? nil : line
        }
    }

    /// Takes an answer. One that belongs to another question is stale and left out.
    func deliver(_ reply: Message) {
        state.notify { state in
            if let parent = reply.parent, let question = state.question, parent.id != question {
                return
            }
            state.answer = reply.content["value"]?.string ?? ""
        }
    }

    /// Ends the wait for an answer.
    func interrupt() { state.notify { $0.isInterrupted = true } }
}
