import Testing
import VisionData

@Suite("Colours")
struct ColorTests {
    @Test("grey is Pillow's grey")
    func gray() throws {
        let gray = try Fixture.image("rgb8.png").grayscale()
        expectEqual(gray, try Fixture.image("scene-gray.expected.pgm"))
        expectEqual(gray.grayscale(), gray)
        #expect(try Fixture.image("rgba8.png").grayscale() == gray)
    }

    @Test("grey becomes three equal channels, alpha is dropped")
    func rgb() throws {
        let gray = try testCard(width: 3, height: 2, channels: 1)
        let color = gray.converted(to: .rgb)
        #expect(color.bytes == gray.bytes.flatMap { [$0, $0, $0] })
        let rgba = try Image(width: 1, height: 1, channels: 4, bytes: [1, 2, 3, 4])
        #expect(rgba.converted(to: .rgb).bytes == [1, 2, 3])
    }

    @Test("brightness adds, contrast stretches around the middle, both stay in range")
    func adjust() throws {
        let image = try Image(width: 4, height: 1, channels: 1, bytes: [0, 100, 128, 255])
        #expect(try image.adjusted().bytes == image.bytes)
        #expect(try image.adjusted(brightness: 0.2).bytes == [51, 151, 179, 255])
        #expect(try image.adjusted(contrast: 2).bytes == [0, 73, 129, 255])
        #expect(try image.adjusted(contrast: 0).bytes == [128, 128, 128, 128])
        let clear = try Image(width: 1, height: 1, channels: 4, bytes: [10, 10, 10, 77])
        #expect(try clear.adjusted(brightness: 1).bytes == [255, 255, 255, 77])
        #expect(
            errorText { _ = try image.adjusted(contrast: -1) }.hasPrefix(
                "adjusted: expected a finite brightness and a contrast of at least 0"))
    }

    @Test("a histogram counts every pixel once a channel")
    func histogram() throws {
        let image = try Image(
            width: 2, height: 1, channels: 4, bytes: [1, 2, 3, 9, 1, 255, 3, 9])
        let histogram = image.histogram()
        #expect(histogram.counts.count == 3)
        #expect(histogram.counts[0][1] == 2 && histogram.counts[1][2] == 1)
        #expect(histogram.counts[1][255] == 1 && histogram.counts[2][3] == 2)
        #expect(histogram.counts.allSatisfy { $0.reduce(0, +) == 2 })
        let chart = histogram.plot()
        #expect(chart.series.map(\.name) == ["red", "green", "blue"])
        #expect(image.grayscale().histogram().names == ["grey"])
    }

    @Test("pictures are checked when they are made")
    func creation() {
        #expect(
            errorText { _ = try Image(width: 2, height: 2, channels: 3, bytes: [1]) }
                == "Image: wrong number of bytes for 2x2 pixels of 3 channels, expected 12, got 1")
        #expect(
            errorText { _ = try Image(width: 1, height: 1, channels: 2, bytes: [1, 2]) }.contains(
                "expected 1 (grey), 3 (RGB) or 4 (RGB and alpha), got 2"))
        #expect(
            errorText { _ = try Image(width: -1, height: 1, channels: 1, bytes: []) }.contains(
                "expected at least 1x1 pixels, got -1x1"))
    }
}
