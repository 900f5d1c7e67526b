import Glibc
import JupyterKernel
import Synchronization

/// What signals mean to a process that serves a kernel, also before the kernel stands.
final class Serving: Sendable {
    private struct State {
        var kernel: Kernel?
        var isEnding = false
    }

    private let state = Mutex(State())

    /// The kernel stands: signals are for it from now on.
    func kernel(_ kernel: Kernel) {
        let isEnding = state.withLock { state in
            state.kernel = kernel
            return state.isEnding
        }
        if isEnding { kernel.shutDown() }
    }

    /// SIGINT stops the running cell, any other signal ends the kernel.
    func handle(signal: Int32) {
        let kernel = state.withLock { state in
            if signal != SIGINT { state.isEnding = true }
            return state.kernel
        }
        if signal == SIGINT { kernel?.interrupt() } else { kernel?.shutDown() }
    }
}
