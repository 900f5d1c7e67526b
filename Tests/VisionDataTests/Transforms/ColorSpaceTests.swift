import Tensors
import Testing
import VisionData

@Suite("Colour spaces")
struct ColorSpaceTests {
    @Test("every conversion agrees with scikit-image, on a photograph and the corners of the cube")
    func likeScikitImage() throws {
        let card = try Fixture.image("Transforms/colors.png")
        let rgb = try card.tensor
        let pixels = card.width * card.height
        var expected = try TransformFixture.Reader("colors.bin")
        var values: [ColorSpace: [Float]] = [:]
        for space in [ColorSpace.hsv, .lab, .ycbcr, .luminance, .gray, .bgr] {
            let numbers = try expected.nextFloats(space.channels * pixels)
            values[space] = numbers
            expectEqual(
                try rgb.converted(from: .rgb, to: space).scalars(), numbers, tolerance: 1e-3,
                "\(space)")
        }
        let colors = try Tensor(try expected.nextFloats(3 * 4 * 64), shape: [3, 4, 64])
        expectEqual(
            try colors.converted(from: .lab, to: .rgb).scalars(),
            try expected.nextFloats(3 * 4 * 64), tolerance: 1e-3, "lab to rgb, out of gamut too")
        for space in [ColorSpace.hsv, .ycbcr] {
            let there = try Tensor(
                try #require(values[space]), shape: [3, card.height, card.width])
            expectEqual(
                try there.converted(from: space, to: .rgb).scalars(),
                try expected.nextFloats(3 * pixels), tolerance: 1e-3, "\(space) to rgb")
        }
        expected.expectEnd()
    }

    @Test("a picture stores the numbers rounded to bytes")
    func bytes() throws {
        let card = try Fixture.image("Transforms/colors.png")
        let pixels = card.width * card.height
        var expected = try TransformFixture.Reader("colors.bin")
        let scales: [(ColorSpace, (Int, Float) -> Float)] = [
            (.hsv, { $1 * 255 }), (.lab, { $0 == 0 ? $1 * 2.55 : $1 + 128 }), (.ycbcr, { $1 }),
            (.luminance, { $1 * 255 }), (.gray, { $1 * 255 }), (.bgr, { $1 * 255 }),
        ]
        for (space, scale) in scales {
            let numbers = try expected.nextFloats(space.channels * pixels)
            let converted = card.converted(to: space)
            #expect(converted.colorSpace == space && converted.channels == space.channels)
            for (index, number) in numbers.enumerated() {
                let (channel, pixel) = (index / pixels, index % pixels)
                let got = Float(converted.bytes[pixel * space.channels + channel])
                if abs(got - scale(channel, number)) > 0.502 {
                    Issue.record(
                        "\(space) channel \(channel) pixel \(pixel): \(got), expected \(number)")
                    break
                }
            }
        }
    }

    @Test("there and back is the same picture, but for rounding", arguments: ColorSpace.allCases)
    func back(_ space: ColorSpace) throws {
        let cat = try TransformFixture.cat()
        guard space.channels == 3 else {
            let gray = cat.converted(to: space)
            expectEqual(gray.converted(to: .rgb).converted(to: space), gray)
            return
        }
        let exact = try cat.tensor.converted(from: .rgb, to: space).converted(from: space, to: .rgb)
        expectEqual(try exact.scalars(), try cat.tensor.scalars(), tolerance: 1e-4, "\(space)")
        let tolerance = [ColorSpace.rgb: 0, .bgr: 0, .ycbcr: 2, .hsv: 4, .lab: 5][space] ?? 0
        expectEqual(
            cat.converted(to: space).converted(to: .rgb), cat, tolerance: tolerance, "\(space)")
    }

    @Test("a picture in any space is shown, saved and counted as what it is")
    func meaning() throws {
        let cat = try TransformFixture.cat()
        let swapped = cat.converted(to: .bgr)
        #expect(swapped.description == "Image 64x48 BGR")
        #expect(swapped.bytes[0] == cat.bytes[2] && swapped != cat)
        expectEqual(try Image(data: swapped.encoded(as: .png)), cat)
        #expect(try swapped.mimeBundle()["image/png"] == cat.mimeBundle()["image/png"])
        expectEqual(swapped.grayscale(), cat.grayscale())
        #expect(swapped.histogram().names == ["blue", "green", "red"])
        expectEqual(swapped.inverted(), cat.inverted())
        let part = try swapped.cropped(x: 1, y: 1, width: 9, height: 8).resized(4, 4)
            .flippedHorizontally().rotated(degrees: 3)
        #expect(part.colorSpace == .bgr)
        let made = try Image(
            width: 64, height: 48, channels: 3, bytes: swapped.bytes, colorSpace: .bgr)
        #expect(made == swapped)
        #expect(
            errorText {
                _ = try Image(width: 1, height: 1, channels: 1, bytes: [1], colorSpace: .lab)
            } == "Image: wrong number of channels for Lab, expected 3, got 1")
    }

    @Test("tensors of other shapes and types are refused")
    func errors() throws {
        #expect(
            errorText { _ = try Tensor.zeros([2, 4, 4]).converted(from: .rgb, to: .lab) } == """
                converted: wrong shape, expected [C, H, W] or [N, C, H, W] with C of 3 for RGB, \
                got [2, 4, 4]
                """)
        #expect(
            errorText {
                _ = try Tensor.zeros([3, 4, 4], dtype: .uint8).converted(from: .rgb, to: .hsv)
            } == "converted: wrong dtype, expected float32, got uint8")
        #expect(
            try Tensor.zeros([0, 3, 2, 2]).converted(from: .rgb, to: .gray).shape == [0, 1, 2, 2])
    }

    @Test("each channel is a picture, grey or in its colour")
    func planes() throws {
        let image = try Image(width: 1, height: 1, channels: 4, bytes: [10, 20, 30, 40])
        let planes = try image.planes()
        #expect(planes.captions == ["red", "green", "blue", "alpha"])
        #expect(planes.map { $0.bytes } == [[10], [20], [30], [40]])
        let tinted = try image.planes(tinted: true)
        #expect(tinted.map { $0.bytes } == [[10, 0, 0], [0, 20, 0], [0, 0, 30], [40]])
        #expect(try image.converted(to: .lab).planes().captions == ["L*", "a*", "b*"])
        #expect(try planes.picture(-1).bytes == [40])
        #expect(
            errorText { _ = try planes.picture(4) }
                == "Gallery: index out of range, expected -4 to 3, got 4")
    }
}
