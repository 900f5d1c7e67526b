import Tensors
import Testing
import VisionData

@Suite("Pictures and tensors")
struct ImageTensorTests {
    @Test("pixels are [H, W, C] bytes in the picture's order")
    func pixels() throws {
        let image = try testCard(width: 5, height: 4, channels: 3)
        let pixels = try image.pixels
        #expect(pixels.shape == [4, 5, 3] && pixels.dtype == .uint8)
        #expect(try pixels.scalars(as: UInt8.self) == image.bytes)
    }

    @Test("tensor is [C, H, W] in 0...1", arguments: [1, 3, 4])
    func planes(_ channels: Int) throws {
        let image = try testCard(width: 5, height: 4, channels: channels)
        let tensor = try image.tensor
        #expect(tensor.shape == [channels, 4, 5] && tensor.dtype == .float32)
        let values = try tensor.scalars(as: Float.self)
        for channel in 0..<channels {
            for pixel in 0..<20 {
                let expected = Float(image.bytes[pixel * channels + channel]) / 255
                #expect(abs(values[channel * 20 + pixel] - expected) < 1e-6)
            }
        }
    }

    @Test("a picture comes back from either tensor", arguments: [1, 3, 4])
    func roundTrip(_ channels: Int) throws {
        let image = try testCard(width: 7, height: 6, channels: channels)
        expectEqual(try Image(try image.tensor), image)
        expectEqual(try Image(try image.pixels), image)
    }

    @Test("two axes are grey, bytes may be planes")
    func otherShapes() throws {
        let gray = try Image(try Tensor([0, 0.5, 1, 0.25] as [Float], shape: [2, 2]))
        #expect(gray.channels == 1 && gray.bytes == [0, 128, 255, 64])
        let planes = try Image(try Tensor([1, 2, 3, 4, 5, 6] as [UInt8], shape: [3, 1, 2]))
        #expect(planes.bytes == [1, 3, 5, 2, 4, 6])
    }

    @Test("what is no picture says why")
    func errors() throws {
        #expect(
            errorText { _ = try Image(try Tensor([1, 2] as [Float], shape: [2, 1, 1])) } == """
                Image: wrong shape, expected [C, H, W] with C of 1, 3 or 4, or [H, W], got [2, 1, 1]
                """)
        #expect(
            errorText { _ = try Image(try Tensor([0, 200] as [Float], shape: [1, 2])) } == """
                Image: values out of range, expected float32 in 0...1, got 0.0...200.0; \
                show(x) stretches any range to a picture
                """)
        #expect(
            errorText { _ = try Image(try Tensor([0, .nan] as [Float], shape: [1, 2])) }
                .contains("got NaN"))
        #expect(
            errorText { _ = try Image(try Tensor([1, 2] as [Int64], shape: [1, 2])) } == """
                Image: wrong dtype, expected float32 in 0...1 or uint8, got int64
                """)
        #expect(throws: ImageError.self) { try Image(try Tensor([] as [Float], shape: [0, 2])) }
    }

    @Test("any values can be stretched to a picture, a batch to a grid")
    func stretching() throws {
        let image = try Image(stretching: try Tensor([-1, 0, 1, 3] as [Float], shape: [2, 2]))
        #expect(image.bytes == [0, 64, 128, 255])
        let flat = try Image(stretching: try Tensor([5, 5] as [Float], shape: [1, 2]))
        #expect(flat.bytes == [0, 0])
        let filters = [Float](repeating: 0.5, count: 6 * 25)
        let sheet = try Image(stretching: try Tensor(filters, shape: [6, 1, 5, 5]))
        #expect(sheet.channels == 1 && sheet.width > 3 * 5)
    }
}
