import Testing
import VisionData

@Suite("Pictures decode as Pillow decodes them")
struct DecodingTests {
    @Test(
        "opaque pictures",
        arguments: [
            ("rgb8.png", "scene.expected.ppm", 0), ("gray8.png", "scene-gray.expected.pgm", 0),
            ("palette.png", "palette.expected.ppm", 0), ("gray1.png", "gray1.expected.pgm", 0),
            ("gray16.png", "scene-gray.expected.pgm", 0),
            ("interlaced16.png", "scene.expected.ppm", 0),
            ("rgb.jpg", "jpeg.expected.ppm", 1), ("progressive.jpg", "jpeg.expected.ppm", 1),
            ("gray.jpg", "jpeg-gray.expected.pgm", 1), ("cmyk.jpg", "cmyk.expected.ppm", 2),
            ("lossy.webp", "webp.expected.ppm", 1), ("rgb24.bmp", "scene.expected.ppm", 0),
            ("gray8.bmp", "scene-gray.expected.pgm", 0),
            ("palette8.bmp", "palette.expected.ppm", 0),
            ("rgba32.bmp", "scene.expected.ppm", 0),  // 32 bits without masks have no alpha
        ])
    func opaque(_ name: String, _ expected: String, _ tolerance: Int) throws {
        expectEqual(
            try Fixture.image(name), try Fixture.image(expected), tolerance: tolerance, name)
    }

    @Test("pictures with alpha", arguments: ["rgba8.png", "lossless.webp"])
    func alpha(_ name: String) throws {
        let image = try Fixture.image(name)
        #expect(image.description == "Image 47x31 RGBA")
        expectEqual(image.bytes, try Fixture.bytes("rgba8.expected.raw"), tolerance: 0, name)
    }

    @Test("every EXIF orientation shows the upright picture", arguments: 1...8)
    func orientation(_ value: Int) throws {
        let upright = try Fixture.image("orientation.expected.ppm")
        expectEqual(try Fixture.image("orientation\(value).png"), upright, "PNG \(value)")
        let photo = try Fixture.image("orientation\(value).jpg")
        // JPEG is lossy: near enough to be this orientation and no other.
        #expect(photo.description == upright.description)
        let difference = zip(photo.bytes, upright.bytes).reduce(0) {
            $0 + abs(Int($1.0) - Int($1.1))
        }
        #expect(difference / upright.bytes.count < 6)
    }

    @Test("EXIF in WebP is applied")
    func orientationOfWebP() throws {
        expectEqual(
            try Fixture.image("orientation8.webp"), try Fixture.image("orientation.expected.ppm"))
    }

    @Test("portable maps as text, with comments and other maxima")
    func portableMaps() throws {
        let gray = try Image(data: Array("P2 # a comment\n3 1\n# another\n100\n0 50 100\n".utf8))
        #expect(gray.channels == 1 && gray.bytes == [0, 128, 255])
        let color = try Image(data: Array("P3\n1 2\n255\n1 2 3\n4 5 6".utf8))
        #expect(color.height == 2 && color.bytes == [1, 2, 3, 4, 5, 6])
        let deep = try Image(data: Array("P5 2 1 65535\n".utf8) + [0, 0, 255, 255])
        #expect(deep.bytes == [0, 255])
    }

    /// A BMP with a header of 40 bytes, what stands between it and the pixels, and the pixels.
    private func bitmap(
        depth: UInt8, compression: UInt8, width: UInt8, height: UInt8, colors: UInt8 = 0,
        after: [UInt8], pixels: [UInt8]
    ) -> [UInt8] {
        func wide(_ value: UInt8) -> [UInt8] { [value, 0, 0, 0] }
        return Array("BM".utf8) + wide(0) + wide(0) + wide(UInt8(54 + after.count)) + wide(40)
            + wide(width) + wide(height) + [1, 0, depth, 0] + wide(compression) + wide(0) + wide(0)
            + wide(0) + wide(colors) + wide(0) + after + pixels
    }

    @Test("BMP of 16 bits, with the usual channels and with masks")
    func sixteenBits() throws {
        // Red, green and blue at their greatest, and white, from the bottom.
        let usual = bitmap(
            depth: 16, compression: 0, width: 2, height: 2, after: [],
            pixels: [0x1F, 0, 0xFF, 0x7F, 0x00, 0x7C, 0xE0, 0x03])
        let expected: [UInt8] = [255, 0, 0, 0, 255, 0, 0, 0, 255, 255, 255, 255]
        #expect(try Image(data: usual).bytes == expected)
        let masks: [UInt8] = [0, 0xF8, 0, 0, 0xE0, 0x07, 0, 0, 0x1F, 0, 0, 0]
        let masked = bitmap(
            depth: 16, compression: 3, width: 2, height: 2, after: masks,
            pixels: [0x1F, 0, 0xFF, 0xFF, 0x00, 0xF8, 0xE0, 0x07])
        #expect(try Image(data: masked).bytes == expected)
        var torn = masks
        torn[1] = 0xA8
        let bad = bitmap(
            depth: 16, compression: 3, width: 1, height: 1, after: torn, pixels: [0, 0, 0, 0])
        #expect(errorText { _ = try Image(data: bad) }.hasSuffix("the mask of a channel is 0xa800"))
    }

    @Test("BMP of runs of 8 and 4 bits: repeated, one by one, skipped, ended")
    func runs() throws {
        let grays: [UInt8] = [0, 0, 0, 0, 50, 50, 50, 0, 90, 90, 90, 0]
        let eight = bitmap(
            depth: 8, compression: 1, width: 5, height: 2, colors: 3, after: grays,
            pixels: [3, 1, 2, 2, 0, 0, 0, 2, 1, 0, 0, 3, 2, 1, 2, 0, 0, 1])
        #expect(try Image(data: eight).bytes == [0, 90, 50, 90, 0, 50, 50, 50, 90, 90])
        let four = bitmap(
            depth: 4, compression: 2, width: 5, height: 1, colors: 3, after: grays,
            pixels: [2, 0x12, 0, 3, 0x21, 0x10, 0, 1])
        #expect(try Image(data: four).bytes == [50, 90, 90, 50, 50])
        #expect(
            errorText { _ = try Image(data: Array(eight.prefix(eight.count - 3))) }
                .hasSuffix("the BMP is cut short: it ends within its runs"))
    }

    @Test("BMP of 1 and 4 bits, from the bottom and from the top")
    func smallDepths() throws {
        func bitmap(depth: UInt8, height: Int32, palette: [[UInt8]], rows: [[UInt8]]) -> [UInt8] {
            func little(_ value: Int32) -> [UInt8] {
                (0..<4).map { UInt8(truncatingIfNeeded: value >> (8 * $0)) }
            }
            let offset = Int32(54 + 4 * palette.count)
            return Array("BM".utf8) + little(0) + little(0) + little(offset) + little(40)
                + little(3) + little(height) + [1, 0, depth, 0] + little(0) + little(0) + little(0)
                + little(0) + little(Int32(palette.count)) + little(0)
                + palette.flatMap { $0 + [0] } + rows.flatMap { $0 }
        }
        let blueAndWhite: [[UInt8]] = [[255, 0, 0], [255, 255, 255]]
        let one = try Image(
            data: bitmap(
                depth: 1, height: 2, palette: blueAndWhite,
                rows: [[0b0100_0000, 0, 0, 0], [0b1010_0000, 0, 0, 0]]))
        #expect(one.description == "Image 3x2 RGB")
        #expect(Array(one.bytes.prefix(9)) == [255, 255, 255, 0, 0, 255, 255, 255, 255])
        let four = try Image(
            data: bitmap(
                depth: 4, height: -2, palette: [[0, 0, 0], [9, 9, 9], [200, 200, 200]],
                rows: [[0x12, 0x00, 0, 0], [0x21, 0x20, 0, 0]]))
        #expect(four.channels == 1 && four.bytes == [9, 200, 0, 200, 9, 200])
    }
}
