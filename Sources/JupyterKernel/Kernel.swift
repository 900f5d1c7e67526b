import Hosting
import JupyterProtocol
import Sessions

/// A Jupyter kernel: takes requests from a transport, has code evaluated, publishes what comes of it.
///
///     let kernel = try Kernel(transport: transport, key: connection.key, info: info) { Session() }
///     try kernel.start()
///     kernel.waitForShutdown()
///
/// Cells run on a thread of their own, those of a subshell while one of another shell rests. Requests
/// on the shell that run no code are answered on another thread, and those on the control channel on
/// a third, so that none waits for a cell.
public final class Kernel: Sendable {
    struct State {
        var evaluator: (any Evaluator)?
        /// How many cells run: one, and those that have a turn while it rests.
        var executing = 0
        var isShutDown = false
    }

    let publisher: Publisher
    let info: KernelInfo
    let stdin: StdinRequests
    let cells: CellQueue
    let state: Monitor<State>
    let native: NativeOutput?
    let gate: ReaderGate
    let pump: OutputPump
    private let makeEvaluator: @Sendable () -> any Evaluator
    private let interpreter = InterpreterThread()
    private let shellWorker: Worker
    private let controlWorker: Worker
    private let report: @Sendable (String) -> Void

    /// A kernel whose messages are signed with `key`. What goes wrong with a single message is told
    /// to `report`, and the kernel lives on. Output is dropped when no reader has taken any for
    /// `readerPatience` milliseconds while the queue was full. `makeEvaluator` is called once, on the thread
    /// that runs cells, while the kernel already answers. Throws where the system has no threads.
    public init(
        transport: any Transport, key: String, info: KernelInfo, native: NativeOutput? = nil,
        readerPatience: Int = 30_000, report: @escaping @Sendable (String) -> Void = { _ in },
        makeEvaluator: @escaping @Sendable () -> any Evaluator
    ) throws {
        self.info = info
        self.native = native
        self.report = report
        self.makeEvaluator = makeEvaluator
        let state = Monitor(State())
        self.state = state
        cells = CellQueue { isAwaited in
            state.withLock { $0.evaluator }?.setAwaited(isAwaited)
        }
        publisher = Publisher(transport: transport, key: key, report: report)
        stdin = StdinRequests(publisher: publisher)
        gate = ReaderGate(transport: transport, patience: readerPatience)
        pump = try OutputPump(native: native, gate: gate)
        // Completion parses what a person typed, however deeply it nests.
        shellWorker = try Worker(name: "shell", stackBytes: 64 << 20)
        controlWorker = try Worker(name: "control", stackBytes: 1 << 20)
    }

    /// Opens the channels and begins to serve. Throws what the transport throws.
    public func start() throws {
        try pump.start()
        try publisher.transport.start { [weak self] event in self?.receive(event) }
        publisher.status("starting", parent: nil)
        interpreter.async { [self] in
            let evaluator = makeEvaluator()
            state.notify { $0.evaluator = evaluator }
        }
    }

    /// Asks the running cells to stop; harmless when none runs.
    public func interrupt() {
        let evaluator = state.withLock { $0.executing > 0 ? $0.evaluator : nil }
        evaluator?.interrupt()
        stdin.interrupt()
        gate.interrupt()
    }

    /// Begins to end the kernel, as a shutdown request does.
    public func shutDown() {
        state.notify { $0.isShutDown = true }
    }

    /// Waits until a front end or `shutDown` ends the kernel; then stops a running cell, sends what
    /// is queued and closes the channels, all within two seconds.
    public func waitForShutdown() {
        _ = state.wait { $0.isShutDown ? true : nil }
        interrupt()
        _ = state.wait(milliseconds: 700) { $0.executing > 0 ? nil : true }
        publisher.transport.close(milliseconds: 700)
    }

    /// The evaluator, waiting for it where it is still being made.
    var evaluator: any Evaluator {
        state.wait { $0.evaluator }
    }

    // MARK: - Dispatch

    private func receive(_ event: TransportEvent) {
        switch event {
        case .subscription(let topic): welcome(topic)
        case .message(let frames, let channel):
            do {
                dispatch(try publisher.wire.decode(frames), channel)
            } catch {
                report("dropped from \(channel.rawValue): \(error)")
            }
        }
    }

    private func welcome(_ topic: [UInt8]) {
        publisher.publish(
            "iopub_welcome", parent: nil,
            ["subscription": .string(String(decoding: topic, as: UTF8.self))],
            topic: topic.isEmpty ? nil : topic, lane: .urgent)
    }

    private func dispatch(_ message: Message, _ channel: Channel) {
        switch channel {
        case .stdin: if message.type == "input_reply" { stdin.deliver(message) }
        case .iopub: break
        case .control:
            controlWorker.async { [self] in serve(message, on: .control, controlHandlers) }
        case .shell:
            if let id = message.header.subshell, !cells.subshells.contains(id) {
                shellWorker.async { [self] in
                    serve(message, on: .shell) { _ in throw RequestError.unknownSubshell(id) }
                }
            } else if message.type == "execute_request" {
                cells.append(message)
                interpreter.async { [self] in runCells() }
            } else {
                shellWorker.async { [self] in serve(message, on: .shell, shellHandlers) }
            }
        }
    }

    private func serve(_ request: Message, on channel: Channel, _ handlers: [String: Handler]) {
        let handler = handlers[request.type]
        if handler == nil { report("unknown on \(channel.rawValue): \(request.type)") }
        serve(request, on: channel, handler)
    }

    /// Answers one request that runs no code: busy, the reply where there is a handler, idle.
    private func serve(_ request: Message, on channel: Channel, _ handler: Handler?) {
        publisher.status("busy", parent: request.header)
        defer {
            if request.type == "shutdown_request" {
                broadcastShutdown(request)
            } else {
                publisher.status("idle", parent: request.header)
            }
        }
        do {
            guard let content = try handler?(request) else { return }
            publisher.reply(to: request, on: channel, lane: .urgent, content)
        } catch {
            // Comms have no replies.
            guard request.type.hasSuffix("_request") else { return report("\(error)") }
            publisher.reply(
                to: request, on: channel, lane: .urgent,
                [
                    "status": "error", "ename": "RequestError",
                    "evalue": .string(String(describing: error)), "traceback": [],
                ])
        }
    }

    /// Answers a request's content with its reply's; `nil` for requests that have no reply.
    typealias Handler = @Sendable (Message) throws -> [String: JSONValue]?

    private var shellHandlers: [String: Handler] {
        [
            "kernel_info_request": kernelInfo, "complete_request": complete,
            "inspect_request": inspect, "is_complete_request": isComplete,
            "history_request": history, "comm_info_request": commInfo, "comm_open": openComm,
            "comm_msg": ignoreComm, "comm_close": ignoreComm, "shutdown_request": shutdownReply,
        ]
    }

    private var controlHandlers: [String: Handler] {
        [
            "kernel_info_request": kernelInfo, "interrupt_request": interrupt,
            "shutdown_request": shutdownReply, "create_subshell_request": createSubshell,
            "delete_subshell_request": deleteSubshell, "list_subshell_request": listSubshells,
        ]
    }
}
