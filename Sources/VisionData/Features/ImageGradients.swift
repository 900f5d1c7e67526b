import Glibc
import Hosting
import Tensors

/// How fast the brightness of a picture, in 0...1, changes from left to right and from top to
/// bottom; shown as the strength of its edges.
///
///     let edges = sobel(photo)
///     edges.magnitude.shape  // [H, W]
public struct ImageGradients: Sendable, Displayable, CustomStringConvertible {
    /// What made it: `sobel`, `scharr` or `prewitt`.
    public let name: String
    /// The derivative from left to right, [H, W].
    public let x: Tensor
    /// The derivative from top to bottom, [H, W].
    public let y: Tensor
    /// The steepness, `sqrt(x² + y²)`, [H, W].
    public let magnitude: Tensor
    private let planes: (x: FloatPlane, y: FloatPlane, magnitude: FloatPlane)

    init(
        _ name: String, of image: Image, _ kernelX: ImageKernel, _ kernelY: ImageKernel,
        border: FilterBorder
    ) throws {
        let plane = FloatPlane(brightness: image)
        let x = try plane.filtered(by: kernelX, border: border)
        let y = try plane.filtered(by: kernelY, border: border)
        let magnitude = FloatPlane.magnitude(x, y)
        self.name = name
        self.x = try x.tensor()
        self.y = try y.tensor()
        self.magnitude = try magnitude.tensor()
        planes = (x, y, magnitude)
    }

    /// The direction of the steepest rise, `atan2(y, x)` in radians, [H, W].
    public var direction: Tensor {
        get throws {
            let angles = zip(planes.y.values, planes.x.values).map { atan2f($0, $1) }
            return try Tensor(angles, shape: [planes.x.height, planes.x.width])
        }
    }

    /// The steepness, white where it is greatest.
    public var image: Image {
        planes.magnitude.image(low: 0, high: planes.magnitude.range.high)
    }

    /// Name, size and the greatest steepness.
    public var description: String {
        let steepest = formatted(Double(planes.magnitude.range.high), places: 3)
        return "\(name) of \(planes.x.width)x\(planes.x.height) pixels, up to \(steepest)"
    }

    /// The picture of the edges.
    public func mimeBundle() throws -> MIMEBundle { try image.described(as: description) }
}

extension FloatPlane {
    /// `sqrt(x² + y²)`, sample by sample.
    static func magnitude(_ x: FloatPlane, _ y: FloatPlane) -> FloatPlane {
        FloatPlane(width: x.width, height: x.height) { out in
            x.values.withUnsafeBufferPointer { x in
                y.values.withUnsafeBufferPointer { y in
                    for index in 0..<x.count {
                        out[index] = (x[index] * x[index] + y[index] * y[index]).squareRoot()
                    }
                }
            }
        }
    }
}

/// Sobel's derivatives of the brightness: the difference across three pixels, smoothed along the
/// edge with the weights 1 2 1.
///
///     sobel(photo)
public func sobel(_ image: Image, border: FilterBorder = .reflect) throws -> ImageGradients {
    try ImageGradients("sobel", of: image, .sobelX, .sobelY, border: border)
}

/// Scharr's derivatives of the brightness, truer to the direction of an edge than Sobel's: the
/// weights along the edge are 3 10 3.
///
///     scharr(photo)
public func scharr(_ image: Image, border: FilterBorder = .reflect) throws -> ImageGradients {
    try ImageGradients("scharr", of: image, .scharrX, .scharrY, border: border)
}

/// Prewitt's derivatives of the brightness: the weights along the edge are 1 1 1.
///
///     prewitt(photo)
public func prewitt(_ image: Image, border: FilterBorder = .reflect) throws -> ImageGradients {
    try ImageGradients("prewitt", of: image, .prewittX, .prewittY, border: border)
}
