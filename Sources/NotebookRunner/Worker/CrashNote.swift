import Glibc
import Sessions
import Synchronization

/// What a process writes down in the moment it crashes: the line that was being carried out.
enum CrashNote {
    private struct State {
        var session: Session
        var descriptor: Int32
    }

    private static let state = Mutex<State?>(nil)
    private static let signals = [SIGSEGV, SIGBUS, SIGILL, SIGFPE, SIGABRT, SIGTRAP]

    /// Notes a crash of this process, then lets it take its course.
    static func install(
        for session: Session, on interpreter: InterpreterThread, descriptor: Int32
    ) {
        state.withLock { $0 = State(session: session, descriptor: descriptor) }
        // A crash may be of the stack itself.
        interpreter.async {
            let size = 1 << 16
            var stack = stack_t(ss_sp: malloc(size), ss_flags: 0, ss_size: size)
            sigaltstack(&stack, nil)
        }
        var action = sigaction()
        // The second time round, the signal does what it always does.
        action.__sigaction_handler.sa_handler = { signal in
            CrashNote.write()
            raise(signal)
        }
        action.sa_flags = Int32(bitPattern: UInt32(SA_RESETHAND)) | SA_ONSTACK | SA_NODEFER
        for signal in signals { sigaction(signal, &action, nil) }
    }

    /// Takes no lock that it would have to wait for and allocates nothing.
    private static func write() {
        _ = state.withLockIfAvailable { state in
            guard let state else { return }
            var line = Int64(state.session.runningLine ?? 0)
            _ = Glibc.write(state.descriptor, &line, MemoryLayout<Int64>.size)
        }
    }

    /// The line in a note; `nil` where there is none.
    static func line(from descriptor: Int32) -> Int? {
        var line: Int64 = 0
        let count = read(descriptor, &line, MemoryLayout<Int64>.size)
        return count == MemoryLayout<Int64>.size && line > 0 ? Int(line) : nil
    }
}
