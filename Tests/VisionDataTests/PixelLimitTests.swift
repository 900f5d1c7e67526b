import Testing
import VisionData

@Suite("The limit on pixels")
struct PixelLimitTests {
    @Test(
        "it holds for every format, and its error says how to raise it",
        arguments: [
            "rgb8.png", "gray16.png", "rgb.jpg", "lossy.webp", "still.gif", "rgb-lzw.tiff",
            "rgb24.bmp", "scene.expected.ppm", "tiled.tiff",
        ])
    func formats(_ name: String) throws {
        let image = try Fixture.image(name)
        let pixels = image.width * image.height
        let same = try withPixelLimit(pixels) { try Fixture.image(name) }
        #expect(same == image)
        try withPixelLimit(pixels - 1) {
            let text = errorText { _ = try Fixture.image(name) }
            #expect(
                text.hasSuffix(
                    "too many pixels, expected at most \(pixels - 1), got \(image.width)x"
                        + "\(image.height); withPixelLimit(\(pixels)) { ... } allows so many"),
                "\(text)")
        }
    }

    @Test(
        "it holds for all frames together",
        arguments: ["animated.gif", "opaque.webp", "pages.tiff"])
    func frames(_ name: String) throws {
        let first = try Fixture.image(name)
        try withPixelLimit(first.width * first.height) {
            let again = try Fixture.image(name)
            #expect(again == first)
            #expect(
                errorText { _ = try Image.frames(Fixture.path(name)) }
                    .contains("too many pixels, expected at most"))
        }
    }

    @Test("it holds for results too, and only within the block")
    func results() throws {
        let image = try Image.filled(width: 10, height: 10, color: [7])
        try withPixelLimit(200) {
            #expect(errorText { _ = try image.resized(20, 20) }.contains("at most 200, got 20x20"))
        }
        #expect(try image.resized(20, 20).width == 20)
        #expect(
            errorText { try withPixelLimit(0) {} }
                == "withPixelLimit: expected 1 to 2147483648 pixels, got 0")
    }

    @Test("a small file that promises a large picture is refused before memory is taken")
    func promises() throws {
        // 30,000 x 30,000 pixels in a GIF's canvas and in a TIFF's directory.
        var gif = try Fixture.bytes("still.gif")
        gif.replaceSubrange(6..<10, with: [0x30, 0x75, 0x30, 0x75])
        #expect(errorText { _ = try Image(data: gif) }.contains("got 30000x30000"))
        var tiff = try Fixture.bytes("rgb16.tiff")
        tiff.replaceSubrange(18..<20, with: [0x75, 0x30])
        tiff.replaceSubrange(30..<32, with: [0x75, 0x30])
        #expect(errorText { _ = try Image(data: tiff) }.contains("got 30000x30000"))
    }
}
