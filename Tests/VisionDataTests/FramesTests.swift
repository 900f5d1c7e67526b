import Foundation
import Testing
import VisionData

@Suite("GIF, TIFF and animations decode as Pillow decodes them")
struct FramesTests {
    /// Compares frames with their expected RGBA samples, one frame after the other.
    private func expectFrames(
        _ frames: [Image], _ expected: String, tolerance: Int = 0,
        sourceLocation: SourceLocation = #_sourceLocation
    ) throws {
        var samples: [UInt8] = []
        for frame in frames {
            for pixel in 0..<frame.width * frame.height {
                let start = pixel * frame.channels
                let color = frame.bytes[start..<start + frame.channels]
                switch frame.channels {
                case 1: samples += [color[start], color[start], color[start], 255]
                case 3: samples += Array(color) + [255]
                default: samples += color
                }
            }
        }
        // What lies behind fully transparent pixels is nobody's business.
        var wanted = try Fixture.bytes(expected + ".frames.raw")
        for alpha in stride(from: 3, to: min(samples.count, wanted.count), by: 4)
        where samples[alpha] == 0 && wanted[alpha] == 0 {
            for index in alpha - 3..<alpha {
                samples[index] = 0
                wanted[index] = 0
            }
        }
        expectEqual(
            samples, wanted, tolerance: tolerance, expected, sourceLocation: sourceLocation)
    }

    @Test("still GIFs", arguments: ["still", "gray"])
    func gifs(_ name: String) throws {
        let image = try Fixture.image(name + ".gif")
        #expect(image.channels == (name == "gray" ? 1 : 3))
        try expectFrames([image], name)
        #expect(try Image.frames(Fixture.path(name + ".gif")) == [image])
    }

    @Test("frames of a GIF lie on the canvas, are cleared or give back what they covered")
    func animatedGIF() throws {
        let frames = try Image.frames(Fixture.path("animated.gif"))
        #expect(frames.map(\.description) == Array(repeating: "Image 12x9 RGBA", count: 4))
        try expectFrames(frames, "animated")
        #expect(try Fixture.image("animated.gif").description == "Image 12x9 RGB")
    }

    @Test("frames of a WebP", arguments: [("opaque.webp", 3, 3), ("animated.webp", 2, 4)])
    func animatedWebP(_ name: String, _ count: Int, _ channels: Int) throws {
        let frames = try Image.frames(Fixture.path(name))
        #expect(frames.count == count)
        #expect(frames.allSatisfy { $0.channels == channels })
        try expectFrames(frames, name)
        #expect(try Fixture.image(name).height == frames[0].height)
    }

    @Test(
        "TIFF of every kind",
        arguments: [
            ("gray8", 1), ("gray16", 1), ("bilevel", 1), ("rgb-lzw", 3), ("rgb-deflate", 3),
            ("rgba", 4), ("palette", 3), ("cmyk", 3), ("rgb16", 3), ("tiled", 3), ("rgb-jpeg", 3),
        ])
    func tiff(_ name: String, _ channels: Int) throws {
        let image = try Fixture.image(name + ".tiff")
        #expect(image.channels == channels)
        // JPEG's transform may be computed in another way.
        try expectFrames([image], name + ".tiff", tolerance: name == "rgb-jpeg" ? 3 : 0)
    }

    @Test("pages of a TIFF may differ in size and colour")
    func pages() throws {
        let pages = try Image.frames(Fixture.path("pages.tiff"))
        #expect(
            pages.map(\.description) == [
                "Image 33x21 RGB", "Image 20x10 RGB", "Image 33x21 grey",
            ])
        try expectFrames(pages, "pages.tiff")
        #expect(try Fixture.image("pages.tiff") == pages[0])
    }

    @Test("every orientation of a TIFF shows the upright picture", arguments: 1...8)
    func orientation(_ value: Int) throws {
        try expectFrames([try Fixture.image("orientation\(value).tiff")], "orientation.tiff")
    }

    @Test("samples that are no whole numbers are refused by name")
    func unsupported() {
        #expect(
            errorText { _ = try Fixture.image("float.tiff") }.hasSuffix(
                "the TIFF holds signed or floating-point samples; expected unsigned ones"))
    }

    @Test("a wrong extension does not matter")
    func content() throws {
        for name in ["still.gif", "rgb-lzw.tiff", "opaque.webp"] {
            let bytes = try Fixture.bytes(name)
            try withTemporaryFolder { folder in
                let path = "\(folder)/photo.jpg"
                try Data(bytes).write(to: URL(fileURLWithPath: path))
                #expect(try Image(path) == Fixture.image(name))
            }
        }
    }

    @Test("other pictures are one frame")
    func still() throws {
        #expect(try Image.frames(Fixture.path("rgb8.png")) == [Fixture.image("rgb8.png")])
    }
}
