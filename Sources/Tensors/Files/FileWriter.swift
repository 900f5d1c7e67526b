import Glibc

/// Writes a file whole or not at all: the bytes go to a new file beside it, which takes its name
/// when everything is written.
package struct FileWriter {
    private let path: String
    private let operation: String
    private let descriptor: Int32

    /// Writes what `body` hands over to the file at `path`.
    package static func write(
        _ path: String, operation: String, _ body: (FileWriter) throws -> Void
    ) throws {
        let temporary = "\(path).\(getpid())-\(UInt32.random(in: 0 ... .max)).partial"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o666)
        let writer = FileWriter(path: path, operation: operation, descriptor: descriptor)
        guard descriptor >= 0 else { throw writer.failure() }
        do {
            do {
                try body(writer)
            } catch {
                close(descriptor)
                throw error
            }
            guard close(descriptor) == 0, rename(temporary, path) == 0 else {
                throw writer.failure()
            }
        } catch {
            unlink(temporary)
            throw error
        }
    }

    package func write(_ bytes: UnsafeRawBufferPointer) throws {
        var done = 0
        while done < bytes.count {
            let count = Glibc.write(
                descriptor, bytes.baseAddress! + done, min(bytes.count - done, 1 << 30))
            if count < 0, errno == EINTR { continue }
            guard count > 0 else { throw failure() }
            done += count
        }
    }

    package func write(_ text: String) throws {
        var text = text
        try text.withUTF8 { try write(UnsafeRawBufferPointer($0)) }
    }

    private func failure() -> TensorError {
        TensorError(.io, operation, "cannot write \(path): \(String(cString: strerror(errno)))")
    }
}
