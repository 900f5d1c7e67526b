import Glibc

/// The folder that relative paths of running cells start from.
enum WorkingFolder {
    /// Runs `body` in the folder of a notebook, as Jupyter does, and comes back.
    ///
    /// The working folder belongs to the whole process: one notebook runs at a time.
    static func ofNotebook<R>(at path: String, _ body: () throws -> R) rethrows -> R {
        guard let slash = path.lastIndex(of: "/") else { return try body() }
        let before = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard before >= 0 else { return try body() }
        defer { close(before) }
        let folder = String(path[...slash])
        guard chdir(folder) == 0 else { return try body() }
        defer { _ = fchdir(before) }
        return try body()
    }
}
