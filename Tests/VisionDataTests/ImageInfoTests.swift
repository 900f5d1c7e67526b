import Foundation
import Testing
import VisionData

@Suite("What files say of themselves")
struct ImageInfoTests {
    @Test(
        "size, depth, frames and orientation",
        arguments: [
            ("rgb8.png", "PNG 47x31, 8 bits"), ("gray16.png", "PNG 47x31, 16 bits"),
            ("gray1.png", "PNG 47x31, 1 bits"), ("progressive.jpg", "JPEG 47x31, 8 bits"),
            ("orientation6.jpg", "JPEG 24x16, 8 bits, EXIF orientation 6"),
            ("orientation6.png", "PNG 24x16, 8 bits, EXIF orientation 6"),
            ("orientation8.webp", "WEBP"), ("lossy.webp", "WebP 47x31, 8 bits"),
            ("animated.webp", "WebP 33x21, 8 bits, 2 frames"),
            ("animated.gif", "GIF 12x9, 8 bits, 4 frames"), ("still.gif", "GIF 33x21, 8 bits"),
            ("pages.tiff", "TIFF 33x21, 8 bits, 3 frames"),
            ("rgb16.tiff", "TIFF 33x21, 16 bits"),
            ("orientation5.tiff", "TIFF 12x8, 8 bits, EXIF orientation 5"),
            ("rgb24.bmp", "BMP 47x31, 8 bits"), ("scene.expected.ppm", "PPM 47x31, 8 bits"),
        ])
    func headers(_ name: String, _ expected: String) throws {
        let info = try ImageInfo(Fixture.path(name))
        if name == "orientation8.webp" {
            #expect(info.format == .webp && info.orientation == 8)
        } else {
            #expect(info.description == expected)
        }
        let image = try Fixture.image(name)
        #expect(info.width == image.width && info.height == image.height)
    }

    @Test("a colour profile is noted by name", arguments: ["png", "jpg", "webp", "tiff"])
    func profiles(_ kind: String) throws {
        let info = try ImageInfo(Fixture.path("profile." + kind))
        #expect(info.colorProfile == "sRGB built-in")
        #expect(info.description.hasSuffix("profile \"sRGB built-in\""))
    }

    @Test("a damaged file is an error or what it says, never a crash")
    func damaged() throws {
        for name in ["profile.png", "profile.jpg", "profile.webp", "profile.tiff", "animated.gif"] {
            let bytes = try Fixture.bytes(name)
            try withTemporaryFolder { folder in
                let path = folder + "/picture"
                for index in stride(from: 0, to: min(bytes.count, 300), by: 3) {
                    var damaged = bytes
                    damaged[index] ^= 0x5A
                    try Data(damaged).write(to: URL(fileURLWithPath: path))
                    do {
                        #expect(try ImageInfo(path).frameCount >= 0)
                    } catch {
                        #expect(error is ImageError, "\(error)")
                    }
                }
            }
        }
    }
}
