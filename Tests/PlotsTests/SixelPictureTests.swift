import Plots
import Testing

/// What a terminal shows of a sixel sequence.
private struct SixelScreen {
    var width = 0
    var height = 0
    /// 0xRRGGBB in steps of a hundredth; `nil` where nothing was drawn.
    var pixels: [[Int?]] = []

    init?(_ text: String) {
        guard text.hasPrefix("\u{1B}P0;1;0q\"1;1;"), text.hasSuffix("\u{1B}\\") else { return nil }
        var bytes = Array(text.dropFirst(8).dropLast(2).utf8)[...]
        func number(_ bytes: inout ArraySlice<UInt8>) -> Int {
            var value = 0
            while let digit = bytes.first, (48...57).contains(digit) {
                value = value * 10 + Int(digit - 48)
                bytes.removeFirst()
            }
            return value
        }
        var palette: [Int: Int] = [:]
        var (color, x, y, count) = (0, 0, 0, 1)
        while let byte = bytes.popFirst() {
            switch byte {
            case UInt8(ascii: "\""):
                let sizes = (0..<4).map { _ in
                    let value = number(&bytes)
                    if bytes.first == UInt8(ascii: ";") { bytes.removeFirst() }
                    return value
                }
                (width, height) = (sizes[2], sizes[3])
                pixels = Array(repeating: Array(repeating: nil, count: width), count: height)
            case UInt8(ascii: "#"):
                color = number(&bytes)
                guard bytes.first == UInt8(ascii: ";") else { continue }
                let parts = (0..<4).map { _ in
                    bytes.removeFirst()
                    return number(&bytes)
                }
                guard parts[0] == 2 else { return nil }
                palette[color] = parts[1] << 16 | parts[2] << 8 | parts[3]
            case UInt8(ascii: "!"): count = number(&bytes)
            case UInt8(ascii: "$"): x = 0
            case UInt8(ascii: "-"): (x, y) = (0, y + 6)
            case 63...126:
                for _ in 0..<count {
                    for bit in 0..<6 where (byte - 63) >> UInt8(bit) & 1 == 1 {
                        guard y + bit < height, x < width else { return nil }
                        pixels[y + bit][x] = palette[color]
                    }
                    x += 1
                }
                count = 1
            default: return nil
            }
        }
    }
}

@Suite("Pictures as sixels")
struct SixelPictureTests {
    func hundredths(_ rgb: [UInt8]) -> Int {
        rgb.reduce(0) { $0 << 8 | (Int($1) * 100 + 127) / 255 }
    }

    @Test("few colours are shown as they are, each pixel in its place")
    func exact() throws {
        let (width, height) = (13, 17)
        var rgb: [UInt8] = []
        for index in 0..<(width * height) {
            rgb += [UInt8(index % 5 * 60), UInt8(index % 3 * 100), UInt8(index % 7 * 30)]
        }
        let screen = try #require(
            SixelScreen(SixelPicture(width: width, height: height, rgb: rgb).text))
        #expect([screen.width, screen.height] == [width, height])
        for y in 0..<height {
            for x in 0..<width {
                let offset = 3 * (y * width + x)
                #expect(screen.pixels[y][x] == hundredths(Array(rgb[offset..<(offset + 3)])))
            }
        }
    }

    @Test("of many colours the means of small parts stay")
    func dithered() throws {
        let side = 64
        var rgb: [UInt8] = []
        for y in 0..<side {
            for x in 0..<side { rgb += [UInt8(4 * x), UInt8(4 * y), UInt8(2 * (x + y))] }
        }
        let screen = try #require(
            SixelScreen(SixelPicture(width: side, height: side, rgb: rgb).text))
        for (top, left) in [(0, 0), (8, 40), (32, 16), (48, 48)] {
            for shift in [16, 8, 0] {
                var (shown, wanted) = (0.0, 0.0)
                for y in top..<(top + 16) {
                    for x in left..<min(left + 16, side) {
                        let color = try #require(screen.pixels[y][x])
                        shown += Double(color >> shift & 255) / 100
                        wanted += Double(rgb[3 * (y * side + x) + 2 - shift / 8]) / 255
                    }
                }
                #expect(abs(shown - wanted) / 256 < 0.03)
            }
        }
    }

    @Test("a run of equal pixels is a count")
    func runs() {
        let text = SixelPicture(
            width: 500, height: 6, rgb: [UInt8](repeating: 9, count: 3 * 500 * 6)
        ).text
        #expect(text.hasSuffix("#0!500~-\u{1B}\\"))
    }

    @Test("nothing to show is an empty text, missing pixels are black")
    func degenerate() {
        #expect(SixelPicture(width: 0, height: 4, rgb: [1, 2, 3]).text == "")
        #expect(SixelPicture(width: -2, height: 4, rgb: []).text == "")
        #expect(SixelPicture(width: 1, height: 1, rgb: []).text.contains("#0;2;0;0;0"))
    }
}
