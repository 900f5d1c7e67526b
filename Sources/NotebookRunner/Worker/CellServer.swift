import Glibc
import Hosting
import Sessions
import Synchronization

/// The process's side of a run: runs the cells it is sent in a session of its own.
///
/// Cells run apart from the run that watches them, so that one that takes its process down is
/// reported like one that fails.
public final class CellServer: Sendable {
    /// The descriptors that a process for cells finds open when it starts.
    public enum Descriptors {
        /// The socket that cells come by and outputs go.
        public static let socket: Int32 = 3
        /// Where the process's own output and errors can be read.
        static let output: Int32 = 4
        static let error: Int32 = 5
        /// Where a crash is noted.
        static let note: Int32 = 6
    }

    private struct State {
        var isRunning = false
        /// Whether the running cell has been asked to stop.
        var isInterrupted = false
    }

    private let session: Session
    private let descriptor: Int32
    private let natives: [WorkerOutput.NativeSource]
    private let writer: FrameWriter
    private let output: WorkerOutput
    private let interpreter = InterpreterThread()
    private let state = Mutex(State())

    /// A server for one conversation over a socket; its own standard streams belong to others.
    package convenience init(_ session: Session, socket: Int32) {
        self.init(session, socket: socket, natives: [])
    }

    /// The server of a process that a run has started: its streams and its end are watched too.
    public convenience init(ofProcessWith session: Session) {
        self.init(
            session, socket: Descriptors.socket,
            natives: [
                .init(descriptor: Descriptors.output, stream: .standardOutput),
                .init(descriptor: Descriptors.error, stream: .standardError),
            ])
        CrashNote.install(for: session, on: interpreter, descriptor: Descriptors.note)
        for descriptor in Descriptors.socket...Descriptors.note {
            _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC)
        }
    }

    private init(_ session: Session, socket: Int32, natives: [WorkerOutput.NativeSource]) {
        self.session = session
        self.natives = natives
        descriptor = socket
        writer = FrameWriter(socket)
        output = WorkerOutput(writer, natives: natives)
    }

    /// Serves until the other side is gone.
    public func serve() {
        var reader = FrameReader(descriptor)
        var line: Int?
        do throws(Disconnected) {
            while true {
                let isRunning = state.withLock { $0.isRunning }
                let isReadable = wait(milliseconds: isRunning ? 50 : -1)
                output.pumpNative()
                if isRunning { look(&line) }
                guard isReadable else { continue }
                try reader.receive()
                while let frame = try reader.next() {
                    line = nil
                    handle(frame)
                }
            }
        } catch {
            session.interrupt()
        }
    }

    /// Waits for a frame or for native output; true where there is something on the socket.
    private func wait(milliseconds: Int32) -> Bool {
        var items = ([descriptor] + natives.map(\.descriptor)).map {
            pollfd(fd: $0, events: Int16(POLLIN), revents: 0)
        }
        return poll(&items, nfds_t(items.count), milliseconds) > 0 && items[0].revents != 0
    }

    /// Tells how far the running cell is, and asks it again to stop where it has begun only after
    /// it was asked.
    private func look(_ line: inout Int?) {
        if state.withLock({ $0.isRunning && $0.isInterrupted }) { session.interrupt() }
        guard let now = session.runningLine, now != line else { return }
        line = now
        let frame = WorkerEvent.line(now).frame
        writer.send(frame.kind, frame.payload)
    }

    private func handle(_ frame: Frame) {
        switch frame.kind {
        case .execute: execute(String(decoding: frame.payload, as: UTF8.self))
        case .interrupt:
            state.withLock { $0.isInterrupted = true }
            session.interrupt()
        default: break
        }
    }

    private func execute(_ source: String) {
        state.withLock { $0 = State(isRunning: true) }
        interpreter.async { [self] in
            let outcome = session.execute(source, output: output)
            output.finish()
            state.withLock { $0.isRunning = false }
            writer.send(.ended, CellEnd(outcome).payload)
        }
    }
}
