import Testing
import VisionData

@Suite("Differences, overlays, pixel values")
struct ComparisonTests {
    @Test("a difference has the distances, with a gain if asked")
    func difference() throws {
        let first = try Image(width: 3, height: 1, channels: 1, bytes: [10, 200, 30])
        let second = try Image(width: 3, height: 1, channels: 1, bytes: [13, 100, 30])
        #expect(try first.difference(from: second).bytes == [3, 100, 0])
        #expect(try first.difference(from: second, gain: 3).bytes == [9, 255, 0])
        let compared = try first.compared(with: second)
        #expect(compared.captions[2] == "difference: at most 100, mean 34.33")
        #expect(compared[2].bytes == [8, 255, 0])
        #expect(try first.compared(with: first).captions[2] == "no difference")
        #expect(try first.difference(from: second.converted(to: .rgb)).channels == 3)
        #expect(
            errorText { _ = try first.difference(from: second.transposed()) } == """
                difference: pictures of different sizes, expected 3x1, got 1x3
                """)
        #expect(throws: ImageError.self) { try first.difference(from: second, gain: 0) }
    }

    @Test("a grey overlay paints where it is bright, others cover")
    func overlay() throws {
        let base = try Image.filled(width: 3, height: 1, color: [100, 100, 100])
        let mask = try Image(width: 3, height: 1, channels: 1, bytes: [0, 255, 51])
        #expect(
            try base.overlaid(with: mask, opacity: 1, color: [0, 200, 0]).bytes
                == [100, 100, 100, 0, 200, 0, 80, 120, 80])
        let red = try Image.filled(width: 1, height: 1, color: [200, 0, 0])
        #expect(try base.overlaid(with: red).bytes.prefix(3) == [150, 50, 50])
        let clear = try Image(width: 1, height: 1, channels: 4, bytes: [9, 9, 9, 0])
        #expect(try base.overlaid(with: clear, opacity: 1) == base)
        #expect(
            errorText { _ = try base.overlaid(with: mask, opacity: 2) }.hasPrefix(
                "overlaid: expected an opacity within 0...1 and a color of 3 numbers"))
    }

    @Test("pixel values are large squares with numbers on them")
    func pixelValues() throws {
        let image = try Image(width: 2, height: 2, channels: 1, bytes: [0, 255, 128, 7])
        let shown = try image.pixelValues()
        #expect(shown.description == "Image 64x64 grey")
        // Corners of squares are bare; ink stands in their middles, on dark white and on bright black.
        for (x, y, level) in [(1, 1, 0), (33, 1, 255), (1, 33, 128), (33, 33, 7)] {
            #expect(Int(shown.bytes[y * 64 + x]) == level)
            let square = (0..<30).flatMap { row in
                (0..<30).map { Int(shown.bytes[(y + row) * 64 + x + $0]) }
            }
            #expect(square.contains { abs($0 - level) > 100 })
        }
        let cat = try TransformFixture.cat()
        #expect(try cat.pixelValues(x: 60, y: 40, width: 4, height: 8).width == 4 * 48)
        #expect(
            errorText { _ = try cat.pixelValues() }.hasPrefix(
                "pixelValues: too many pixels to write numbers on, expected a part of at most 32x32"
            ))
        #expect(throws: ImageError.self) { try cat.pixelValues(x: .min, y: .max) }
        #expect(throws: ImageError.self) { try cat.pixelValues(x: 63, y: 0, width: 2, height: 2) }
    }

    @Test("a gallery is a collection that shows itself as a sheet")
    func gallery() throws {
        let image = try testCard(width: 3, height: 2, channels: 3)
        let gallery = try Gallery([image, image.transposed()], captions: ["one", "two"])
        #expect(gallery.count == 2 && gallery[1].width == 2)
        #expect(gallery.description == "Gallery of 2 pictures: one, two")
        #expect(try gallery.sheet().width > 200)
        #expect(
            errorText { _ = try Gallery([]) } == "Gallery: expected at least one picture, got none")
        #expect(
            errorText { _ = try Gallery([image], columns: 0) }
                == "Gallery: expected at least 1 column, got 0")
    }
}
