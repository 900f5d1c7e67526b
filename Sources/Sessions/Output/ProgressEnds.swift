import Hosting
import Synchronization

/// A cell's sink that also tells of the end of work which did not tell of it itself, because it was
/// interrupted, failed, or was left by `break`: no bar stands there afterwards as if it went on.
final class ProgressEnds: OutputSink {
    private let inner: any OutputSink
    /// The last state of what is under way, in the order in which it began.
    private let open = Mutex<[Progress]>([])

    init(_ inner: any OutputSink) { self.inner = inner }

    var medium: OutputMedium { inner.medium }

    func emit(_ event: OutputEvent) {
        switch event {
        case .progress(let progress):
            open.withLock { open in
                let place = open.firstIndex { $0.id == progress.id }
                if progress.isFinished {
                    if let place { open.remove(at: place) }
                } else if let place {
                    open[place] = progress
                } else {
                    open.append(progress)
                }
            }
        case .clear: open.withLock { $0 = [] }
        default: break
        }
        inner.emit(event)
    }

    func readLine(prompt: String, isPassword: Bool) throws -> String? {
        try inner.readLine(prompt: prompt, isPassword: isPassword)
    }

    /// Says of everything that is still under way that it has stopped.
    func close() {
        let left = open.withLock { open in
            defer { open = [] }
            return open
        }
        for var progress in left {
            progress.isFinished = true
            progress.isStopped = true
            inner.emit(.progress(progress))
        }
    }
}
