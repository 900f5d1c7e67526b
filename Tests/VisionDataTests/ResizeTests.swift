import Hosting
import Testing
import VisionData

@Suite("Resizing")
struct ResizeTests {
    @Test("equals Pillow within one level, for every filter and number of channels")
    func likePillow() throws {
        let rgb = try Fixture.image("rgb8.png")
        let gray = try Fixture.image("gray8.png")
        let rgba = try Fixture.image("rgba8.png")
        let expected = try Fixture.bytes("resized.bin")
        var offset = 0
        func compare(
            _ image: Image, _ width: Int, _ height: Int, _ interpolation: Interpolation
        ) throws {
            let got = try image.resized(width, height, interpolation: interpolation)
            #expect(got.width == width && got.height == height)
            let count = width * height * image.channels
            expectEqual(
                got.bytes, Array(expected[offset..<offset + count]),
                tolerance: interpolation == .nearest ? 0 : 1,
                "\(image) to \(width)x\(height) \(interpolation)")
            offset += count
        }
        for (width, height) in [(20, 13), (13, 40), (47, 9), (1, 1)] {
            for interpolation in Interpolation.allCases {
                for image in [rgb, gray, rgba] { try compare(image, width, height, interpolation) }
            }
        }
        for interpolation in Interpolation.allCases { try compare(gray, 94, 62, interpolation) }
        #expect(offset == expected.count)
    }

    @Test("one colour stays that colour", arguments: Interpolation.allCases)
    func constant(_ interpolation: Interpolation) throws {
        let image = try Image.filled(width: 37, height: 23, color: [201, 3, 255])
        for (width, height) in [(5, 70), (100, 2), (1, 1)] {
            let resized = try image.resized(width, height, interpolation: interpolation)
            expectEqual(
                resized, try Image.filled(width: width, height: height, color: [201, 3, 255]))
        }
    }

    @Test("the short side keeps the proportions")
    func shortSide() throws {
        let wide = try testCard(width: 90, height: 40, channels: 3)
        #expect(try wide.resized(shortSide: 20).description == "Image 45x20 RGB")
        let tall = try testCard(width: 40, height: 95, channels: 1)
        #expect(try tall.resized(shortSide: 20).description == "Image 20x47 grey")
    }

    @Test("impossible sizes are errors")
    func errors() throws {
        let image = try testCard(width: 4, height: 4, channels: 3)
        #expect(
            errorText { _ = try image.resized(0, 5) }
                == "resized: expected at least 1x1 pixels, got 0x5")
        #expect(
            errorText { _ = try image.resized(100_000, 100_000) }
                == "Image: too many pixels, expected at most 134217728, got 100000x100000")
        #expect(throws: ImageError.self) { try image.resized(.max, .max) }
        #expect(throws: ImageError.self) { try image.resized(shortSide: -1) }
        #expect(throws: ImageError.self) { try image.resized(shortSide: .max) }
    }

    @Test("an interrupt ends a long resizing")
    func interrupted() throws {
        let host = Host(output: StandardOutput())
        host.cancellation.request()
        let image = try testCard(width: 8, height: 8, channels: 3)
        Host.$current.withValue(host) {
            #expect(throws: Interrupted.self) { try image.resized(2000, 3000) }
            #expect(throws: Interrupted.self) { try image.rotated(degrees: 3) }
        }
    }
}
