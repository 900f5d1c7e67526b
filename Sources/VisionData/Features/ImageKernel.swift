import Glibc
import Hosting
import Tensors

/// A small matrix of weights that is moved over a picture: at each pixel the result is the sum of
/// the neighbours times the weights, without turning the kernel, as a convolutional layer has it.
///
/// Both sides are odd.
///
///     convolved(photo, .sharpen)
///     convolved(photo, ImageKernel([[0, 1, 0], [1, -4, 1], [0, 1, 0]]))
public struct ImageKernel: Sendable, Hashable, CustomStringConvertible {
    /// What it is called, such as `sharpen`; `kernel` for one of one's own.
    public let name: String
    /// Weights from top to bottom.
    public let height: Int
    /// Weights from left to right.
    public let width: Int
    let weights: [Float]

    /// The longest side that a kernel may have.
    static let sideLimit = 255

    /// A kernel from its rows.
    ///
    /// Throws when the rows differ in length, a side is even or longer than 255, or a weight is not
    /// a finite number.
    public init(_ rows: [[Double]]) throws {
        let width = rows.first?.count ?? 0
        guard rows.allSatisfy({ $0.count == width }) else {
            throw ImageError(
                .argument,
                "ImageKernel: rows of different lengths, expected \(width) weights each, got "
                    + "\(rows.map(\.count))")
        }
        guard rows.count % 2 == 1, width % 2 == 1, max(rows.count, width) <= Self.sideLimit else {
            throw ImageError(
                .argument,
                "ImageKernel: expected odd sides of 1 to \(Self.sideLimit), got "
                    + "\(rows.count)x\(width)")
        }
        guard rows.joined().allSatisfy({ Float($0).isFinite }) else {
            throw ImageError(.argument, "ImageKernel: expected finite weights, got \(rows)")
        }
        self.init("kernel", rows.map { $0.map { Float($0) } })
    }

    init(_ name: String, _ rows: [[Float]]) {
        self.name = name
        height = rows.count
        width = rows.first?.count ?? 0
        weights = rows.flatMap(\.self)
    }

    /// The weights as those of a convolutional layer, [1, 1, height, width].
    public var tensor: Tensor {
        get throws { try Tensor(weights, shape: [1, 1, height, width]) }
    }

    /// Name and size.
    public var description: String { "ImageKernel \(name) \(height)x\(width)" }
}

extension ImageKernel {
    /// Leaves the picture as it is.
    public static let identity = ImageKernel("identity", [[0, 0, 0], [0, 1, 0], [0, 0, 0]])
    /// Strengthens what differs from its neighbours.
    public static let sharpen = ImageKernel("sharpen", [[0, -1, 0], [-1, 5, -1], [0, -1, 0]])
    /// Light from the upper left over the picture as if it were a relief.
    public static let emboss = ImageKernel("emboss", [[-2, -1, 0], [-1, 1, 1], [0, 1, 2]])
    /// What differs from all eight neighbours.
    public static let outline = ImageKernel(
        "outline", [[-1, -1, -1], [-1, 8, -1], [-1, -1, -1]])
    /// The second derivative of both directions together.
    public static let laplacian = ImageKernel("laplacian", [[0, 1, 0], [1, -4, 1], [0, 1, 0]])
    /// Sobel's derivative from left to right.
    public static let sobelX = ImageKernel("sobelX", [[-1, 0, 1], [-2, 0, 2], [-1, 0, 1]])
    /// Sobel's derivative from top to bottom.
    public static let sobelY = ImageKernel("sobelY", [[-1, -2, -1], [0, 0, 0], [1, 2, 1]])
    /// Scharr's derivative from left to right.
    public static let scharrX = ImageKernel("scharrX", [[-3, 0, 3], [-10, 0, 10], [-3, 0, 3]])
    /// Scharr's derivative from top to bottom.
    public static let scharrY = ImageKernel("scharrY", [[-3, -10, -3], [0, 0, 0], [3, 10, 3]])
    /// Prewitt's derivative from left to right.
    public static let prewittX = ImageKernel("prewittX", [[-1, 0, 1], [-1, 0, 1], [-1, 0, 1]])
    /// Prewitt's derivative from top to bottom.
    public static let prewittY = ImageKernel("prewittY", [[-1, -1, -1], [0, 0, 0], [1, 1, 1]])

    /// The kernels that have a name.
    public static let named = [
        identity, sharpen, emboss, outline, laplacian, sobelX, sobelY, scharrX, scharrY, prewittX,
        prewittY,
    ]

    /// The mean of `size` x `size` pixels. Throws when `size` is even or not within 1...255.
    public static func box(_ size: Int) throws -> ImageKernel {
        guard size % 2 == 1, (1...sideLimit).contains(size) else {
            throw ImageError(
                .argument, "box: expected an odd size of 1 to \(sideLimit), got \(size)")
        }
        let row = [Float](repeating: 1 / Float(size * size), count: size)
        return ImageKernel("box", [[Float]](repeating: row, count: size))
    }

    /// A Gaussian bell, cut off at four deviations and of sum 1.
    ///
    /// Throws when `sigma`, in pixels, is not within 0...31.
    public static func gaussian(sigma: Double) throws -> ImageKernel {
        guard sigma >= 0, sigma <= 31 else {
            throw ImageError(
                .argument, "gaussian: expected a kernel's sigma of 0 to 31 pixels, got \(sigma)")
        }
        let bell = try gaussianWeights(sigma, "gaussian")
        return ImageKernel("gaussian", bell.map { down in bell.map { Float(down * $0) } })
    }
}

/// A Gaussian bell cut off at four deviations (`round(4 sigma)` samples on each side), of sum 1.
func gaussianWeights(_ sigma: Double, _ operation: String) throws -> [Double] {
    guard sigma >= 0, sigma <= 1000 else {
        throw ImageError(
            .argument, "\(operation): expected a sigma of 0 to 1000 pixels, got \(sigma)")
    }
    let radius = Int(4 * sigma + 0.5)
    guard radius > 0 else { return [1] }
    let bell = (-radius...radius).map { exp(-0.5 * Double($0 * $0) / (sigma * sigma)) }
    let total = bell.reduce(0, +)
    return bell.map { $0 / total }
}

/// Sobel's two kernels as weights of a layer, [2, 1, 3, 3]: from left to right, from top to bottom.
///
///     let x = photo.grayscale().tensor.expandedDimensions(axis: 0)
///     conv2d(x, sobelKernel(), padding: 1)
public func sobelKernel() throws -> Tensor { try stackedKernels([.sobelX, .sobelY]) }

/// Scharr's two kernels as weights of a layer, [2, 1, 3, 3].
public func scharrKernel() throws -> Tensor { try stackedKernels([.scharrX, .scharrY]) }

/// The Laplacian as weights of a layer, [1, 1, 3, 3].
public func laplacianKernel() throws -> Tensor { try ImageKernel.laplacian.tensor }

/// A Gaussian bell as weights of a layer, [1, 1, K, K] with K = 2 round(4 sigma) + 1.
///
/// Throws when `sigma`, in pixels, is not within 0...31.
public func gaussianKernel(sigma: Double) throws -> Tensor {
    try ImageKernel.gaussian(sigma: sigma).tensor
}

/// Kernels of one size as weights of a layer, [K, 1, H, W].
func stackedKernels(_ kernels: [ImageKernel]) throws -> Tensor {
    guard let first = kernels.first else { return try Tensor([Float](), shape: [0, 1, 0, 0]) }
    return try Tensor(
        kernels.flatMap(\.weights), shape: [kernels.count, 1, first.height, first.width])
}
