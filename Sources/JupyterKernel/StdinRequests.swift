import Hosting
import JupyterProtocol

/// Questions to the person at the front end and their answers. A cell that has a turn while another
/// one waits for its answer may ask too.
final class StdinRequests: Sendable {
    private struct State {
        /// The questions that wait for an answer, the newest last.
        var open: [String] = []
        var answers: [String: String] = [:]
        /// How often waiting was ended.
        var interrupts = 0
    }

    /// How long one wait may take, for the sake of a stop that came another way.
    private static let sliceMilliseconds = 20

    private let publisher: Publisher
    private let state = Monitor(State())

    init(publisher: Publisher) {
        self.publisher = publisher
    }

    /// Asks for one line and waits for it; `nil` at the end of input. Throws `Interrupted`.
    func ask(_ request: Message, prompt: String, isPassword: Bool) throws -> String? {
        let before = state.withLock { $0.interrupts }
        // It is open before it is sent: the answer may be quick.
        let question = publisher.ask(
            request, ["prompt": .string(prompt), "password": .bool(isPassword)]
        ) { id in state.withLock { $0.open.append(id) } }
        defer {
            state.withLock { state in
                state.open.removeAll { $0 == question }
                state.answers[question] = nil
            }
        }
        while true {
            try Host.current.rest()
            let outcome = state.wait(milliseconds: Self.sliceMilliseconds) {
                state -> Result<String, any Error>? in
                if state.interrupts != before { return .failure(Interrupted()) }
                return state.answers[question].map { .success($0) }
            }
            guard let line = try outcome?.get() else { continue }
            return line == "\u{4}" ? nil : line
        }
    }

    /// Takes an answer. One to a question that is not open is stale and left out.
    func deliver(_ reply: Message) {
        state.notify { state in
            guard let question = reply.parent?.id ?? state.open.last,
                state.open.contains(question)
            else { return }
            state.answers[question] = reply.content["value"]?.string ?? ""
        }
    }

    /// Ends every wait for an answer.
    func interrupt() { state.notify { $0.interrupts += 1 } }
}
