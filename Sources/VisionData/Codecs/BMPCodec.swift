/// Uncompressed BMP: 1, 4 and 8 bits with a palette, 24 and 32 bits, rows from the bottom or top.
enum BMPCodec {
    static func decode(_ data: [UInt8]) throws -> Image {
        let header = try BMPHeader(data)
        let (width, height) = (header.width, header.height)
        let channels = header.isGray ? 1 : header.hasAlpha ? 4 : 3
        let count = try Image.byteCount(width: width, height: height, channels: channels)
        let stride = (width * header.depth + 31) / 32 * 4
        guard header.pixels >= 0, data.count - header.pixels >= stride * height else {
            throw ImageError(
                .truncated,
                "the BMP is cut short: expected \(stride * height) bytes of pixels, "
                    + "got \(max(0, data.count - header.pixels))")
        }
        return try Image(width: width, height: height, channels: channels, count: count) { out in
            for y in 0..<height {
                let row = header.pixels + stride * (header.isTopDown ? y : height - 1 - y)
                let target = out + y * width * channels
                if header.depth <= 8 {
                    try unpack(data, row: row, header: header, into: target)
                } else {
                    let step = header.depth / 8
                    for x in 0..<width {
                        let pixel = row + x * step
                        for channel in 0..<channels {
                            target[x * channels + channel] = data[pixel + header.order[channel]]
                        }
                    }
                }
            }
        }
    }

    private static func unpack(
        _ data: [UInt8], row: Int, header: BMPHeader, into target: UnsafeMutablePointer<UInt8>
    ) throws {
        let perByte = 8 / header.depth
        let mask = (1 << header.depth) - 1
        for x in 0..<header.width {
            let shift = 8 - header.depth * (x % perByte + 1)
            let index = Int(data[row + x / perByte]) >> shift & mask
            guard index < header.palette.count else {
                throw ImageError(
                    .corrupt,
                    "the BMP is damaged: a pixel asks for colour \(index) of a palette of "
                        + "\(header.palette.count)")
            }
            let color = header.palette[index]
            if header.isGray {
                target[x] = color.red
            } else {
                target[3 * x] = color.red
                target[3 * x + 1] = color.green
                target[3 * x + 2] = color.blue
            }
        }
    }

    /// Grey as 8 bits with a grey palette, RGB as 24 bits, alpha as 32 bits with channel masks.
    static func encode(_ image: Image) -> [UInt8] {
        let channels = image.channels
        let paletteSize = channels == 1 ? 256 * 4 : 0
        let headerSize = channels == 4 ? 108 : 40
        let offset = 14 + headerSize + paletteSize
        let stride = (image.width * channels * 8 + 31) / 32 * 4
        let imageSize = stride * image.height

        var file: [UInt8] = []
        file.reserveCapacity(offset + imageSize)
        func append(_ value: Int, bytes: Int) {
            for index in 0..<bytes { file.append(UInt8(truncatingIfNeeded: value >> (8 * index))) }
        }
        file += Array("BM".utf8)
        append(offset + imageSize, bytes: 4)
        append(0, bytes: 4)
        append(offset, bytes: 4)
        append(headerSize, bytes: 4)
        append(image.width, bytes: 4)
        append(image.height, bytes: 4)
        append(1, bytes: 2)
        append(channels * 8, bytes: 2)
        append(channels == 4 ? 3 : 0, bytes: 4)
        append(imageSize, bytes: 4)
        for value in [2835, 2835, channels == 1 ? 256 : 0, 0] { append(value, bytes: 4) }
        if channels == 4 {
            for mask in [0xFF0000, 0xFF00, 0xFF, 0xFF00_0000] { append(mask, bytes: 4) }
            file += Array("BGRs".utf8)
            file += [UInt8](repeating: 0, count: 48)
        }
        if channels == 1 {
            for level in 0..<256 { append(level * 0x010101, bytes: 4) }
        }
        let order = channels == 1 ? [0] : channels == 3 ? [2, 1, 0] : [2, 1, 0, 3]
        let padding = [UInt8](repeating: 0, count: stride - image.width * channels)
        for y in (0..<image.height).reversed() {
            let row = y * image.width * channels
            for x in 0..<image.width {
                for channel in order { file.append(image.bytes[row + x * channels + channel]) }
            }
            file += padding
        }
        return file
    }
}

/// A BMP's header and palette, checked.
struct BMPHeader {
    let width: Int
    let height: Int
    let depth: Int
    let isTopDown: Bool
    /// Where the pixels start in the file.
    let pixels: Int
    let palette: [(red: UInt8, green: UInt8, blue: UInt8)]
    let isGray: Bool
    let hasAlpha: Bool
    /// Where in a pixel red, green, blue and alpha stand.
    let order: [Int]

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
        guard [1, 4, 8, 24, 32].contains(depth) else {
            throw ImageError(
                .unsupported,
                "the BMP has \(depth) bits a pixel; expected 1, 4, 8, 24 or 32")
        }
        guard compression == 0 || (compression == 3 && depth == 32) else {
            throw ImageError(.unsupported, "the BMP is compressed; expected an uncompressed one")
        }
        guard width > 0, height > 0, width <= 1 << 31 else {
            throw ImageError(.corrupt, "the BMP is damaged: it has \(width)x\(height) pixels")
        }

        var order = [2, 1, 0, 3]
        var hasAlpha = false
        if compression == 3 {
            let masks = try (0..<3).map { try number(54 + 4 * $0, bytes: 4) }
            order = try masks.map(BMPHeader.position)
            let alpha = headerSize >= 56 ? try number(66, bytes: 4) : 0
            hasAlpha = alpha != 0
            order.append(hasAlpha ? try BMPHeader.position(alpha) : 3)
        }
        self.order = order
        self.hasAlpha = hasAlpha

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

    /// The byte that a channel mask selects.
    private static func position(_ mask: Int) throws -> Int {
        guard let position = [0xFF, 0xFF00, 0xFF0000, 0xFF00_0000].firstIndex(of: mask) else {
            throw ImageError(.unsupported, "the BMP has channels that are not 8 bits wide")
        }
        return position
    }
}
