/// BMP: 1, 4 and 8 bits with a palette, as rows and as runs; 16, 24 and 32 bits with any channel
/// masks; rows from the bottom or the top.
enum BMPCodec {
    static func decode(_ data: [UInt8]) throws -> Image {
        let header = try BMPHeader(data)
        let (width, height) = (header.width, header.height)
        let channels = header.depth <= 8 ? header.isGray ? 1 : 3 : header.masks.count
        let count = try Image.byteCount(width: width, height: height, channels: channels)
        let image: Image
        if header.depth <= 8 {
            let positions =
                header.form == .runs
                ? try runs(data, header) : try positions(data, header)
            image = try Image(width: width, height: height, channels: channels, count: count) {
                for (pixel, position) in positions.enumerated() {
                    let color = try header.color(Int(position))
                    $0[pixel * channels] = color.red
                    if channels == 3 {
                        $0[pixel * 3 + 1] = color.green
                        $0[pixel * 3 + 2] = color.blue
                    }
                }
            }
        } else {
            let stride = try checkedStride(data, header)
            image = Image(width: width, height: height, channels: channels, count: count) { out in
                data.withUnsafeBufferPointer { data in
                    let step = header.depth / 8
                    for y in 0..<height {
                        var offset = header.pixels + stride * y
                        var target = out + y * width * channels
                        for _ in 0..<width {
                            var pixel = 0
                            for byte in 0..<step { pixel |= Int(data[offset + byte]) << (8 * byte) }
                            for channel in 0..<channels {
                                target[channel] = header.masks[channel].value(of: pixel)
                            }
                            offset += step
                            target += channels
                        }
                    }
                }
            }
        }
        return header.isTopDown ? image : EXIFOrientation(4).applied(to: image)
    }

    /// The length of a row in the file, once all of them are known to be there.
    private static func checkedStride(_ data: [UInt8], _ header: BMPHeader) throws -> Int {
        let stride = (header.width * header.depth + 31) / 32 * 4
        guard data.count - header.pixels >= stride * header.height else {
            throw ImageError(
                .truncated,
                "the BMP is cut short: expected \(stride * header.height) bytes of pixels, "
                    + "got \(max(0, data.count - header.pixels))")
        }
        return stride
    }

    /// The palette positions of rows, in the order of the file.
    private static func positions(_ data: [UInt8], _ header: BMPHeader) throws -> [UInt8] {
        let stride = try checkedStride(data, header)
        let perByte = 8 / header.depth
        let mask = UInt8(1 << header.depth - 1)
        var positions: [UInt8] = []
        positions.reserveCapacity(header.width * header.height)
        for y in 0..<header.height {
            let row = header.pixels + stride * y
            for x in 0..<header.width {
                let shift = 8 - header.depth * (x % perByte + 1)
                positions.append(data[row + x / perByte] >> UInt8(shift) & mask)
            }
        }
        return positions
    }

    /// The palette positions of runs; what they skip is position 0.
    private static func runs(_ data: [UInt8], _ header: BMPHeader) throws -> [UInt8] {
        let (width, height) = (header.width, header.height)
        var positions = [UInt8](repeating: 0, count: width * height)
        var (x, y, offset) = (0, 0, header.pixels)
        func next() throws -> Int {
            guard offset < data.count else {
                throw ImageError(.truncated, "the BMP is cut short: it ends within its runs")
            }
            defer { offset += 1 }
            return Int(data[offset])
        }
        func put(_ position: Int) {
            if x < width && y < height { positions[y * width + x] = UInt8(position) }
            x += 1
        }
        /// The `index`th position of a byte, which holds one of 8 bits or two of 4.
        func part(_ byte: Int, _ index: Int) -> Int {
            header.depth == 8 ? byte : index % 2 == 0 ? byte >> 4 : byte & 15
        }
        while y < height {
            let count = try next()
            let value = try next()
            if count > 0 {
                for index in 0..<count { put(part(value, index)) }
                continue
            }
            switch value {
            case 0: (x, y) = (0, y + 1)
            case 1: return positions
            case 2: (x, y) = try (x + next(), y + next())
            default:
                // Positions one by one, filled up to an even number of bytes.
                let bytes = header.depth == 8 ? value : (value + 1) / 2
                var byte = 0
                for index in 0..<value {
                    if header.depth == 8 || index % 2 == 0 { byte = try next() }
                    put(part(byte, index))
                }
                if bytes % 2 == 1 { _ = try next() }
            }
        }
        return positions
    }

    /// What the header says.
    static func info(_ data: [UInt8]) throws -> ImageInfo {
        let header = try BMPHeader(data)
        return ImageInfo(
            format: .bmp, storedWidth: header.width, storedHeight: header.height,
            bitDepth: header.depth <= 8 ? header.depth : 8)
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
