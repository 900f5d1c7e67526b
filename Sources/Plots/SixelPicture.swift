/// A picture as terminals since the VT340 take it: bands of six rows, one colour after the other.
///
///     let text = SixelPicture(width: 2, height: 2, rgb: pixels).text
///
/// A picture of at most 256 colours keeps them; of others each colour becomes one of 252, and the
/// difference is spread over the neighbours (Floyd and Steinberg, 1976).
public struct SixelPicture: Sendable {
    private let width: Int
    private let height: Int
    /// The colours, as 0xRRGGBB.
    private let palette: [Int]
    /// The colour of each pixel by its place in the palette, row by row.
    private let pixels: [UInt8]

    /// A picture from its pixels, row by row, three bytes each: red, green, blue.
    ///
    /// Rows that are missing at the end are black.
    public init(width: Int, height: Int, rgb: [UInt8]) {
        self.width = max(0, width)
        self.height = max(0, height)
        let wanted = 3 * self.width * self.height
        let rgb = rgb.prefix(wanted) + [UInt8](repeating: 0, count: max(0, wanted - rgb.count))
        if let exact = Self.exact(rgb) {
            (palette, pixels) = exact
        } else {
            palette = Cube.palette
            pixels = Self.dithered(rgb, width: self.width)
        }
    }

    /// The escape sequence that draws the picture with its upper left corner at the cursor.
    public var text: String {
        guard width > 0, height > 0 else { return "" }
        // Pixels that nothing is drawn on keep what was there, and a pixel is as wide as high.
        var result: [UInt8] = Array("\u{1B}P0;1;0q\"1;1;\(width);\(height)".utf8)
        for (index, color) in palette.enumerated() {
            let parts = [color >> 16, color >> 8 & 255, color & 255].map { ($0 * 100 + 127) / 255 }
            result += Array("#\(index);2;\(parts[0]);\(parts[1]);\(parts[2])".utf8)
        }
        for top in stride(from: 0, to: height, by: 6) { appendBand(top, to: &result) }
        return String(decoding: result, as: UTF8.self) + "\u{1B}\\"
    }

    private func appendBand(_ top: Int, to result: inout [UInt8]) {
        let rows = min(6, height - top)
        var masks = [[UInt8]?](repeating: nil, count: palette.count)
        for row in 0..<rows {
            let start = (top + row) * width
            for column in 0..<width {
                let color = Int(pixels[start + column])
                if masks[color] == nil { masks[color] = [UInt8](repeating: 0, count: width) }
                masks[color]?[column] |= 1 << UInt8(row)
            }
        }
        var isFirst = true
        for (color, mask) in masks.enumerated() {
            guard let mask else { continue }
            // Back to the left edge of the same band.
            if !isFirst { result.append(UInt8(ascii: "$")) }
            isFirst = false
            result += Array("#\(color)".utf8)
            Self.append(mask, to: &result)
        }
        result.append(UInt8(ascii: "-"))
    }

    /// Sixels of one colour, equal neighbours as a count.
    private static func append(_ mask: [UInt8], to result: inout [UInt8]) {
        var index = 0
        let end = (mask.lastIndex { $0 != 0 } ?? -1) + 1
        while index < end {
            var next = index + 1
            while next < end, mask[next] == mask[index] { next += 1 }
            let count = next - index
            if count > 3 {
                result += Array("!\(count)".utf8) + [63 + mask[index]]
            } else {
                for _ in 0..<count { result.append(63 + mask[index]) }
            }
            index = next
        }
    }

    /// The picture with its own colours; `nil` where it has more than 256.
    private static func exact(_ rgb: ArraySlice<UInt8>) -> ([Int], [UInt8])? {
        var places: [Int: UInt8] = [:]
        var palette: [Int] = []
        var pixels: [UInt8] = []
        pixels.reserveCapacity(rgb.count / 3)
        for offset in stride(from: rgb.startIndex, to: rgb.endIndex, by: 3) {
            let color = Int(rgb[offset]) << 16 | Int(rgb[offset + 1]) << 8 | Int(rgb[offset + 2])
            if let place = places[color] {
                pixels.append(place)
                continue
            }
            guard palette.count < 256 else { return nil }
            let place = UInt8(palette.count)
            places[color] = place
            palette.append(color)
            pixels.append(place)
        }
        return (palette, pixels)
    }

    /// The 252 colours: 6 steps of red, 7 of green, to which the eye is most sensitive, 6 of blue.
    private enum Cube {
        static let steps = [6, 7, 6]

        static let palette = (0..<(6 * 7 * 6)).map { index in
            let parts = [index / 42, index / 6 % 7, index % 6]
            return zip(parts, steps).reduce(0) { $0 << 8 | $1.0 * 255 / ($1.1 - 1) }
        }
    }

    private static func dithered(_ rgb: ArraySlice<UInt8>, width: Int) -> [UInt8] {
        let rgb = Array(rgb)
        let height = rgb.count / 3 / max(1, width)
        var pixels = [UInt8](repeating: 0, count: width * height)
        // What is left of the differences, in sixteenths, with a column to spare at either end.
        var (here, below) = (
            [Int](repeating: 0, count: 3 * (width + 2)), [Int](repeating: 0, count: 3 * (width + 2))
        )
        for row in 0..<height {
            for column in 0..<width {
                var place = 0
                for part in 0..<3 {
                    let error = 3 * (column + 1) + part
                    let wanted = Int(rgb[3 * (row * width + column) + part]) + here[error] / 16
                    let last = Cube.steps[part] - 1
                    let step = min(last, max(0, (wanted * last + 127) / 255))
                    place = place * Cube.steps[part] + step
                    let rest = wanted - step * 255 / last
                    here[error + 3] += 7 * rest
                    below[error - 3] += 3 * rest
                    below[error] += 5 * rest
                    below[error + 3] += rest
                }
                pixels[row * width + column] = UInt8(place)
            }
            (here, below) = (below, [Int](repeating: 0, count: 3 * (width + 2)))
        }
        return pixels
    }
}
