/// PNG without compression, which a notebook can show and which needs no library.
///
/// Source: https://www.w3.org/TR/png-3/
enum PlainPNG {
    /// What the bytes of a pixel mean.
    enum Colors {
        case gray
        /// Red, green, blue.
        case rgb
        /// The number of one of at most 256 colours.
        case palette([(red: UInt8, green: UInt8, blue: UInt8)])
    }

    /// A file of `height` rows of `width` pixels.
    static func encode(width: Int, height: Int, colors: Colors, pixels: [UInt8]) -> [UInt8] {
        let type: UInt8
        var table: [UInt8] = []
        var channels = 1
        switch colors {
        case .gray: type = 0
        case .rgb:
            type = 2
            channels = 3
        case .palette(let entries):
            type = 3
            table = chunk("PLTE", entries.flatMap { [$0.red, $0.green, $0.blue] })
        }
        var rows: [UInt8] = []
        let rowBytes = width * channels
        rows.reserveCapacity(height * (rowBytes + 1))
        for y in 0..<height {
            rows.append(0)
            rows += pixels[y * rowBytes..<(y + 1) * rowBytes]
        }
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
            + chunk("IHDR", word(width) + word(height) + [8, type, 0, 0, 0]) + table
            + chunk("IDAT", stored(rows)) + chunk("IEND", [])
    }

    /// A zlib stream of uncompressed blocks.
    private static func stored(_ bytes: [UInt8]) -> [UInt8] {
        var stream: [UInt8] = [0x78, 0x01]
        for start in stride(from: 0, to: bytes.count, by: 65_535) {
            let end = min(start + 65_535, bytes.count)
            let count = end - start
            let low = UInt8(count & 0xFF)
            let high = UInt8(count >> 8)
            stream += [end == bytes.count ? 1 : 0, low, high, ~low, ~high]
            stream += bytes[start..<end]
        }
        var a = 1
        var b = 0
        for byte in bytes {
            a = (a + Int(byte)) % 65_521
            b = (b + a) % 65_521
        }
        return stream + word(b << 16 | a)
    }

    private static func chunk(_ name: String, _ content: [UInt8]) -> [UInt8] {
        let body = Array(name.utf8) + content
        var remainder: UInt32 = .max
        for byte in body {
            remainder ^= UInt32(byte)
            for _ in 0..<8 {
                remainder = remainder & 1 == 1 ? remainder >> 1 ^ 0xEDB8_8320 : remainder >> 1
            }
        }
        return word(content.count) + body + word(Int(~remainder))
    }

    private static func word(_ value: Int) -> [UInt8] {
        [24, 16, 8, 0].map { UInt8(truncatingIfNeeded: value >> $0) }
    }
}
