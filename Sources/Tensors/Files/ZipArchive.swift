import CZlib

/// The entries of a zip file, stored or deflated.
/// Source: PKWARE, APPNOTE.TXT 6.3, with the 64-bit extensions that large checkpoints need.
struct ZipArchive {
    /// One file in the archive.
    struct Entry {
        var name: String
        var isDeflated: Bool
        var compressedSize: Int
        var size: Int
        /// Where its local header starts.
        var header: Int
    }

    let source: any ByteSource
    /// In the order of the archive's directory, each name once.
    private(set) var entries: [Entry] = []
    private var positions: [String: Int] = [:]

    private static let wholeDirectory = 0x0605_4b50
    private static let directoryEntry = 0x0201_4b50
    private static let localHeader = 0x0403_4b50
    private static let bigDirectory = 0x0606_4b50
    private static let bigLocator = 0x0706_4b50

    /// Whether a file begins as archives do.
    static func begins(_ bytes: [UInt8]) -> Bool { bytes.starts(with: [0x50, 0x4B, 3, 4]) }

    /// Throws where the directory is damaged or an entry does not lie in the file.
    init(_ source: any ByteSource) throws {
        self.source = source
        let (place, count) = try Self.directory(of: source)
        var cursor = ByteCursor(source, place)
        var total = 0
        for _ in 0..<count {
            guard try cursor.number(4) == Self.directoryEntry else {
                throw source.failure("the archive's directory is damaged")
            }
            let entry = try Self.entry(&cursor)
            total += entry.compressedSize
            guard total <= source.byteCount else {
                throw source.failure("entries of the archive overlap")
            }
            guard positions.updateValue(entries.count, forKey: entry.name) == nil else {
                throw source.failure("the archive holds '\(entry.name)' twice")
            }
            entries.append(entry)
        }
    }

    /// The entry of a name; `nil` where there is none.
    subscript(name: String) -> Entry? { positions[name].map { entries[$0] } }

    /// The content of an entry: a part of the file where it is stored, else inflated.
    func content(_ entry: Entry) throws -> any ByteSource {
        let fixed = 30
        guard entry.header <= source.byteCount - fixed,
            try source.number(4, at: entry.header) == Self.localHeader
        else { throw damaged(entry) }
        let names = try source.number(2, at: entry.header + 26)
        let extras = try source.number(2, at: entry.header + 28)
        let start = entry.header + fixed + Int(names) + Int(extras)
        guard start <= source.byteCount, entry.compressedSize <= source.byteCount - start else {
            throw damaged(entry)
        }
        let place = start..<start + entry.compressedSize
        guard entry.isDeflated else {
            guard entry.size == entry.compressedSize else { throw damaged(entry) }
            return ByteSlice(source, place)
        }
        return MemoryBytes(
            try inflated(entry, place), path: source.path, operation: "loadTensors")
    }

    private func damaged(_ entry: Entry) -> TensorError {
        source.failure("'\(entry.name)' in the archive is damaged or cut short")
    }

    /// Memory is taken as content comes, so that a file that lies about its size gets none for it.
    private func inflated(_ entry: Entry, _ place: Range<Int>) throws -> [UInt8] {
        // Deflate makes at most 1,032 bytes of one.
        guard entry.size / 1032 <= entry.compressedSize, entry.size <= Memory.budget else {
            throw damaged(entry)
        }
        var stream = z_stream()
        let size = Int32(MemoryLayout<z_stream>.size)
        guard inflateInit2_(&stream, -15, zlibVersion(), size) == Z_OK else {
            throw source.failure("zlib cannot start")
        }
        defer { inflateEnd(&stream) }
        var output: [UInt8] = []
        var piece = [UInt8](repeating: 0, count: min(1 << 18, entry.size + 1))
        var status = Z_OK
        for start in stride(from: place.lowerBound, to: place.upperBound, by: 1 << 18) {
            var input = try source.bytes(min(1 << 18, place.upperBound - start), at: start)
            try input.withUnsafeMutableBufferPointer { input in
                stream.next_in = input.baseAddress
                stream.avail_in = UInt32(input.count)
                repeat {
                    let made = piece.withUnsafeMutableBufferPointer { piece in
                        stream.next_out = piece.baseAddress
                        stream.avail_out = UInt32(piece.count)
                        status = inflate(&stream, Z_NO_FLUSH)
                        return piece.count - Int(stream.avail_out)
                    }
                    guard [Z_OK, Z_STREAM_END, Z_BUF_ERROR].contains(status),
                        output.count + made <= entry.size
                    else { throw damaged(entry) }
                    output += piece[..<made]
                } while status != Z_STREAM_END && stream.avail_out == 0
            }
            if status == Z_STREAM_END { break }
        }
        guard status == Z_STREAM_END, output.count == entry.size else { throw damaged(entry) }
        return output
    }

    /// One entry of the directory, behind its mark.
    private static func entry(_ cursor: inout ByteCursor) throws -> Entry {
        let source = cursor.source
        try cursor.skip(4)
        let flags = try cursor.number(2)
        let method = try cursor.number(2)
        try cursor.skip(8)
        var compressed = try cursor.number(4)
        var size = try cursor.number(4)
        let nameLength = Int(try cursor.number(2))
        let extraLength = Int(try cursor.number(2))
        let commentLength = Int(try cursor.number(2))
        try cursor.skip(8)
        var header = try cursor.number(4)
        let name = String(decoding: try cursor.bytes(nameLength), as: UTF8.self)
        var extra = try cursor.bytes(extraLength)[...]
        try cursor.skip(commentLength)
        // The 64-bit extension holds, in this order, what did not fit into 32 bits.
        while extra.count >= 4 {
            let kind = extra.prefix(2).reversed().reduce(0) { $0 << 8 | Int($1) }
            let length = extra.dropFirst(2).prefix(2).reversed().reduce(0) { $0 << 8 | Int($1) }
            var field = extra.dropFirst(4).prefix(length)
            extra = extra.dropFirst(4 + length)
            guard kind == 1 else { continue }
            func wide(_ value: inout UInt64) {
                guard value == 0xFFFF_FFFF, field.count >= 8 else { return }
                value = field.prefix(8).reversed().reduce(0) { $0 << 8 | UInt64($1) }
                field = field.dropFirst(8)
            }
            wide(&size)
            wide(&compressed)
            wide(&header)
        }
        guard flags & 1 == 0, method == 0 || method == 8 else {
            throw source.failure(
                "'\(name)' in the archive is encrypted or packed in an unknown way",
                expected: "stored or deflated", got: "method \(method), flags \(flags)")
        }
        let limit = UInt64(source.byteCount)
        guard compressed <= limit, header <= limit, size <= UInt64(Int.max / 2) else {
            throw source.failure("'\(name)' in the archive does not lie in the file")
        }
        return Entry(
            name: name, isDeflated: method == 8, compressedSize: Int(compressed), size: Int(size),
            header: Int(header))
    }

    /// Where the directory lies, and how many entries it has.
    private static func directory(
        of source: any ByteSource
    ) throws -> (place: Range<Int>, count: Int) {
        // The last record is followed by a comment of at most 65,535 bytes.
        let tail = min(source.byteCount, 22 + 65_535)
        let start = source.byteCount - tail
        let bytes = try source.bytes(tail, at: start)
        let mark: [UInt8] = [0x50, 0x4B, 5, 6]
        let found = stride(from: tail - 22, through: 0, by: -1).first {
            bytes[$0] == mark[0] && bytes[$0..<$0 + 4].elementsEqual(mark)
        }
        guard let found else {
            throw source.failure("the archive is cut short: its directory is missing")
        }
        let record = start + found
        var count = try source.number(2, at: record + 10)
        var size = try source.number(4, at: record + 12)
        var offset = try source.number(4, at: record + 16)
        if record >= 20, try source.number(4, at: record - 20) == bigLocator {
            let place = try source.number(8, at: record - 12)
            guard place <= UInt64(record), record - Int(place) >= 56,
                try source.number(4, at: Int(place)) == bigDirectory
            else { throw source.failure("the archive's directory is damaged") }
            count = try source.number(8, at: Int(place) + 32)
            size = try source.number(8, at: Int(place) + 40)
            offset = try source.number(8, at: Int(place) + 48)
        }
        // Every entry takes 46 bytes and its name.
        guard offset <= UInt64(record), size <= UInt64(record) - offset, count <= size / 46 else {
            throw source.failure("the archive's directory does not lie in the file")
        }
        return (Int(offset)..<Int(offset + size), Int(count))
    }
}
