/// Bytes that can be read at any place: a file, a part of one, or memory.
protocol ByteSource {
    /// What errors call it.
    var path: String { get }
    var byteCount: Int { get }

    /// Fills `buffer` with the bytes from `offset` on; throws where there are not as many.
    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws

    /// An error that names the file.
    func failure(_ problem: String, expected: String?, got: String?) -> TensorError
}

extension ByteSource {
    /// `count` bytes from `offset` on, which are compared with the size before memory is taken.
    func bytes(_ count: Int, at offset: Int) throws -> [UInt8] {
        guard count >= 0, offset >= 0, offset <= byteCount, count <= byteCount - offset else {
            throw failure(
                "the file ends too early", expected: "\(count) bytes from \(offset)",
                got: "\(byteCount)")
        }
        guard count > 0 else { return [] }
        return try [UInt8](unsafeUninitializedCapacity: count) { buffer, filled in
            try read(
                into: UnsafeMutableRawBufferPointer(
                    rebasing: UnsafeMutableRawBufferPointer(buffer)[..<count]),
                at: offset)
            filled = count
        }
    }

    /// A little-endian number of `count` bytes, at most eight.
    func number(_ count: Int, at offset: Int) throws -> UInt64 {
        try bytes(count, at: offset).reversed().reduce(0) { $0 << 8 | UInt64($1) }
    }

    func failure(_ problem: String, got: String? = nil) -> TensorError {
        failure(problem, expected: nil, got: got)
    }

    func failure(_ problem: String, expected: String) -> TensorError {
        failure(problem, expected: expected, got: nil)
    }
}

/// A part of a file.
struct ByteSlice: ByteSource {
    let whole: any ByteSource
    let start: Int
    let byteCount: Int

    var path: String { whole.path }

    /// The bytes of `place`, which lies in the file.
    init(_ whole: any ByteSource, _ place: Range<Int>) {
        self.whole = whole
        start = place.lowerBound
        byteCount = place.count
    }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws {
        guard offset >= 0, offset <= byteCount, buffer.count <= byteCount - offset else {
            throw failure("the file ends too early", got: "\(byteCount) bytes")
        }
        try whole.read(into: buffer, at: start + offset)
    }

    func failure(_ problem: String, expected: String?, got: String?) -> TensorError {
        whole.failure(problem, expected: expected, got: got)
    }
}

/// Bytes in memory that came out of a file.
struct MemoryBytes: ByteSource {
    let content: [UInt8]
    let path: String
    private let operation: String

    var byteCount: Int { content.count }

    init(_ content: [UInt8], path: String, operation: String) {
        self.content = content
        self.path = path
        self.operation = operation
    }

    func read(into buffer: UnsafeMutableRawBufferPointer, at offset: Int) throws {
        guard offset >= 0, offset <= byteCount, buffer.count <= byteCount - offset else {
            throw failure("the file ends too early", got: "\(byteCount) bytes")
        }
        content.withUnsafeBytes {
            buffer.copyMemory(
                from: UnsafeRawBufferPointer(rebasing: $0[offset...].prefix(buffer.count)))
        }
    }

    func failure(_ problem: String, expected: String?, got: String?) -> TensorError {
        TensorError(.io, operation, "\(path): \(problem)", expected: expected, got: got)
    }
}

/// Reads a source from front to back, a piece at a time.
struct ByteCursor {
    let source: any ByteSource
    /// Where the next byte stands.
    private(set) var position: Int
    let end: Int
    private var buffer: [UInt8] = []
    private var bufferStart = 0

    /// Reads the bytes of `place`, which lies in the source.
    init(_ source: any ByteSource, _ place: Range<Int>) {
        self.source = source
        position = place.lowerBound
        end = place.upperBound
    }

    var isAtEnd: Bool { position >= end }
    var remaining: Int { end - position }

    mutating func byte() throws -> UInt8 {
        guard position < end else { throw tooShort(1) }
        if position < bufferStart || position >= bufferStart + buffer.count {
            buffer = try source.bytes(min(1 << 14, end - position), at: position)
            bufferStart = position
        }
        defer { position += 1 }
        return buffer[position - bufferStart]
    }

    /// A little-endian number of `count` bytes, at most eight.
    mutating func number(_ count: Int) throws -> UInt64 {
        guard count <= remaining else { throw tooShort(count) }
        var value: UInt64 = 0
        for index in 0..<count { value |= UInt64(try byte()) << (8 * UInt64(index)) }
        return value
    }

    mutating func bytes(_ count: Int) throws -> [UInt8] {
        guard count >= 0, count <= remaining else { throw tooShort(count) }
        if count <= 256 {
            var bytes: [UInt8] = []
            bytes.reserveCapacity(count)
            for _ in 0..<count { bytes.append(try byte()) }
            return bytes
        }
        defer { position += count }
        return try source.bytes(count, at: position)
    }

    mutating func skip(_ count: Int) throws {
        guard count >= 0, count <= remaining else { throw tooShort(count) }
        position += count
    }

    private func tooShort(_ count: Int) -> TensorError {
        source.failure(
            "the file ends too early", expected: "\(count) bytes from \(position)",
            got: "\(max(0, remaining))")
    }
}
