import CDeflate

/// The usual PNG, quickly: rows of 8 bits a sample, grey, RGB or RGB with alpha, inflated at once.
///
/// Palettes, other depths, transparent colours and interlaced rows are libspng's, and so is the
/// judgement of a file with any damage.
struct PNGRows {
    private let width: Int
    private let height: Int
    private let channels: Int
    /// The compressed rows.
    private var content: [UInt8] = []
    private(set) var orientation = EXIFOrientation()

    /// Reads the chunks; `nil` for any other file.
    init?(_ data: [UInt8]) {
        guard data.starts(with: [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]),
            let header = PNGChunk(data, at: 8), header.kind == PNGChunk.header,
            header.content.count == 13
        else { return nil }
        let fields = Array(header.content)
        func number(_ offset: Int) -> Int {
            fields[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
        }
        guard fields[8] == 8, let channels = [0: 1, 2: 3, 6: 4][fields[9]],
            fields[10...12].allSatisfy({ $0 == 0 })
        else { return nil }
        width = number(0)
        height = number(4)
        self.channels = channels
        var offset = header.end
        while let chunk = PNGChunk(data, at: offset) {
            switch chunk.kind {
            case PNGChunk.data: content += chunk.content
            case PNGChunk.exif: orientation = EXIFOrientation(tiff: Array(chunk.content))
            case PNGChunk.end: return
            case PNGChunk.transparency, PNGChunk.header: return nil
            default: break
            }
            offset = chunk.end
        }
        return nil
    }

    /// The picture; `nil` where the rows are damaged. Throws where it is larger than a picture may be.
    func decoded() throws -> Image? {
        let count = try Image.byteCount(width: width, height: height, channels: channels)
        let rowBytes = width * channels
        let size = (rowBytes + 1) * height
        // Nothing is compressed to less than a thousandth.
        guard content.count >= size / 1032, let decompressor = libdeflate_alloc_decompressor()
        else { return nil }
        defer { libdeflate_free_decompressor(decompressor) }
        var status = LIBDEFLATE_BAD_DATA
        let rows = [UInt8](unsafeUninitializedCapacity: size) { rows, filled in
            var got = 0
            status = libdeflate_zlib_decompress(
                decompressor, content, content.count, rows.baseAddress, size, &got)
            filled = got
        }
        guard status == LIBDEFLATE_SUCCESS, rows.count == size else { return nil }
        let filters = stride(from: 0, to: size, by: rowBytes + 1)
        guard filters.allSatisfy({ rows[$0] <= 4 }) else { return nil }
        let first = [UInt8](repeating: 0, count: rowBytes)
        return Image(width: width, height: height, channels: channels, count: count) { out in
            rows.withUnsafeBufferPointer { rows in
                first.withUnsafeBufferPointer { first in
                    guard let rows = rows.baseAddress, var above = first.baseAddress else { return }
                    for y in 0..<height {
                        let row = rows + y * (rowBytes + 1)
                        let target = out + y * rowBytes
                        Self.restore(row + 1, filter: row[0], above, target, rowBytes, channels)
                        above = UnsafePointer(target)
                    }
                }
            }
        }
    }

    /// Undoes what a row was filtered with before it was compressed (PNG specification, chapter 9).
    private static func restore(
        _ row: UnsafePointer<UInt8>, filter: UInt8, _ above: UnsafePointer<UInt8>,
        _ out: UnsafeMutablePointer<UInt8>, _ count: Int, _ step: Int
    ) {
        switch filter {
        case 1:
            out.update(from: row, count: step)
            for index in step..<count { out[index] = row[index] &+ out[index &- step] }
        case 2:
            for index in 0..<count { out[index] = row[index] &+ above[index] }
        case 3:
            for index in 0..<step { out[index] = row[index] &+ above[index] >> 1 }
            for index in step..<count {
                let mean = (UInt16(out[index &- step]) &+ UInt16(above[index])) >> 1
                out[index] = row[index] &+ UInt8(truncatingIfNeeded: mean)
            }
        case 4:
            for index in 0..<step { out[index] = row[index] &+ above[index] }
            for index in step..<count {
                let left = Int32(out[index &- step])
                let up = Int32(above[index])
                let corner = Int32(above[index &- step])
                let (x, y) = (up &- corner, left &- corner)
                let (toLeft, toUp, toCorner) = (abs(x), abs(y), abs(x &+ y))
                let nearer = toUp <= toCorner ? up : corner
                let nearest = toLeft <= toUp && toLeft <= toCorner ? left : nearer
                out[index] = row[index] &+ UInt8(truncatingIfNeeded: nearest)
            }
        default: out.update(from: row, count: count)
        }
    }
}

/// A chunk of a PNG whose checksum is right.
struct PNGChunk {
    static let header = name("IHDR"), data = name("IDAT"), end = name("IEND")
    static let exif = name("eXIf"), transparency = name("tRNS")

    /// Four letters as one number.
    let kind: UInt32
    let content: ArraySlice<UInt8>
    /// Where the next chunk starts.
    let end: Int

    /// `nil` where there is none at the offset, or it is damaged.
    init?(_ file: [UInt8], at offset: Int) {
        func number(_ offset: Int) -> Int {
            file[offset..<offset + 4].reduce(0) { $0 << 8 | Int($1) }
        }
        guard offset <= file.count - 12 else { return nil }
        let length = number(offset)
        guard length <= file.count - offset - 12 else { return nil }
        kind = UInt32(number(offset + 4))
        content = file[offset + 8..<offset + 8 + length]
        end = offset + 12 + length
        let checksum = file.withUnsafeBufferPointer {
            libdeflate_crc32(0, $0.baseAddress.map { $0 + offset + 4 }, length + 4)
        }
        guard Int(checksum) == number(offset + 8 + length) else { return nil }
    }

    private static func name(_ letters: StaticString) -> UInt32 {
        letters.withUTF8Buffer { $0.reduce(0) { $0 << 8 | UInt32($1) } }
    }
}
