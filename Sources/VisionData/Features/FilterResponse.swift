import Hosting
import Tensors

/// What a filter gives: a number of any sign for each pixel, and a picture of it.
///
///     let response = laplacian(photo)
///     response.tensor.shape  // [1, H, W]
///     response.image         // zero is middle grey
public struct FilterResponse: Sendable, Displayable, CustomStringConvertible {
    /// What made it, such as `laplacian`.
    public let name: String
    /// The numbers, [C, H, W] float32 with a plane for each channel that was filtered.
    public let tensor: Tensor
    private let planes: [FloatPlane]

    init(_ name: String, _ planes: [FloatPlane]) throws {
        self.name = name
        self.planes = planes
        let first = planes[0]
        let shape = [planes.count, first.height, first.width]
        tensor = try Tensor.unsafeUninitialized(shape: shape, dtype: .float32) { out in
            for (index, plane) in planes.enumerated() {
                plane.values.withUnsafeBytes {
                    UnsafeMutableRawBufferPointer(
                        rebasing: out[index * $0.count..<(index + 1) * $0.count]
                    ).copyMemory(from: $0)
                }
            }
        }
    }

    /// A picture: numbers in 0...1 as they are, larger ones from black at 0 to white at the
    /// greatest; where some are negative, 0 is middle grey.
    public var image: Image {
        let ranges = planes.map(\.range)
        let low = ranges.map(\.low).min() ?? 0
        let high = ranges.map(\.high).max() ?? 1
        let reach = max(high, -low)
        let pictures = planes.map {
            low < 0
                ? $0.image(low: -reach, high: reach)
                : $0.image(low: 0, high: max(1, high))
        }
        guard pictures.count == 3 else { return pictures[0] }
        let (width, height) = (pictures[0].width, pictures[0].height)
        return Image(width: width, height: height, channels: 3, count: 3 * width * height) { out in
            for (channel, picture) in pictures.enumerated() {
                for (pixel, level) in picture.bytes.enumerated() {
                    out[3 * pixel + channel] = level
                }
            }
        }
    }

    /// Name, size and range.
    public var description: String {
        let low = planes.map { $0.range.low }.min() ?? 0
        let high = planes.map { $0.range.high }.max() ?? 0
        let range = "\(formatted(Double(low), places: 3))...\(formatted(Double(high), places: 3))"
        return "\(name) of \(planes[0].width)x\(planes[0].height) pixels, values \(range)"
    }

    /// The picture.
    public func mimeBundle() throws -> MIMEBundle { try image.described(as: description) }
}

extension Image {
    /// The picture's forms under another description.
    func described(as text: String) throws -> MIMEBundle {
        var bundle = try mimeBundle()
        bundle["text/plain"] = .text(text)
        return bundle
    }
}
