import Testing
import VisionData

@Suite("Parts, mirrors and turns")
struct GeometryTests {
    @Test("a part has the pixels of its place")
    func crop() throws {
        let image = try testCard(width: 9, height: 7, channels: 3)
        let part = try image.cropped(x: 2, y: 3, width: 4, height: 2)
        for y in 0..<2 {
            for x in 0..<12 {
                #expect(part.bytes[y * 12 + x] == image.bytes[((y + 3) * 9 + 2) * 3 + x])
            }
        }
        expectEqual(try image.cropped(x: 0, y: 0, width: 9, height: 7), image)
        #expect(
            errorText { _ = try image.cropped(x: 6, y: 0, width: 4, height: 2) } == """
                cropped: the part leaves the picture, expected it within 9x7, got x: 6, y: 0, \
                width: 4, height: 2
                """)
        #expect(throws: ImageError.self) { try image.cropped(x: -1, y: 0, width: 2, height: 2) }
        #expect(throws: ImageError.self) { try image.cropped(x: 1, y: 0, width: .max, height: 2) }
    }

    @Test("the centre is where torchvision has it")
    func center() throws {
        let image = try testCard(width: 9, height: 6, channels: 1)
        // (9 - 4) / 2 = 2.5 and rounds to the even 2; (6 - 4) / 2 = 1
        expectEqual(
            try image.centerCropped(4), try image.cropped(x: 2, y: 1, width: 4, height: 4))
        #expect(
            errorText { _ = try image.centerCropped(7) }
                == "centerCropped: expected a size of 1 to 6 for 9x6 pixels, got 7")
    }

    @Test("mirroring exchanges left and right, and twice is nothing", arguments: [1, 3, 4])
    func flip(_ channels: Int) throws {
        let image = try testCard(width: 5, height: 3, channels: channels)
        let mirrored = image.flippedHorizontally()
        #expect(mirrored.bytes[0..<channels] == image.bytes[(4 * channels)..<(5 * channels)])
        expectEqual(mirrored.flippedHorizontally(), image)
    }

    @Test("turning equals Pillow's within one level")
    func rotate() throws {
        let image = try Fixture.image("rgb8.png")
        let expected = try Fixture.bytes("rotated.bin")
        let size = image.bytes.count
        for (index, degrees) in [15.0, -40, 180].enumerated() {
            expectEqual(
                try image.rotated(degrees: degrees).bytes,
                Array(expected[index * size..<(index + 1) * size]), tolerance: 1, "\(degrees)")
        }
        expectEqual(try image.rotated(degrees: 360), image)
        #expect(
            errorText { _ = try image.rotated(degrees: .nan) }
                == "rotated: expected a finite angle, got nan")
    }

    @Test("a turn by 90 degrees is counter-clockwise")
    func quarterTurn() throws {
        let image = try Image(width: 2, height: 2, channels: 1, bytes: [1, 2, 3, 4])
        #expect(try image.rotated(degrees: 90).bytes == [2, 4, 1, 3])
    }
}
