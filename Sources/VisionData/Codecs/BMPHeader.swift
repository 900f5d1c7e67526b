/// A BMP's header and palette, checked.
struct BMPHeader {
    /// How the pixels are stored.
    enum Form {
        /// Row by row, each on a multiple of 4 bytes.
        case rows
        /// Runs of palette positions.
        case runs
    }

    /// Which bits of a pixel are a channel.
    struct Mask {
        let shift: Int
        let bits: Int

        /// The channel of a pixel, brought to 8 bits.
        func value(of pixel: Int) -> UInt8 {
            let greatest = 1 << bits - 1
            let value = pixel >> shift & greatest
            return bits == 8
                ? UInt8(truncatingIfNeeded: value)
                : UInt8(truncatingIfNeeded: (value * 255 + greatest / 2) / greatest)
        }
    }

    let width: Int
    let height: Int
    let depth: Int
    let form: Form
    let isTopDown: Bool
    /// Where the pixels start in the file.
    let pixels: Int
    let palette: [(red: UInt8, green: UInt8, blue: UInt8)]
    let isGray: Bool
    /// Of red, green, blue and, where there is one, alpha; empty with a palette.
    let masks: [Mask]

    var hasAlpha: Bool { masks.count == 4 }

    init(_ data: [UInt8]) throws {
        func number(_ offset: Int, bytes: Int) throws -> Int {
            guard offset <= data.count - bytes else {
                throw ImageError(.truncated, "the BMP is cut short: it ends within its header")
            }
            return (0..<bytes).reduce(0) { $0 | Int(data[offset + $1]) << (8 * $1) }
        }
        let headerSize = try number(14, bytes: 4)
        pixels = try number(10, bytes: 4)
        let isOld = headerSize == 12
        guard isOld || (40...124).contains(headerSize) else {
            throw ImageError(.corrupt, "the BMP is damaged: its header has \(headerSize) bytes")
        }
        width = try number(18, bytes: isOld ? 2 : 4)
        let signed =
            try isOld ? number(20, bytes: 2) : Int(Int32(truncatingIfNeeded: number(22, bytes: 4)))
        height = abs(signed)
        isTopDown = signed < 0
        depth = try number(isOld ? 24 : 28, bytes: 2)
        let compression = try isOld ? 0 : number(30, bytes: 4)
        guard [1, 4, 8, 16, 24, 32].contains(depth) else {
            throw ImageError(
                .unsupported,
                "the BMP has \(depth) bits a pixel; expected 1, 4, 8, 16, 24 or 32")
        }
        guard width > 0, height > 0, width <= 1 << 31 else {
            throw ImageError(.corrupt, "the BMP is damaged: it has \(width)x\(height) pixels")
        }
        var masks: [Mask] = []
        switch (compression, depth) {
        case (0, _):
            form = .rows
            if depth > 8 {
                let bits = depth == 16 ? 5 : 8
                masks = [2, 1, 0].map { Mask(shift: $0 * bits, bits: bits) }
            }
        case (3, 16), (3, 32), (6, 32):
            form = .rows
            masks = try (0..<3).map { try Mask(number(54 + 4 * $0, bytes: 4)) }
            let alpha = headerSize >= 56 || compression == 6 ? try number(66, bytes: 4) : 0
            if alpha != 0 { masks.append(try Mask(alpha)) }
        case (1, 8), (2, 4): form = .runs
        default:
            throw ImageError(
                .unsupported,
                "the BMP has compression \(compression) with \(depth) bits a pixel; expected none, "
                    + "runs of 4 or 8 bits, or channel masks")
        }
        self.masks = masks
        guard depth <= 8 else {
            palette = []
            isGray = false
            return
        }
        let stated = try isOld ? 0 : number(46, bytes: 4)
        let entrySize = isOld ? 3 : 4
        let start = 14 + headerSize
        let room = max(0, min(pixels, data.count) - start) / entrySize
        let entries = min(stated == 0 ? 1 << depth : stated, 1 << depth, room)
        palette = (0..<entries).map {
            let offset = start + $0 * entrySize
            return (data[offset + 2], data[offset + 1], data[offset])
        }
        isGray = palette.allSatisfy { $0.red == $0.green && $0.green == $0.blue }
    }

    /// The color at a position of the palette.
    func color(_ index: Int) throws -> (red: UInt8, green: UInt8, blue: UInt8) {
        guard index < palette.count else {
            throw ImageError(
                .corrupt,
                "the BMP is damaged: a pixel asks for colour \(index) of a palette of "
                    + "\(palette.count)")
        }
        return palette[index]
    }
}

extension BMPHeader.Mask {
    /// The channel of a mask as files have it: neighbouring bits, at least one of them.
    fileprivate init(_ mask: Int) throws {
        let bits = mask.nonzeroBitCount
        shift = mask == 0 ? 0 : mask.trailingZeroBitCount
        self.bits = bits
        guard mask != 0, mask >> shift == 1 << bits - 1 else {
            throw ImageError(
                .corrupt,
                "the BMP is damaged: the mask of a channel is 0x\(String(mask, radix: 16))")
        }
    }
}
