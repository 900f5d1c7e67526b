import Glibc
import LineEditor
import Sessions
import Synchronization

/// Whether a cell runs at the moment.
final class RunningFlag: Sendable {
    let value = Atomic<Bool>(false)
}

/// Takes Ctrl-C to what it is meant for: the running cell, or the line being typed. Made before any
/// other thread.
final class SignalRouter: Sendable {
    private struct Targets: Sendable {
        var session: Session?
        var editor: WakePipe?
        var wasInterrupted = false
    }

    let isRunning = RunningFlag()
    private let targets = Mutex(Targets())

    /// Starts to listen. SIGWINCH and SIGCONT concern the editor alone.
    init() {
        _ = SignalWatch([SIGINT, SIGWINCH, SIGCONT]) { [self] number in
            let (session, editor) = targets.withLock { ($0.session, $0.editor) }
            switch number {
            case SIGINT where isRunning.value.load(ordering: .sequentiallyConsistent):
                targets.withLock { $0.wasInterrupted = true }
                session?.interrupt()
            case SIGINT where editor == nil: _exit(ExitStatus.interrupted)
            case SIGINT: editor?.send(.interrupt)
            case SIGWINCH: editor?.send(.resize)
            default: editor?.send(.resume)
            }
        }
    }

    /// Whether a running cell was ever asked to stop.
    var wasInterrupted: Bool { targets.withLock { $0.wasInterrupted } }

    func attach(_ session: Session) { targets.withLock { $0.session = session } }

    func attach(_ editor: WakePipe) { targets.withLock { $0.editor = editor } }
}
