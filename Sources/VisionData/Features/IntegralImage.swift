import Hosting
import Tensors

/// Sums over any rectangle of a picture in four look-ups (Crow 1984, Viola and Jones 2001).
///
///     let integral = integralImage(photo)
///     integral.sum(x: 10, y: 20, width: 30, height: 30)
public struct IntegralImage: Sendable, CustomStringConvertible {
    /// The picture's pixels from left to right.
    public let width: Int
    /// The picture's pixels from top to bottom.
    public let height: Int
    /// `sums[y][x]` is the sum of what lies above and left of (`x`, `y`), one row and one column
    /// more than the picture has.
    private let sums: [Double]

    init(_ plane: FloatPlane) {
        width = plane.width
        height = plane.height
        let stride = width + 1
        var sums = [Double](repeating: 0, count: stride * (height + 1))
        for y in 0..<height {
            var row = 0.0
            for x in 0..<width {
                row += Double(plane.values[y * width + x])
                sums[(y + 1) * stride + x + 1] = sums[y * stride + x + 1] + row
            }
        }
        self.sums = sums
    }

    /// The sum of the brightness, in 0...1, over a rectangle. Throws when it leaves the picture.
    public func sum(x: Int, y: Int, width: Int, height: Int) throws -> Double {
        guard x >= 0, y >= 0, width > 0, height > 0, x < self.width, y < self.height,
            width <= self.width - x, height <= self.height - y
        else {
            throw ImageError(
                .argument,
                "sum: the rectangle leaves the picture, expected it within "
                    + "\(self.width)x\(self.height), got x: \(x), y: \(y), width: \(width), "
                    + "height: \(height)")
        }
        return sumInside(x, y, width, height)
    }

    /// The mean of the brightness over a rectangle. Throws when it leaves the picture.
    public func mean(x: Int, y: Int, width: Int, height: Int) throws -> Double {
        try sum(x: x, y: y, width: width, height: height) / Double(width * height)
    }

    @inline(__always)
    func sumInside(_ x: Int, _ y: Int, _ width: Int, _ height: Int) -> Double {
        let stride = self.width + 1
        let (top, bottom) = (y * stride + x, (y + height) * stride + x)
        return sums[bottom + width] - sums[bottom] - sums[top + width] + sums[top]
    }

    /// The sums up to and with each pixel, [H, W].
    public var tensor: Tensor {
        get throws {
            let stride = width + 1
            let inner = (1...height).flatMap { row in
                sums[row * stride + 1..<(row + 1) * stride].map { Float($0) }
            }
            return try Tensor(inner, shape: [height, width])
        }
    }

    /// Size and total.
    public var description: String {
        "IntegralImage of \(width)x\(height) pixels, sum "
            + formatted(sums[sums.count - 1], places: 1)
    }
}

/// The integral image of the brightness in 0...1.
public func integralImage(_ image: Image) throws -> IntegralImage {
    try Host.current.cancellation.check()
    return IntegralImage(FloatPlane(brightness: image))
}
