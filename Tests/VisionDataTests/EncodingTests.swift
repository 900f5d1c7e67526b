import Testing
import VisionData

@Suite("Saving")
struct EncodingTests {
    @Test(
        "lossless formats give back every sample",
        arguments: [ImageFormat.png, .bmp, .ppm, .tiff], [1, 3, 4])
    func lossless(_ format: ImageFormat, _ channels: Int) throws {
        for (width, height) in [(1, 1), (5, 3), (34, 17)] {
            let image = try testCard(width: width, height: height, channels: channels)
            let back = try Image(data: try image.encoded(as: format))
            if format == .ppm && channels == 4 {
                #expect(back.channels == 3)
            } else {
                expectEqual(back, image, "\(format)")
            }
        }
    }

    @Test("WebP at quality 100 is lossless")
    func losslessWebP() throws {
        let image = try Fixture.image("rgb8.png")
        expectEqual(try Image(data: try image.encoded(as: .webp, quality: 100)), image)
    }

    @Test("JPEG and WebP stay near the picture, nearer with more quality")
    func lossy() throws {
        let image = try Fixture.image("rgb8.png")
        func error(_ format: ImageFormat, _ quality: Int) throws -> Int {
            let back = try Image(data: try image.encoded(as: format, quality: quality))
            return zip(back.bytes, image.bytes).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
                / image.bytes.count
        }
        for (format, limit) in [(ImageFormat.jpeg, 8), (.webp, 16)] {
            #expect(try error(format, 95) < limit)
            #expect(try error(format, 95) < error(format, 20))
        }
    }

    @Test("JPEG and PPM lay transparent pictures on white")
    func flattens() throws {
        let clear = try Image.filled(width: 8, height: 8, color: [10, 200, 30, 0])
        #expect(try Image(data: try clear.encoded(as: .ppm)).bytes.allSatisfy { $0 == 255 })
        #expect(try Image(data: try clear.encoded(as: .jpeg)).bytes.allSatisfy { $0 >= 253 })
    }

    @Test("a GIF keeps up to 256 colours, and stays near a picture with more")
    func palettes() throws {
        let few = try Fixture.image("still.gif")
        expectEqual(try Image(data: try few.encoded(as: .gif)), few, "31 colours")
        let gray = try testCard(width: 16, height: 16, channels: 1)
        expectEqual(try Image(data: try gray.encoded(as: .gif)), gray, "256 greys")
        let full = try Fixture.image("rgb8.png")
        let back = try Image(data: try full.encoded(as: .gif))
        let difference = zip(back.bytes, full.bytes).reduce(0) { $0 + abs(Int($1.0) - Int($1.1)) }
        #expect(difference / full.bytes.count < 8)
        let clear = try Fixture.image("rgba8.png")
        let cut = try Image(data: try clear.encoded(as: .gif))
        #expect(cut.channels == 4)
        for pixel in 0..<clear.width * clear.height {
            #expect(cut.bytes[4 * pixel + 3] == (clear.bytes[4 * pixel + 3] < 128 ? 0 : 255))
        }
    }

    @Test("the extension chooses the format")
    func byExtension() throws {
        let image = try testCard(width: 9, height: 7, channels: 3)
        try withTemporaryFolder { folder in
            for (name, format) in [
                ("a.png", ImageFormat.png), ("a.JPG", .jpeg), ("a.jpeg", .jpeg), ("a.webp", .webp),
                ("a.bmp", .bmp), ("a.ppm", .ppm), ("a.gif", .gif), ("a.tif", .tiff),
                ("a.TIFF", .tiff),
            ] {
                try image.save("\(folder)/\(name)")
                #expect(try Image("\(folder)/\(name)").description == image.description)
                let data = try image.encoded(as: format)
                #expect(ImageFormat(content: data) == format)
            }
        }
    }

    @Test("what cannot be saved says why")
    func failures() throws {
        let image = try testCard(width: 2, height: 2, channels: 3)
        #expect(
            errorText { try image.save("out.jp2") } == """
                save: cannot write "out.jp2": the extension names no format, expected .png, .jpg, \
                .webp, .gif, .tiff, .bmp, .ppm or .pgm
                """)
        #expect(
            errorText { try image.save("/no/such/folder/out.png") }
                == "save: cannot write \"/no/such/folder/out.png\": its folder does not exist")
        #expect(
            errorText { try image.save("out.jpg", quality: 0) }
                == "save: cannot write \"out.jpg\": quality: expected 1 to 100, got 0")
        let wide = try Image.filled(width: 70_000, height: 1, color: [0])
        #expect(
            errorText { _ = try wide.encoded(as: .jpeg) }
                == "a JPEG's sides have at most 65500 pixels, got 70000x1")
        #expect(
            errorText { _ = try wide.encoded(as: .webp) }
                == "a WebP's sides have at most 16383 pixels, got 70000x1")
    }
}
