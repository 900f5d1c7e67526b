import Glibc
import OneDNN
import Synchronization

/// A file open for reading at any place.
///
/// The bytes are read straight to where they are needed. A mapping takes as long, and a file that
/// another program shortens meanwhile would end this process instead of being an error.
final class FileReader: ByteSource, Sendable {
    let path: String
    let byteCount: Int
    let operation: String
    private let descriptor: Int32
    private let stamp: FileStamp

    /// Throws when the path names no regular file that may be read.
    init(_ path: String, operation: String) throws {
        self.path = path
        self.operation = operation
        descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
        guard descriptor >= 0 else {
            throw TensorError(
                .io, operation, "cannot read \(path): \(String(cString: strerror(errno)))")
        }
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & S_IFMT == S_IFREG else {
            close(descriptor)
            throw TensorError(
                .io, operation, "cannot read \(path)", expected: "a file",
                got: "something else, such as a folder")
        }
        stamp = FileStamp(status)
        byteCount = stamp.byteCount
    }

    deinit { close(descriptor) }

    /// Fills `buffer` with the bytes from `offset` on, large ones by all cores: what takes time is to
    /// get the memory from the system.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws {
        let piece = 1 << 18
        let failure = Mutex<(any Error)?>(nil)
        nonisolated(unsafe) let buffer = buffer
        Parallel.forEach(count: (buffer.count + piece - 1) / piece, grain: 2) { range in
            let bytes = range.lowerBound * piece..<min(range.upperBound * piece, buffer.count)
            do {
                try readPart(
                    UnsafeMutableRawBufferPointer(rebasing: buffer[bytes]),
                    at: offset + bytes.lowerBound)
            } catch {
                failure.withLock { $0 = error }
            }
        }
        if let error = failure.withLock({ $0 }) { throw error }
    }

    /// The same, by the calling thread alone.
    func readPart(_ buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws {
        var done = 0
        while done < buffer.count {
            let count = pread(
                descriptor, buffer.baseAddress! + done, min(buffer.count - done, 1 << 30),
                off_t(offset + done))
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else {
                throw failure("reading failed: \(String(cString: strerror(errno)))")
            }
            guard count > 0 else {
                throw failure(
                    "the file ends too early", expected: "\(offset + buffer.count) bytes",
                    got: "\(offset + done)")
            }
            done += count
        }
    }

    /// Whether a later change would show: a clock of files may tick every two seconds, and few of the
    /// files that a process may have open stay so.
    var canBeReadLater: Bool {
        time(nil) - stamp.modified / FileStamp.second > 2 && descriptor < 256
    }

    /// Runs `read`; throws where the file is no longer what it was when it was opened.
    func unchanged<R>(_ read: () throws -> R) throws -> R {
        let result = Result { try read() }
        var status = stat()
        guard fstat(descriptor, &status) == 0, stamp.isSame(FileStamp(status), path) else {
            throw TensorError(
                .io, operation, "\(path) was changed after its weights were loaded: load it again")
        }
        return try result.get()
    }

    /// An error that names the file.
    func failure(_ problem: String, expected: String?, got: String?) -> TensorError {
        TensorError(.io, operation, "\(path): \(problem)", expected: expected, got: got)
    }
}

/// What tells a file from what it was.
private struct FileStamp: Sendable {
    static let second = 1_000_000_000

    let byteCount: Int
    /// When the bytes were written, and when anything about the file was changed, in nanoseconds.
    let modified, changed: Int
    private let device, number, names: UInt64

    init(_ status: stat) {
        byteCount = Int(status.st_size)
        modified = status.st_mtim.tv_sec * Self.second + status.st_mtim.tv_nsec
        changed = status.st_ctim.tv_sec * Self.second + status.st_ctim.tv_nsec
        device = UInt64(status.st_dev)
        number = UInt64(status.st_ino)
        names = UInt64(status.st_nlink)
    }

    /// Whether the same open file, now with stamp `now`, has the same bytes. To rename, replace or
    /// delete it changes its names alone.
    func isSame(_ now: FileStamp, _ path: String) -> Bool {
        guard now.byteCount == byteCount, now.modified == modified else { return false }
        if now.changed == changed || now.names != names { return true }
        var status = stat()
        guard stat(path, &status) == 0 else { return true }
        let named = FileStamp(status)
        return (named.device, named.number) != (device, number)
    }
}
