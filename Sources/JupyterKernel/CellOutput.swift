import Hosting
import JupyterProtocol
import Sessions

/// Publishes what one cell outputs, as few messages in the order things happened.
///
/// Printed text collects until something else follows, it grows large, or it has waited for
/// `textDelay`; states of a progress replace each other in one display.
final class CellOutput: OutputSink {
    /// How long printed text may wait for more, in nanoseconds.
    static let textDelay: UInt64 = 50_000_000
    /// How often a progress is published at most.
    static let progressDelay: UInt64 = 100_000_000
    private static let textLimit = 1 << 16

    private struct Line {
        var display: String
        var published: UInt64
        var pending: Progress?
    }

    private struct State {
        var text: [UInt8] = []
        var stream = OutputStream.standardOutput
        var textSince: UInt64 = 0
        var lines: [String: Line] = [:]
        var displays = 0
        var droppedBytes = 0
    }

    private let request: Message
    private let publisher: Publisher
    private let gate: ReaderGate
    private let stdin: StdinRequests
    private let native: NativeOutput?
    private let isSilent: Bool
    private let wakePump: @Sendable () -> Void
    private let state = Monitor(State())

    init(
        request: Message, publisher: Publisher, gate: ReaderGate, stdin: StdinRequests,
        native: NativeOutput?, isSilent: Bool, wakePump: @escaping @Sendable () -> Void
    ) {
        self.request = request
        self.publisher = publisher
        self.gate = gate
        self.stdin = stdin
        self.native = native
        self.isSilent = isSilent
        self.wakePump = wakePump
    }

    func emit(_ event: OutputEvent) {
        native?.flushBuffers()
        if case .text(let text, let stream) = event {
            emit(text, stream)
            return
        }
        let hasRoom = gate.waitForRoom()
        let mustWake = state.withLock { state in
            drainNative(&state)
            publishText(&state, hasRoom: hasRoom)
            publish(event, &state, hasRoom: hasRoom)
            return state.lines.values.contains { $0.pending != nil }
        }
        if mustWake { wakePump() }
    }

    func readLine(prompt: String, isPassword: Bool) throws -> String? {
        guard request.content["allow_stdin"]?.bool == true else {
            throw InputUnavailable()
        }
        native?.flushBuffers()
        flushText()
        return try stdin.ask(request, prompt: prompt, isPassword: isPassword)
    }

    /// Publishes the text so far, because another cell has a turn.
    func pause() {
        native?.flushBuffers()
        flushText()
    }

    /// Publishes a cell's result.
    func publishResult(_ bundle: MIMEBundle, count: Int) {
        publish(
            "execute_result",
            ["execution_count": .integer(count), "data": bundle.json, "metadata": [:]])
    }

    /// Publishes why the cell stopped.
    func publishError(_ failure: EvaluationFailure) {
        publish("error", failure.json)
    }

    /// Publishes everything that waits, so that nothing follows the reply.
    func finish() {
        native?.flushBuffers()
        let hasRoom = gate.waitForRoom()
        state.withLock { state in
            drainNative(&state)
            publishText(&state, hasRoom: hasRoom)
            publishProgress(&state, until: .max)
            if state.droppedBytes > 0 { reportDropped(&state) }
        }
    }

    /// Takes in native output and publishes what has waited long enough; called by the pump.
    /// Answers how many nanoseconds remain until it should come again; `nil` when nothing waits.
    func tick(gateAnswer: ReaderGate.Answer) -> UInt64? {
        if gateAnswer == .full { return Self.textDelay }
        let time = monotonicNanoseconds()
        return state.withLock { state in
            drainNative(&state)
            var next: UInt64?
            if !state.text.isEmpty {
                let due = state.textSince + Self.textDelay
                if due <= time || state.text.count >= Self.textLimit {
                    publishText(&state, hasRoom: gateAnswer == .open)
                } else {
                    next = due - time
                }
            }
            if gateAnswer == .open { publishProgress(&state, until: time) }
            for line in state.lines.values where line.pending != nil {
                let due = line.published + Self.progressDelay
                next = min(next ?? .max, due > time ? due - time : 0)
            }
            return next
        }
    }

    // MARK: - Text

    private func emit(_ text: String, _ stream: OutputStream) {
        guard !text.isEmpty else { return }
        // Publishing may have to wait for a reader, and must not do so with the lock.
        if state.withLock({ !$0.text.isEmpty && $0.stream != stream }) { flushText() }
        let (isLarge, isFirst) = state.withLock { state in
            drainNative(&state)
            let isFirst = state.text.isEmpty
            append(text, stream, &state)
            return (state.text.count >= Self.textLimit, isFirst)
        }
        if isLarge { flushText() } else if isFirst { wakePump() }
    }

    private func flushText() {
        let hasRoom = gate.waitForRoom()
        state.withLock { state in
            drainNative(&state)
            publishText(&state, hasRoom: hasRoom)
        }
    }

    private func drainNative(_ state: inout State) {
        native?.read { stream, text in append(text, stream, &state) }
    }

    private func append(_ text: String, _ stream: OutputStream, _ state: inout State) {
        if stream != state.stream { publishText(&state, hasRoom: true) }
        if state.text.isEmpty { state.textSince = monotonicNanoseconds() }
        state.stream = stream
        state.text.append(contentsOf: text.utf8)
    }

    private func publishText(_ state: inout State, hasRoom: Bool) {
        guard !state.text.isEmpty else { return }
        defer { state.text.removeAll(keepingCapacity: state.text.count <= Self.textLimit * 2) }
        guard hasRoom else {
            state.droppedBytes += state.text.count
            return
        }
        if state.droppedBytes > 0 { reportDropped(&state) }
        publish(
            "stream",
            [
                "name": .string(state.stream.rawValue),
                "text": .string(String(decoding: state.text, as: UTF8.self)),
            ])
    }

    private func reportDropped(_ state: inout State) {
        let seconds = Double(gate.patience) / 1000
        let note =
            "\n[\(state.droppedBytes) bytes of output were dropped: "
            + "nobody read any for \(seconds) s]\n"
        state.droppedBytes = 0
        publish("stream", ["name": "stderr", "text": .string(note)])
    }

    // MARK: - Everything else

    private func publish(_ event: OutputEvent, _ state: inout State, hasRoom: Bool) {
        guard hasRoom else {
            if case .display(let bundle, _) = event { state.droppedBytes += bundle.byteCount }
            if case .update(let bundle, _) = event { state.droppedBytes += bundle.byteCount }
            return
        }
        switch event {
        case .text: break
        case .display(let bundle, let id): publishDisplay("display_data", bundle, id)
        case .update(let bundle, let id): publishDisplay("update_display_data", bundle, id)
        case .clear(let wait):
            publish("clear_output", ["wait": .bool(wait)])
            // What was cleared cannot be updated any more.
            state.lines = [:]
        case .progress(let progress): take(progress, &state)
        }
    }

    private func take(_ progress: Progress, _ state: inout State) {
        let time = monotonicNanoseconds()
        if var line = state.lines[progress.id] {
            line.pending = progress
            state.lines[progress.id] = line
            if progress.isFinished || time >= line.published + Self.progressDelay {
                publishProgress(progress.id, &state, time)
            }
            return
        }
        state.displays += 1
        let display = "progress-\(request.header.id)-\(state.displays)"
        publishDisplay("display_data", ProgressLine.bundle(progress), display)
        if !progress.isFinished {
            state.lines[progress.id] = Line(display: display, published: time)
        }
    }

    private func publishProgress(_ state: inout State, until time: UInt64) {
        for (id, line) in state.lines where line.pending != nil {
            guard time == .max || line.published + Self.progressDelay <= time else { continue }
            publishProgress(id, &state, time)
        }
    }

    private func publishProgress(_ id: String, _ state: inout State, _ time: UInt64) {
        guard let line = state.lines[id], let progress = line.pending else { return }
        publishDisplay("update_display_data", ProgressLine.bundle(progress), line.display)
        state.lines[id] =
            progress.isFinished ? nil : Line(display: line.display, published: time)
    }

    private func publishDisplay(_ type: String, _ bundle: MIMEBundle, _ id: String?) {
        let transient: JSONValue = id.map { ["display_id": .string($0)] } ?? [:]
        publish(type, ["data": bundle.json, "metadata": [:], "transient": transient])
    }

    private func publish(_ type: String, _ content: [String: JSONValue]) {
        if !isSilent { publisher.publish(type, parent: request.header, content) }
    }
}

/// Thrown when a cell asks for input and its front end cannot answer.
struct InputUnavailable: Error, CustomStringConvertible {
    let description =
        "readLine: nobody can answer, expected a front end that allows input, "
        + "got a request with allow_stdin false"
}
