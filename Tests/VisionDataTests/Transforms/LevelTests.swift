import Testing
import VisionData

@Suite("Levels and enhancements")
struct LevelTests {
    @Test("gamma, levels, enhancements and CLAHE are those of the peers within one level")
    func likePeers() throws {
        let cat = try TransformFixture.cat()
        var expected = try TransformFixture.Reader("levels.bin")
        try expected.expect(try cat.adjusted(gamma: 2.2), "gamma 2.2")
        try expected.expect(try cat.adjusted(gamma: 0.4), "gamma 0.4")
        try expected.expect(try cat.autoContrasted(), tolerance: 0, "autocontrast")
        try expected.expect(try cat.autoContrasted(cutoff: 0.02), tolerance: 0, "cutoff")
        try expected.expect(try cat.posterized(bits: 3), tolerance: 0, "posterise")
        try expected.expect(try cat.solarized(threshold: 100), tolerance: 0, "solarise")
        try expected.expect(cat.inverted(), tolerance: 0, "invert")
        try expected.expect(cat.equalized(), "equalise")
        // The enhancements that augmentation draws; both ends of a jitter are one factor.
        try expected.expect(try jittered(cat, "brightness", 1.4), "brightness")
        try expected.expect(try jittered(cat, "contrast", 0.5), "less contrast")
        try expected.expect(try jittered(cat, "contrast", 1.6), "more contrast")
        try expected.expect(try cat.adjusted(saturation: 1.7), "more colour")
        try expected.expect(try cat.adjusted(saturation: 0.3), "less colour")
        try expected.expect(cat.crispened(by: 2.5), "sharpness")
        try expected.expect(cat.crispened(by: 0), "smoothness")
        try expected.expect(try cat.clahe(), "CLAHE")
        try expected.expect(try cat.clahe(clipLimit: 0.05, tiles: 4), "CLAHE, 4 tiles")
        let gray = cat.grayscale()
        try expected.expect(try gray.clahe(), "CLAHE of grey")
        try expected.expect(
            try gray.clahe(clipLimit: 0, tiles: 5), "CLAHE of grey, tiles that do not divide")
        try expected.expect(gray.equalized(), "equalise grey")
        expected.expectEnd()
    }

    private func jittered(_ image: Image, _ name: String, _ factor: Double) throws -> Image {
        name == "brightness" ? image.brightened(by: factor) : image.contrasted(by: factor)
    }

    @Test("hue turns around the colour circle, and grey has none")
    func hue() throws {
        let image = try Image(width: 2, height: 1, channels: 3, bytes: [255, 0, 0, 90, 90, 90])
        #expect(try image.adjusted(hue: 120).bytes == [0, 255, 0, 90, 90, 90])
        #expect(try image.adjusted(hue: -120).bytes == [0, 0, 255, 90, 90, 90])
        #expect(try image.adjusted(hue: 360).bytes == image.bytes)
        let gray = image.grayscale()
        #expect(try gray.adjusted(saturation: 3, hue: 50).bytes == gray.bytes)
    }

    @Test("alpha stays")
    func alpha() throws {
        let image = try Image(width: 1, height: 2, channels: 4, bytes: [1, 2, 3, 9, 250, 9, 0, 77])
        let changed = [
            image.inverted(), image.equalized(), try image.autoContrasted(),
            try image.adjusted(saturation: 0, hue: 40), try image.clahe(tiles: 1),
            try image.posterized(bits: 1), image.crispened(by: 2),
        ]
        for result in changed {
            #expect(result.channels == 4 && result.bytes[3] == 9 && result.bytes[7] == 77)
        }
    }

    @Test("a picture of one level and impossible arguments")
    func edges() throws {
        let flat = try Image.filled(width: 3, height: 3, color: [7])
        #expect(try flat.autoContrasted().bytes == flat.bytes)
        #expect(try flat.clahe().bytes == flat.bytes)
        #expect(flat.equalized().bytes == [UInt8](repeating: 255, count: 9))
        #expect(
            errorText { _ = try flat.clahe(clipLimit: 2) }
                == "clahe: expected a clip limit within 0...1 and at least 1 tile, got 2.0 and 8")
        #expect(
            errorText { _ = try flat.posterized(bits: 9) }
                == "posterized: expected 1 to 8 bits, got 9")
        #expect(throws: ImageError.self) { try flat.solarized(threshold: 257) }
        #expect(throws: ImageError.self) { try flat.autoContrasted(cutoff: .nan) }
        #expect(throws: ImageError.self) { try flat.adjusted(gamma: -1) }
        #expect(throws: ImageError.self) { try flat.adjusted(hue: .infinity) }
    }
}
