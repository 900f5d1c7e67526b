import CZlib
import Glibc

/// A file of a data set, gzipped or not, read whole.
enum DataFile {
    /// The most bytes that the content of a file may have: 2 GB, unless the pixel limit is another.
    static var byteLimit: Int { max(1 << 20, 16 * Image.pixelLimit) }

    /// The first `headerSize` bytes of the uncompressed content, and the others.
    ///
    /// Throws `DatasetError`, which names the file, when it cannot be read, is damaged or cut
    /// short, or holds less than the header or more than `byteLimit` bytes.
    static func read(
        _ path: String, headerSize: Int
    ) throws -> (header: [UInt8], body: [UInt8]) {
        try content(try bytes(of: path), headerSize: headerSize, path)
    }

    /// The content of a file's bytes; `path` stands in errors.
    static func content(
        _ file: [UInt8], headerSize: Int, _ path: String
    ) throws -> (header: [UInt8], body: [UInt8]) {
        guard file.starts(with: [0x1F, 0x8B]) else {
            guard file.count >= headerSize else {
                throw corrupt(path, "it is cut short: it ends within its header")
            }
            return (Array(file.prefix(headerSize)), Array(file.dropFirst(headerSize)))
        }
        return try inflated(file, headerSize: headerSize, path)
    }

    private static func inflated(
        _ compressed: [UInt8], headerSize: Int, _ path: String
    ) throws -> (header: [UInt8], body: [UInt8]) {
        guard compressed.count >= 18 else { throw corrupt(path, "it is cut short") }
        // The last four bytes say how long the content is, which is at most 1,032 times the file.
        let stated = compressed.suffix(4).reversed().reduce(0) { $0 << 8 | Int($1) }
        let limit = min(byteLimit, 1032 * compressed.count)
        guard stated >= headerSize, stated <= limit else {
            throw corrupt(path, "it holds \(stated) bytes, expected \(headerSize) to \(limit)")
        }
        var stream = z_stream()
        let size = Int32(MemoryLayout<z_stream>.size)
        guard inflateInit2_(&stream, 15 + 16, zlibVersion(), size) == Z_OK else {
            throw corrupt(path, "zlib cannot start")
        }
        defer { inflateEnd(&stream) }
        return try compressed.withUnsafeBufferPointer { input in
            stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
            stream.avail_in = UInt32(input.count)
            /// The next `count` bytes of the content.
            func part(_ count: Int) throws -> [UInt8] {
                // One byte more, in which zlib notices the end even when nothing is left.
                try [UInt8](unsafeUninitializedCapacity: count + 1) { output, filled in
                    stream.next_out = output.baseAddress
                    stream.avail_out = UInt32(count)
                    while stream.avail_out > 0 {
                        let status = inflate(&stream, Z_SYNC_FLUSH)
                        if status == Z_STREAM_END { break }
                        try check(status, stream, path)
                    }
                    guard stream.avail_out == 0 else { throw corrupt(path, "it is cut short") }
                    filled = count
                }
            }
            let header = try part(headerSize)
            let body = try part(stated - headerSize)
            // What is left is the checksum, which zlib compares.
            var spare: UInt8 = 0
            let status = withUnsafeMutablePointer(to: &spare) {
                stream.next_out = $0
                stream.avail_out = 1
                return inflate(&stream, Z_FINISH)
            }
            guard status == Z_STREAM_END, stream.avail_out == 1 else {
                try check(status, stream, path)
                throw corrupt(path, "its length is not the one it states")
            }
            return (header, body)
        }
    }

    private static func check(_ status: Int32, _ stream: z_stream, _ path: String) throws {
        guard status == Z_OK || status == Z_STREAM_END else {
            throw corrupt(path, stream.msg.map { String(cString: $0) } ?? "it is cut short")
        }
    }

    private static func bytes(of path: String) throws -> [UInt8] {
        do {
            return try ImageFile(path).read()
        } catch let error as ImageError {
            throw DatasetError(
                error.kind == .missing ? .missing : .corrupt,
                "cannot read \"\(path)\": \(error.description)")
        }
    }

    private static func corrupt(_ path: String, _ reason: String) -> DatasetError {
        DatasetError(.corrupt, "cannot read \"\(path)\": the file is damaged: \(reason)")
    }
}
