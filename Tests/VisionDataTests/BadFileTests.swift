import Foundation
import Testing
import VisionData

@Suite("Files that are no pictures")
struct BadFileTests {
    @Test("each reason is named with the file")
    func reasons() throws {
        try withTemporaryFolder { folder in
            func write(_ name: String, _ content: [UInt8]) throws {
                try Data(content).write(to: URL(fileURLWithPath: "\(folder)/\(name)"))
            }
            func error(_ name: String) -> String {
                errorText { _ = try Image("\(folder)/\(name)") }
                    .replacingOccurrences(of: folder + "/", with: "")
            }
            try write("cat.jpg", Array("hello world".utf8))
            #expect(
                error("cat.jpg") == """
                    Image: cannot read "cat.jpg": it is not an image (starts with "hello wo"); \
                    expected PNG, JPEG, WebP, GIF, TIFF, BMP or PPM
                    """)
            try write("bytes.png", [0, 1, 2, 0xFE])
            #expect(error("bytes.png").contains("it is not an image (starts with 00 01 02 fe)"))
            try write("empty.png", [])
            #expect(
                error("empty.png")
                    == "Image: cannot read \"empty.png\": it is empty; expected PNG, JPEG, WebP, GIF, TIFF, BMP or PPM"
            )
            #expect(
                error("cta.jpg")
                    == "Image: cannot read \"cta.jpg\": there is no such file; did you mean \"cat.jpg\"?"
            )
            #expect(error("bytes.jpeg").hasSuffix("did you mean \"bytes.png\"?"))
            #expect(error("zebra.gif").hasSuffix("there is no such file"))
            #expect(error("elsewhere/x.png").hasSuffix("there is no such file"))
            #expect(
                errorText { _ = try Image(folder) }
                    == "Image: cannot read \"\(folder)\": it is a folder; expected a picture file")
            let png = try Fixture.bytes("rgb8.png")
            try write("cut.png", Array(png.prefix(png.count / 2)))
            #expect(
                error("cut.png").hasPrefix("Image: cannot read \"cut.png\": the PNG is cut short"))
            let jpeg = try Fixture.bytes("rgb.jpg")
            try write("cut.jpg", Array(jpeg.prefix(jpeg.count * 3 / 4)))
            #expect(
                error("cut.jpg").hasPrefix("Image: cannot read \"cut.jpg\": the JPEG is cut short"))
        }
    }

    @Test("a missing relative path says where it was looked for")
    func relative() {
        #expect(
            errorText { _ = try Image("surely-no-such-picture.png") }
                .hasSuffix("(looked in \(FileManager.default.currentDirectoryPath))"))
    }

    @Test("absurd sizes are refused before memory is taken")
    func absurdSizes() throws {
        var bitmap = try Fixture.bytes("rgb24.bmp")
        bitmap.replaceSubrange(18..<26, with: [0xFF, 0xFF, 0xFF, 0x7F, 0xFF, 0xFF, 0xFF, 0x7F])
        #expect(errorText { _ = try Image(data: bitmap) }.contains("too many pixels"))
        let map = Array("P5 4000000000 4000000000 255\n".utf8)
        #expect(
            errorText { _ = try Image(data: map) } == """
                Image: cannot read image data: too many pixels, expected at most 134217728, \
                got 4000000000x4000000000
                """)
        #expect(errorText { _ = try Image(data: Array("P5 0 3 255\n".utf8)) }.contains("got 0x3"))
        #expect(
            errorText { _ = try Image.filled(width: Int.max, height: 2, color: [0]) }
                .contains("too many pixels"))
    }

    @Test("what formats can hold and are not read is named")
    func unsupported() throws {
        var bitmap = try Fixture.bytes("rgb24.bmp")
        bitmap[28] = 2
        #expect(
            errorText { _ = try Image(data: bitmap) }.hasSuffix(
                "the BMP has 2 bits a pixel; expected 1, 4, 8, 16, 24 or 32"))
    }

    static let small = [
        "rgb8.png", "palette.png", "gray16.png", "interlaced16.png", "rgb.jpg", "progressive.jpg",
        "cmyk.jpg",
        "lossy.webp", "lossless.webp", "rgb24.bmp", "palette8.bmp", "rgba32.bmp",
        "orientation6.jpg",
        "orientation6.png", "scene-gray.expected.pgm", "still.gif", "animated.gif", "gray.gif",
        "animated.webp", "opaque.webp", "gray16.tiff", "rgb-lzw.tiff", "rgb-deflate.tiff",
        "rgb-jpeg.tiff", "tiled.tiff", "pages.tiff", "bilevel.tiff", "rgb16.tiff",
    ]

    @Test("a file cut anywhere is an error", arguments: small)
    func truncations(_ name: String) throws {
        let bytes = try Fixture.bytes(name)
        for length in stride(from: 0, to: bytes.count, by: max(1, bytes.count / 150)) {
            // The end of a JPEG only says that it ends; that of a PNG is the end mark's checksum.
            if !name.hasSuffix("bmp") && length >= bytes.count - 4 { continue }
            #expect(throws: ImageError.self, "\(length) of \(bytes.count) bytes of \(name)") {
                _ = try Image.frames(data: Array(bytes.prefix(length)))
            }
        }
    }

    @Test("a damaged file is an error or a picture, never a crash", arguments: small)
    func flips(_ name: String) throws {
        let bytes = try Fixture.bytes(name)
        var state: UInt64 = 42
        for round in 0..<400 {
            var damaged = bytes
            for _ in 0...(round % 3) {
                state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
                // Headers are short, and most of what can go wrong is there.
                let reach = round % 2 == 0 ? min(bytes.count, 120) : bytes.count
                damaged[Int(state >> 33) % reach] = UInt8(truncatingIfNeeded: state >> 20)
            }
            do {
                for image in try Image.frames(data: damaged) {
                    #expect(image.bytes.count == image.width * image.height * image.channels)
                }
            } catch {
                #expect(error is ImageError, "\(error)")
            }
        }
    }
}
