@preconcurrency import Glibc
import Hosting
import JupyterProtocol

/// What C code and child processes write to the process's own output, caught in pipes.
///
///     let native = try NativeOutput()          // descriptors 1 and 2 lead into pipes from here on
///     native.read { stream, text in ... }      // whatever has been written so far
public final class NativeOutput: Sendable {
    private struct Source: Sendable {
        let stream: OutputStream
        let descriptor: Int32
        let original: Int32
        let readEnd: Int32
        /// The first bytes of a character whose rest has not been read yet.
        var tail: [UInt8] = []
    }

    private let sources: Monitor<[Source]>
    /// What to poll for reading.
    let readEnds: [Int32]
    /// A descriptor of the standard error that the process started with.
    public let originalStandardError: Int32

    /// Redirects the given descriptors into pipes. Throws `KernelError`.
    public init(
        capturing descriptors: [(Int32, OutputStream)] = [
            (1, .standardOutput), (2, .standardError),
        ]
    ) throws {
        fflush(nil)
        originalStandardError = fcntl(2, F_DUPFD_CLOEXEC, 3)
        var sources: [Source] = []
        for (descriptor, stream) in descriptors {
            var ends: [Int32] = [-1, -1]
            let original = fcntl(descriptor, F_DUPFD_CLOEXEC, 3)
            guard original >= 0, pipe(&ends) == 0, dup2(ends[1], descriptor) >= 0 else {
                throw KernelError("native output: \(String(cString: strerror(errno)))")
            }
            close(ends[1])
            _ = fcntl(ends[0], F_SETFL, O_NONBLOCK)
            _ = fcntl(ends[0], F_SETFD, FD_CLOEXEC)
            sources.append(
                Source(
                    stream: stream, descriptor: descriptor, original: original, readEnd: ends[0]))
        }
        readEnds = sources.map(\.readEnd)
        self.sources = Monitor(sources)
        // A pipe would make C's standard output wait for a full buffer.
        if descriptors.contains(where: { $0.0 == 1 }) { setvbuf(stdout, nil, _IOLBF, 0) }
    }

    /// Pushes out what C's buffers hold. Never called with a lock that reading needs.
    func flushBuffers() { fflush(nil) }

    /// Hands over everything that has been written so far, without waiting.
    public func read(_ take: (OutputStream, String) -> Void) {
        sources.withLock { sources in
            for index in sources.indices {
                let bytes = sources[index].tail + available(sources[index].readEnd)
                let whole = bytes.count - incompleteSuffix(bytes)
                sources[index].tail = Array(bytes[whole...])
                guard whole > 0 else { continue }
                take(sources[index].stream, String(decoding: bytes[..<whole], as: UTF8.self))
            }
        }
    }

    /// Leads the descriptors back to where they led before.
    public func restore() {
        fflush(nil)
        sources.withLock { sources in
            for source in sources {
                dup2(source.original, source.descriptor)
                close(source.original)
                close(source.readEnd)
            }
            sources = []
        }
    }

    private func available(_ descriptor: Int32) -> [UInt8] {
        let limit = 1 << 16
        var bytes: [UInt8] = []
        while bytes.count < limit {
            let piece = [UInt8](unsafeUninitializedCapacity: 1 << 14) { buffer, count in
                count = max(0, Glibc.read(descriptor, buffer.baseAddress, buffer.count))
            }
            if piece.isEmpty { break }
            bytes += piece
        }
        return bytes
    }
}

/// How many bytes at the end begin a UTF-8 character that is not all there yet.
private func incompleteSuffix(_ bytes: [UInt8]) -> Int {
    for count in 1...3 where count <= bytes.count {
        let byte = bytes[bytes.count - count]
        let length = byte >= 0xF0 ? 4 : byte >= 0xE0 ? 3 : byte >= 0xC0 ? 2 : 1
        if byte & 0xC0 != 0x80 { return length > count ? count : 0 }
    }
    return 0
}
