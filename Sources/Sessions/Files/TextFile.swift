import Glibc

/// A file that could not be read or written, in the system's words.
public struct FileError: Error, Sendable, CustomStringConvertible {
    public var operation: String
    public var path: String
    public var problem: String

    package init(operation: String, path: String, problem: String) {
        self.operation = operation
        self.path = path
        self.problem = problem
    }

    public var description: String { "\(operation) \(path): \(problem)" }
}

/// Whole files, read and written through the system's own calls.
public enum TextFile {
    /// Every byte of a file.
    public static func bytes(of path: String) throws(FileError) -> [UInt8] {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("read", path) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 1 << 16)
        while true {
            let count = read(descriptor, &buffer, buffer.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw failure("read", path) }
            if count == 0 { return bytes }
            bytes += buffer[..<count]
        }
    }

    /// The text of a file in UTF-8.
    public static func text(of path: String) throws(FileError) -> String {
        guard let text = String(validating: try bytes(of: path), as: UTF8.self) else {
            throw FileError(operation: "read", path: path, problem: "not a text in UTF-8")
        }
        return text
    }

    /// Writes a file so that a reader sees the old or the new one and never a part: a neighbour is
    /// written, flushed to the disk and renamed. Symbolic links and permissions are kept.
    public static func write(_ text: String, to path: String) throws(FileError) {
        try write(Array(text.utf8), to: path)
    }

    /// Writes a file of bytes in the same way.
    public static func write(_ bytes: [UInt8], to path: String) throws(FileError) {
        let target = resolved(path)
        var information = stat()
        let permissions = stat(target, &information) == 0 ? information.st_mode & 0o7777 : 0o644
        let neighbour = target + ".\(getpid()).part"
        let descriptor = open(neighbour, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, permissions)
        guard descriptor >= 0 else { throw failure("write", path) }
        fchmod(descriptor, permissions)
        let isWritten = writeAll(bytes, to: descriptor) && fsync(descriptor) == 0
        let code = errno
        close(descriptor)
        guard isWritten, rename(neighbour, target) == 0 else {
            let problem = failure("write", path, code: isWritten ? errno : code)
            unlink(neighbour)
            throw problem
        }
    }

    /// Writes all bytes to a descriptor, waiting where it is not ready; false on an error.
    @discardableResult
    public static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        bytes.withUnsafeBytes { buffer in
            var offset = 0
            while offset < buffer.count {
                let count = Glibc.write(
                    descriptor, buffer.baseAddress?.advanced(by: offset), buffer.count - offset)
                if count > 0 {
                    offset += count
                } else if count < 0 && errno == EAGAIN {
                    var waited = pollfd(fd: descriptor, events: Int16(POLLOUT), revents: 0)
                    poll(&waited, 1, -1)
                } else if count == 0 || errno != EINTR {
                    return false
                }
            }
            return true
        }
    }

    private static func resolved(_ path: String) -> String {
        guard let real = realpath(path, nil) else { return path }
        defer { free(real) }
        return String(cString: real)
    }

    private static func failure(
        _ operation: String, _ path: String, code: Int32 = errno
    ) -> FileError {
        FileError(operation: operation, path: path, problem: String(cString: strerror(code)))
    }
}
