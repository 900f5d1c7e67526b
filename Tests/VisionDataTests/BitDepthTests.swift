import Foundation
import Tensors
import Testing
import VisionData

@Suite("Samples of 16 bits")
struct BitDepthTests {
    /// Every level differs from its neighbours in both halves.
    private func samples(_ count: Int) -> [Int32] {
        (0..<count).map { (index: Int) -> Int32 in
            let mixed = index * 7919 + index * index * 31
            return Int32(mixed % 65_536)
        }
    }

    private func image(width: Int, height: Int, channels: Int) throws -> Image {
        let values = samples(width * height * channels)
        return try Image(Tensor(values, shape: [height, width, channels]), bitDepth: 16)
    }

    private func values(_ image: Image) throws -> [Int] { try image.pixels.scalars(as: Int.self) }

    @Test("a picture gives back what it was made of, and its upper halves as bytes")
    func tensors() throws {
        let image = try image(width: 5, height: 6, channels: 3)
        let levels = samples(90)
        #expect(image.bitDepth == 16)
        let pixels = try image.pixels
        #expect(pixels.dtype == .int32 && pixels.shape == [6, 5, 3])
        #expect(try values(image) == levels.map(Int.init))
        #expect(image.bytes == levels.map { UInt8($0 >> 8) })
        let floats = try image.tensor
        #expect(floats.shape == [3, 6, 5] && floats.dtype == .float32)
        #expect(try floats[1, 2, 3].item() == Double(Float(levels[(2 * 5 + 3) * 3 + 1]) / 65_535))
        #expect(try Image(floats, bitDepth: 16) == image)
        let small = try testCard(width: 3, height: 2, channels: 1)
        #expect(small.bitDepth == 8)
        #expect(try Image(small.pixels, bitDepth: 8) == small)
    }

    @Test(
        "PNG, TIFF and PPM are read and written with 16 bits",
        arguments: [ImageFormat.png, .tiff, .ppm], [1, 3, 4])
    func files(_ format: ImageFormat, _ channels: Int) throws {
        let image = try image(width: 13, height: 9, channels: channels)
        let back = try Image(data: try image.encoded(as: format))
        if format == .ppm && channels == 4 {
            // It is laid on white, which is done with 8 bits.
            #expect(back.channels == 3 && back.bitDepth == 8)
        } else {
            #expect(back.bitDepth == 16)
            #expect(try values(back) == values(image))
        }
        for other in [ImageFormat.jpeg, .webp, .gif, .bmp] {
            #expect(try Image(data: try image.encoded(as: other)).bitDepth == 8)
        }
    }

    @Test("files of other programs: what NumPy read of them", arguments: ["png", "tiff", "pgm"])
    func peers(_ kind: String) throws {
        let image = try Fixture.image("deep." + kind)
        let raw = try Fixture.bytes("deep.raw")
        let expected = stride(from: 0, to: raw.count, by: 2).map {
            Int(raw[$0]) | Int(raw[$0 + 1]) << 8
        }
        #expect(image.bitDepth == 16 && image.channels == 1)
        #expect(try values(image) == expected)
    }

    @Test("cutting, mirroring, turning and resizing keep them; changes of levels do not")
    func operations() throws {
        let image = try image(width: 12, height: 10, channels: 3)
        let tensor = try image.pixels
        let cut = try image.cropped(x: 2, y: 3, width: 7, height: 5)
        #expect(try values(cut) == tensor[3..<8, 2..<9].scalars(as: Int.self))
        #expect(
            try values(image.flippedHorizontally()) == tensor.flipped(axis: 1).scalars(as: Int.self)
        )
        #expect(
            try values(image.transposed()) == tensor.transposed(1, 0, 2).scalars(as: Int.self))
        let doubled = try image.resized(24, 20, interpolation: .nearest)
        #expect(try values(doubled.resized(12, 10, interpolation: .nearest)) == values(image))
        #expect(try image.adjusted(brightness: 0.1).bitDepth == 8)
        #expect(image.grayscale().bitDepth == 8)
    }

    @Test(
        "resizing is that of 8 bits with more of them",
        arguments: [Interpolation.bilinear, .bicubic, .lanczos], [1, 3, 4])
    func resizing(_ interpolation: Interpolation, _ channels: Int) throws {
        let small = try testCard(width: 31, height: 23, channels: channels)
        let opaque = channels == 4 ? try opaqued(small) : small
        let deep = try Image(
            Tensor(opaque.bytes.map { Int32($0) * 257 }, shape: [23, 31, channels]), bitDepth: 16)
        for (width, height) in [(12, 40), (50, 9), (31, 11), (14, 23)] {
            let expected = try opaque.resized(width, height, interpolation: interpolation)
            let got = try deep.resized(width, height, interpolation: interpolation)
            #expect(got.bitDepth == 16)
            // What overshoots between the axes is cut off with 8 bits only.
            let tolerance = interpolation == .bilinear ? 300 : 40 * 257
            let worst =
                zip(try values(got), expected.bytes).map { abs($0 - 257 * Int($1)) }.max() ?? 0
            #expect(worst <= tolerance, "\(interpolation) to \(width)x\(height): \(worst)")
        }
        let flat = try Image(Tensor.full([6, 7], 40_000, dtype: .int32), bitDepth: 16)
        #expect(
            try values(flat.resized(19, 3, interpolation: interpolation)).allSatisfy {
                $0 == 40_000
            })
    }

    private func opaqued(_ image: Image) throws -> Image {
        var bytes = image.bytes
        for alpha in stride(from: 3, to: bytes.count, by: 4) { bytes[alpha] = 255 }
        return try Image(width: image.width, height: image.height, channels: 4, bytes: bytes)
    }

    @Test("portable maps with other maxima are brought to 65535")
    func maxima() throws {
        let map = try Image(data: Array("P5 3 1 1000\n".utf8) + [0, 0, 1, 0xF4, 3, 0xE8])
        #expect(try values(map) == [0, 32_768, 65_535])
        let text = try Image(data: Array("P2 2 1 65535\n7 65535\n".utf8))
        #expect(try values(text) == [7, 65_535])
    }

    @Test("what is no picture of 16 bits is refused")
    func errors() throws {
        #expect(
            errorText { _ = try Image(Tensor.zeros([2, 2]), bitDepth: 12) }
                == "Image: expected a bit depth of 8 or 16, got 12")
        #expect(
            errorText { _ = try Image(Tensor.zeros([2, 2], dtype: .uint8), bitDepth: 16) }
                .hasPrefix(
                    "Image: wrong dtype for 16 bits, expected float32 in 0...1 or int32 in 0...65535"
                ))
        #expect(
            errorText {
                _ = try Image(Tensor([Int32(70_000)], shape: [1, 1]), bitDepth: 16)
            }
                == "Image: values out of range for 16 bits, expected int32 in 0...65535, got 70000.0"
        )
        #expect(
            errorText { _ = try Image(Tensor.zeros([2, 2, 2]), bitDepth: 16) }.hasPrefix(
                "Image: wrong shape, expected [C, H, W]"))
    }
}
