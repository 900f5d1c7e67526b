/// The portable maps of Netpbm: grey (P2, P5) and colour (P3, P6), as text and as bytes.
enum PPMCodec {
    static func decode(_ data: [UInt8]) throws -> Image {
        var reader = PPMReader(data)
        let kind = data[1]
        let isText = kind == UInt8(ascii: "2") || kind == UInt8(ascii: "3")
        let channels = kind == UInt8(ascii: "2") || kind == UInt8(ascii: "5") ? 1 : 3
        let width = try reader.number()
        let height = try reader.number()
        let maximum = try reader.number()
        guard (1...65_535).contains(maximum) else {
            throw ImageError(
                .corrupt,
                "the PPM is damaged: its greatest sample is \(maximum), expected 1 to 65535")
        }
        let count = try Image.byteCount(width: width, height: height, channels: channels)
        let sampleSize = isText ? 1 : maximum > 255 ? 2 : 1
        if !isText { reader.offset += 1 }  // the one white space after the header
        // A text sample takes at least a digit and a space.
        let needed = isText ? 2 * count - 1 : count * sampleSize
        guard data.count - reader.offset >= needed else {
            throw ImageError(
                .truncated,
                "the PPM is cut short: expected \(count) samples for \(width)x\(height) pixels")
        }
        /// The samples, of which the greatest there may be becomes `greatest`.
        func read<Sample: FixedWidthInteger>(
            into out: UnsafeMutablePointer<Sample>, greatest: Int
        ) throws {
            for index in 0..<count {
                let value: Int
                if isText {
                    value = try reader.number()
                } else if sampleSize == 1 {
                    value = Int(data[reader.offset + index])
                } else {
                    let offset = reader.offset + 2 * index
                    value = Int(data[offset]) << 8 | Int(data[offset + 1])
                }
                guard value <= maximum else {
                    throw ImageError(
                        .corrupt,
                        "the PPM is damaged: a sample is \(value), expected at most \(maximum)")
                }
                out[index] = Sample(
                    truncatingIfNeeded: maximum == greatest
                        ? value : (value * greatest + maximum / 2) / maximum)
            }
        }
        if maximum > 255 {
            return try Image(
                deepWidth: width, height: height, channels: channels, count: count
            ) { try read(into: $0, greatest: 65_535) }
        }
        return try Image(width: width, height: height, channels: channels, count: count) {
            try read(into: $0, greatest: 255)
        }
    }

    /// What the header says.
    static func info(_ data: [UInt8]) throws -> ImageInfo {
        var reader = PPMReader(data)
        let width = try reader.number()
        let height = try reader.number()
        let maximum = try reader.number()
        return ImageInfo(
            format: .ppm, storedWidth: width, storedHeight: height, bitDepth: maximum > 255 ? 16 : 8
        )
    }

    /// P5 for grey, P6 for colour; transparent parts lie on white.
    static func encode(_ image: Image) -> [UInt8] {
        let opaque = image.channels == 4 ? image.flattened() : image
        let greatest = opaque.deep == nil ? 255 : 65_535
        let header =
            "\(opaque.channels == 1 ? "P5" : "P6")\n\(opaque.width) \(opaque.height)\n"
            + "\(greatest)\n"
        let samples =
            opaque.deep.map { deep in
                deep.flatMap { [UInt8($0 >> 8), UInt8(truncatingIfNeeded: $0)] }
            } ?? opaque.bytes
        return Array(header.utf8) + samples
    }

    static func isSpace(_ byte: UInt8) -> Bool { byte == 0x20 || (0x09...0x0D).contains(byte) }
}

/// Reads the numbers of a portable map, past white space and comments.
struct PPMReader {
    let data: [UInt8]
    var offset = 2

    init(_ data: [UInt8]) { self.data = data }

    mutating func number() throws -> Int {
        while offset < data.count {
            if data[offset] == UInt8(ascii: "#") {
                while offset < data.count, data[offset] != 0x0A { offset += 1 }
            } else if PPMCodec.isSpace(data[offset]) {
                offset += 1
            } else {
                break
            }
        }
        guard offset < data.count else {
            throw ImageError(.truncated, "the PPM is cut short: it ends where a number should be")
        }
        var value = 0
        let start = offset
        while offset < data.count, (0x30...0x39).contains(data[offset]) {
            value = value * 10 + Int(data[offset] - 0x30)
            offset += 1
            guard value < 1 << 32 else {
                throw ImageError(.corrupt, "the PPM is damaged: a number is too large")
            }
        }
        guard offset > start else {
            throw ImageError(
                .corrupt,
                "the PPM is damaged: expected a number at byte \(offset), got "
                    + ImageFormat.excerpt(of: [data[offset]]))
        }
        return value
    }
}
