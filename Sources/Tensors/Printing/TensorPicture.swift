/// A tensor that looks like an image, as a small picture: a matrix, or one or three channels of
/// one, in front of the other axes or behind them.
///
/// Bytes are shown as they are, numbers in 0...1 as dark to bright, and any other range stretched.
struct TensorPicture {
    /// The most pixels along a side; larger images show every n-th one.
    private static let longestSide = 128
    /// Smaller matrices are tables.
    private static let shortestSide = 8

    let width: Int
    let height: Int
    let channels: Int
    /// Row by row, the channels of a pixel together.
    let pixels: [UInt8]

    /// `nil` when the tensor does not look like an image.
    init?(_ tensor: Tensor) throws {
        guard let axes = Self.axes(tensor.shape) else { return nil }
        let height = tensor.shape[axes.row]
        let width = tensor.shape[axes.column]
        channels = axes.channel.map { tensor.shape[$0] } ?? 1
        let every = (max(height, width) + Self.longestSide - 1) / Self.longestSide
        let reader = try ElementReader(tensor)
        var values: [Double] = []
        for y in stride(from: 0, to: height, by: every) {
            for x in stride(from: 0, to: width, by: every) {
                for channel in 0..<channels {
                    let place =
                        y * reader.stride(axes.row) + x * reader.stride(axes.column)
                        + channel * (axes.channel.map(reader.stride) ?? 0)
                    values.append(Self.value(reader.number(at: place)))
                }
            }
        }
        self.width = (width + every - 1) / every
        self.height = (height + every - 1) / every
        pixels = Self.levels(values, tensor.dtype)
    }

    /// An HTML image with the picture in it, enlarged where it is small.
    var html: String {
        let side = max(width, height)
        let scale = max(1, 160 / side)
        return "<img style=\"image-rendering:pixelated\" width=\"\(width * scale)\" "
            + "height=\"\(height * scale)\" src=\"data:image/png;base64,"
            + "\(base64(PlainPNG.encode(self)))\">"
    }

    private static func axes(_ shape: [Int]) -> (row: Int, column: Int, channel: Int?)? {
        let isBatch = shape.count == 4 && shape[0] == 1
        let first = isBatch ? 1 : 0
        let candidate: (row: Int, column: Int, channel: Int?)
        switch shape.count - first {
        case 2: candidate = (first, first + 1, nil)
        case 3 where [1, 3].contains(shape[first]): candidate = (first + 1, first + 2, first)
        case 3 where [1, 3].contains(shape[first + 2]): candidate = (first, first + 1, first + 2)
        default: return nil
        }
        let isLarge = min(shape[candidate.row], shape[candidate.column]) >= shortestSide
        let isTable = shape.count == 2 && max(shape[0], shape[1]) <= 16
        return isLarge && !isTable ? candidate : nil
    }

    private static func value(_ number: NestedNumbers) -> Double {
        switch number {
        case .real(let value): value
        case .integer(let value): Double(value)
        case .boolean(let value): value ? 1 : 0
        case .list: 0
        }
    }

    private static func levels(_ values: [Double], _ dtype: DType) -> [UInt8] {
        var low = 0.0
        var high = dtype == .uint8 ? 255.0 : 1.0
        let finite = values.filter(\.isFinite)
        if let least = finite.min(), let most = finite.max(), least < low || most > high {
            (low, high) = (least, most)
        }
        let range = high - low
        return values.map { value in
            guard value.isFinite, range > 0, range.isFinite else { return 0 }
            return UInt8(clamping: Int(((value - low) / range * 255).rounded()))
        }
    }
}

/// PNG without compression, which a notebook can show and which needs no library.
/// Source: https://www.w3.org/TR/png-3/
private enum PlainPNG {
    static func encode(_ picture: TensorPicture) -> [UInt8] {
        var rows: [UInt8] = []
        let rowBytes = picture.width * picture.channels
        for y in 0..<picture.height {
            rows.append(0)
            rows += picture.pixels[y * rowBytes..<(y + 1) * rowBytes]
        }
        let colour: UInt8 = picture.channels == 3 ? 2 : 0
        return [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]
            + chunk("IHDR", word(picture.width) + word(picture.height) + [8, colour, 0, 0, 0])
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

private func base64(_ bytes: [UInt8]) -> String {
    let digits = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    var text: [UInt8] = []
    for start in stride(from: 0, to: bytes.count, by: 3) {
        let group = (0..<3).reduce(0) { value, place in
            value << 8 | (start + place < bytes.count ? Int(bytes[start + place]) : 0)
        }
        for place in 0..<4 {
            let isThere = start + place <= bytes.count
            text.append(isThere ? digits[group >> (18 - 6 * place) & 63] : UInt8(ascii: "="))
        }
    }
    return String(decoding: text, as: UTF8.self)
}
