import Glibc

/// Notices when the process that started this one is gone, so that no kernel outlives its server.
public enum ParentWatch {
    /// Calls `action` once, on a thread of its own, when the parent has died; it looks every second.
    /// Does nothing unless `JPY_PARENT_PID` is set, as Jupyter does for kernels it owns.
    public static func start(_ action: @escaping @Sendable () -> Void) throws {
        guard getenv("JPY_PARENT_PID") != nil else { return }
        let parent = getppid()
        try Worker(name: "parent watch", stackBytes: 1 << 17).async {
            // The system gives an orphan another parent.
            while getppid() == parent { sleep(1) }
            action()
        }
    }
}
