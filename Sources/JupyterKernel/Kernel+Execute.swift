import Hosting
import JupyterProtocol

/// Running cells, on the interpreter's thread.
extension Kernel {
    /// Runs every cell that may run now. Where a cell rests that is asked to stop, none begins.
    func runCells() {
        while !Host.current.cancellation.isRequested, let cell = cells.begin() {
            execute(cell)
            cells.end()
        }
    }

    /// Runs one execute request: busy, the input, outputs in order, the reply, idle.
    private func execute(_ cell: CellQueue.Cell) {
        let request = cell.request
        publisher.status("busy", parent: request.header)
        defer { publisher.status("idle", parent: request.header) }
        if let reason = cell.abortion {
            let failure = EvaluationFailure(name: "Aborted", message: reason, traceback: [])
            replyFailure(request, failure, count: evaluator.executionCount)
            return
        }
        guard let code = request.content["code"]?.string else {
            let failure = EvaluationFailure(
                name: "RequestError", message: "execute_request: expected a string as code",
                traceback: [])
            replyFailure(request, failure, count: evaluator.executionCount)
            return
        }
        run(code, request)
    }

    private func run(_ code: String, _ request: Message) {
        let isSilent = request.content["silent"]?.bool ?? false
        let storeHistory = !isSilent && (request.content["store_history"]?.bool ?? true)
        let evaluator = evaluator
        if !isSilent {
            // Blank cells run without being counted.
            let counts = storeHistory && code.contains { !$0.isWhitespace }
            let count = evaluator.executionCount + (counts ? 1 : 0)
            publisher.publish(
                "execute_input", parent: request.header,
                ["code": .string(code), "execution_count": .integer(count)])
        }
        let pump = pump
        let output = CellOutput(
            request: request, publisher: publisher, gate: gate, stdin: stdin, native: native,
            isSilent: isSilent, wakePump: { pump.wake() })
        gate.begin()
        pump.attach(output)
        let evaluation = interruptibly {
            evaluator.execute(
                code, storeHistory: storeHistory, silent: isSilent, output: output,
                atRest: { [self] in
                    output.pause()
                    runCells()
                    pump.attach(output)
                })
        }
        output.finish()
        switch evaluation {
        case .success(let count, let result, let pages):
            if let result { output.publishResult(result, count: count) }
            reply(
                request,
                [
                    "status": "ok", "execution_count": .integer(count),
                    "user_expressions": userExpressions(request),
                    "payload": .array(pages.map(page)),
                ])
        case .failure(let count, let failure):
            if request.content["stop_on_error"]?.bool ?? true {
                cells.abort(
                    shell: request.header.subshell,
                    because: "not run, because a cell before it failed")
            }
            output.publishError(failure)
            replyFailure(request, failure, count: count)
        }
    }

    /// Runs what `interrupt()` may stop.
    private func interruptibly(_ run: () -> Evaluation) -> Evaluation {
        state.withLock { $0.executing += 1 }
        defer { state.notify { $0.executing -= 1 } }
        return run()
    }

    private func page(_ bundle: MIMEBundle) -> JSONValue {
        ["source": "page", "data": bundle.json, "start": 0]
    }

    /// Evaluates the expressions that came with a request, each by itself and without a trace.
    private func userExpressions(_ request: Message) -> JSONValue {
        let expressions = request.content["user_expressions"]?.object ?? [:]
        return .object(
            expressions.mapValues { expression in
                let evaluation = interruptibly {
                    evaluator.execute(
                        expression.string ?? "", storeHistory: false, silent: false,
                        output: NoOutput(), atRest: {})
                }
                switch evaluation {
                case .success(_, let result, _):
                    return ["status": "ok", "data": result?.json ?? [:], "metadata": [:]]
                case .failure(_, let failure):
                    return .object(failure.json.merging(["status": "error"]) { $1 })
                }
            })
    }

    private func replyFailure(_ request: Message, _ failure: EvaluationFailure, count: Int) {
        var content = failure.json
        content["status"] = "error"
        content["execution_count"] = .integer(count)
        content["user_expressions"] = [:]
        content["payload"] = []
        reply(request, content)
    }

    /// In order, so that the reply comes after every output.
    private func reply(_ request: Message, _ content: [String: JSONValue]) {
        publisher.reply(to: request, on: .shell, lane: .ordered, content)
    }
}

/// The sink of a user expression, whose output nobody asked for.
private final class NoOutput: OutputSink {
    func emit(_ event: OutputEvent) {}
    func readLine(prompt: String, isPassword: Bool) throws -> String? { throw InputUnavailable() }
}

extension EvaluationFailure {
    /// The three parts as error messages and error replies carry them.
    var json: [String: JSONValue] {
        [
            "ename": .string(name), "evalue": .string(message),
            "traceback": .array(traceback.map { .string($0) }),
        ]
    }
}
