import Glibc
import OneDNN
import Synchronization

/// A file open for reading at any place.
///
/// The bytes are read straight into a tensor's memory. A mapping would do the same copy, and a file
/// that another program shortens meanwhile would end this process instead of being an error.
final class FileReader: ByteSource {
    let path: String
    let byteCount: Int
    private let operation: String
    private let descriptor: Int32

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
        byteCount = Int(status.st_size)
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

    private func readPart(_ buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws {
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

    /// An error that names the file.
    func failure(_ problem: String, expected: String?, got: String?) -> TensorError {
        TensorError(.io, operation, "\(path): \(problem)", expected: expected, got: got)
    }
}
