@preconcurrency import Glibc
import Hosting
import Sessions
import Synchronization

/// The output of the cells in the process that runs them: every event is sent at once, so that
/// nothing is lost when the process dies, and what native code wrote before it goes first.
final class WorkerOutput: OutputSink {
    /// A descriptor from which the text of one of the process's own streams can be read.
    struct NativeSource: Sendable {
        var descriptor: Int32
        var stream: OutputStream
    }

    private struct State {
        /// States of progress that came too soon after the one before.
        var pending: [(id: String, progress: Progress)] = []
        var lastProgress: Stopwatch?
    }

    private let writer: FrameWriter
    private let natives: [NativeSource]
    private let state = Mutex(State())

    init(_ writer: FrameWriter, natives: [NativeSource]) {
        self.writer = writer
        self.natives = natives
        // C's own buffer would hold text back until it is full, because the stream is a pipe.
        if !natives.isEmpty { setvbuf(stdout, nil, _IOLBF, 0) }
    }

    func emit(_ event: OutputEvent) {
        if !natives.isEmpty { fflush(nil) }
        state.withLock { state in
            sendNative()
            if case .progress(let progress) = event {
                take(progress, &state)
                return
            }
            sendPending(&state)
            if let event = WorkerEvent(event) { send(event) }
        }
    }

    /// Sends everything that was held back.
    func finish() {
        if !natives.isEmpty { fflush(nil) }
        state.withLock { state in
            sendNative()
            sendPending(&state)
            state.lastProgress = nil
        }
    }

    /// Sends what native code has written so far.
    func pumpNative() { state.withLock { _ in sendNative() } }

    func readLine(prompt: String, isPassword: Bool) throws -> String? { throw NoInput() }

    private func take(_ progress: Progress, _ state: inout State) {
        state.pending.removeAll { $0.id == progress.id }
        state.pending.append((progress.id, progress))
        let isDue = state.lastProgress.map { $0.seconds >= 0.1 } ?? true
        if isDue || progress.isFinished || progress.isMilestone { sendPending(&state) }
    }

    private func sendPending(_ state: inout State) {
        guard !state.pending.isEmpty else { return }
        for (id, progress) in state.pending {
            let data = NotebookOutput.data(ProgressLine.bundle(progress))
            let isMilestone = progress.isMilestone || progress.isFinished
            send(.progress(data, id: id, isMilestone: isMilestone))
        }
        state.pending = []
        state.lastProgress = Stopwatch()
    }

    private func sendNative() {
        for source in natives {
            let bytes = NativeText.available(source.descriptor)
            if !bytes.isEmpty { send(.text(bytes, source.stream)) }
        }
    }

    private func send(_ event: WorkerEvent) {
        let frame = event.frame
        writer.send(frame.kind, frame.payload)
    }
}

/// Text that waits in a pipe.
enum NativeText {
    /// Everything that can be read without waiting, from a descriptor that does not wait.
    static func available(_ descriptor: Int32) -> [UInt8] {
        var bytes: [UInt8] = []
        while true {
            let piece = [UInt8](unsafeUninitializedCapacity: 1 << 14) { buffer, count in
                count = max(0, read(descriptor, buffer.baseAddress, buffer.count))
            }
            if piece.isEmpty { return bytes }
            bytes += piece
        }
    }
}

extension WorkerEvent {
    /// An event of a cell; `nil` for progress, whose states are thinned out first.
    fileprivate init?(_ event: OutputEvent) {
        switch event {
        case .text(let text, let stream): self = .text(Array(text.utf8), stream)
        case .display(let bundle, let id): self = .display(NotebookOutput.data(bundle), id: id)
        case .update(let bundle, let id): self = .update(NotebookOutput.data(bundle), id: id)
        case .clear(let wait): self = .clear(wait: wait)
        case .progress: return nil
        }
    }
}

/// Asked of a person where nobody sits.
struct NoInput: Error, CustomStringConvertible {
    var description: String {
        "readLine: a notebook that runs by itself has nobody to ask; give the value in a cell"
    }
}
