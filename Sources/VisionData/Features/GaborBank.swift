import Glibc
import Hosting
import Tensors

/// Gabor's filters of several directions and wavelengths: waves under a Gaussian bell, which answer
/// to stripes of their own direction and width, as cells of the visual cortex do.
///
///     let bank = GaborBank(orientations: 6, wavelengths: [4, 8])
///     bank.tensor.shape  // [12, 1, K, K], weights of a layer
public struct GaborBank: Sendable, Hashable, Displayable, CustomStringConvertible {
    /// How many directions there are; the first answers to upright stripes.
    public let orientations: Int
    /// Widths of a stripe pair in pixels.
    public let wavelengths: [Double]
    /// The filters, wavelength by wavelength, of one size.
    public let kernels: [ImageKernel]
    private let odd: [ImageKernel]

    /// Throws when the orientations are not 1 to 64 or a wavelength is not within 2...40 pixels.
    ///
    /// The bell of each filter has the deviation `0.56 · wavelength`, a bandwidth of one octave, and
    /// is cut off at three deviations.
    public init(orientations: Int = 8, wavelengths: [Double] = [4, 8]) throws {
        guard (1...64).contains(orientations), (1...16).contains(wavelengths.count),
            wavelengths.allSatisfy({ $0 >= 2 && $0 <= 40 })
        else {
            throw ImageError(
                .argument,
                "GaborBank: expected 1 to 64 orientations and 1 to 16 wavelengths of 2 to 40 "
                    + "pixels, got orientations: \(orientations), wavelengths: \(wavelengths)")
        }
        self.orientations = orientations
        self.wavelengths = wavelengths
        let radius = Int((3 * Self.deviation(wavelengths.max() ?? 4)).rounded(.up))
        var (even, odd): ([ImageKernel], [ImageKernel]) = ([], [])
        for wavelength in wavelengths {
            for index in 0..<orientations {
                let angle = Double.pi * Double(index) / Double(orientations)
                even.append(Self.kernel(wavelength, angle, radius, cos))
                odd.append(Self.kernel(wavelength, angle, radius, sin))
            }
        }
        kernels = even
        self.odd = odd
    }

    /// The deviation of a bell for one octave: `sqrt(ln 2 / 2) / pi · 3` wavelengths.
    private static func deviation(_ wavelength: Double) -> Double {
        (log(2) / 2).squareRoot() / .pi * 3 * wavelength
    }

    private static func kernel(
        _ wavelength: Double, _ angle: Double, _ radius: Int, _ wave: (Double) -> Double
    ) -> ImageKernel {
        let sigma = deviation(wavelength)
        let own = Int((3 * sigma).rounded(.up))
        let rows = (-radius...radius).map { y in
            (-radius...radius).map { x -> Float in
                guard abs(x) <= own, abs(y) <= own else { return 0 }
                let across = Double(x) * cos(angle) + Double(y) * sin(angle)
                let squares = Double(x * x + y * y) / (sigma * sigma)
                let bell = exp(-0.5 * squares) / (2 * .pi * sigma * sigma)
                return Float(bell * wave(2 * .pi * across / wavelength))
            }
        }
        return ImageKernel("gabor", rows)
    }

    /// The filters as weights of a layer, [K, 1, S, S].
    public var tensor: Tensor { get throws { try stackedKernels(kernels) } }

    /// The strength of the answer to each filter, whatever the phase of the stripes:
    /// `sqrt(even² + odd²)` of the brightness.
    func energies(_ image: Image) throws -> [FloatPlane] {
        let plane = FloatPlane(brightness: image)
        return try zip(kernels, odd).map { even, odd in
            FloatPlane.magnitude(
                try plane.filtered(by: even, border: .reflect),
                try plane.filtered(by: odd, border: .reflect))
        }
    }

    /// How many filters of which size.
    public var description: String {
        "GaborBank of \(kernels.count) filters \(kernels[0].height)x\(kernels[0].width)"
    }

    /// The filters as pictures.
    public func mimeBundle() throws -> MIMEBundle {
        let pictures = kernels.map { kernel in
            let plane = FloatPlane(
                width: kernel.width, height: kernel.height, values: kernel.weights)
            let reach = plane.values.reduce(0) { max($0, abs($1)) }
            return plane.image(low: -reach, high: reach)
        }
        return try grid(pictures, columns: min(8, orientations)).described(as: description)
    }
}

/// The answers of a picture to a bank of Gabor's filters.
public struct GaborResponses: Sendable, Displayable, CustomStringConvertible {
    /// The filters.
    public let bank: GaborBank
    /// How strongly each pixel answers to each filter, [K, H, W].
    public let tensor: Tensor
    /// The mean and the deviation of each answer, [2 K], which describe a texture.
    public let features: Tensor
    private let planes: [FloatPlane]

    init(_ bank: GaborBank, _ image: Image) throws {
        let limit = 1 << 28
        let count = bank.kernels.count * image.width * image.height
        guard count <= limit else {
            throw ImageError(
                .tooLarge,
                "gabor: too many answers, expected at most \(limit), got \(bank.kernels.count) "
                    + "filters for \(image.width)x\(image.height) pixels")
        }
        self.bank = bank
        planes = try bank.energies(image)
        tensor = try FilterResponse("gabor", planes).tensor
        let moments = planes.flatMap { plane -> [Float] in
            let count = Double(plane.values.count)
            let mean = plane.values.reduce(0) { $0 + Double($1) } / count
            let variance = plane.values.reduce(0) {
                $0 + (Double($1) - mean) * (Double($1) - mean)
            }
            return [Float(mean), Float((variance / count).squareRoot())]
        }
        features = try Tensor(moments, shape: [moments.count])
    }

    /// The answers as pictures, a row for each wavelength.
    public var image: Image {
        get throws {
            let high = planes.map(\.range.high).max() ?? 1
            return try grid(
                planes.map { $0.image(low: 0, high: high) }, columns: bank.orientations)
        }
    }

    /// Size and number of filters.
    public var description: String {
        "Gabor responses of \(planes[0].width)x\(planes[0].height) pixels to "
            + "\(planes.count) filters"
    }

    /// The pictures.
    public func mimeBundle() throws -> MIMEBundle { try image.described(as: description) }
}

/// How strongly the brightness of a picture answers to stripes of several directions and widths
/// (Gabor 1946, Daugman 1985).
///
///     gabor(photo, orientations: 6, wavelengths: [4, 8]).features
public func gabor(
    _ image: Image, orientations: Int = 8, wavelengths: [Double] = [4, 8]
) throws -> GaborResponses {
    try GaborResponses(
        GaborBank(orientations: orientations, wavelengths: wavelengths), image)
}

/// Gabor's filters as weights of a layer, [K, 1, S, S]; see `GaborBank`.
public func gaborKernels(
    orientations: Int = 8, wavelengths: [Double] = [4]
) throws -> Tensor {
    try GaborBank(orientations: orientations, wavelengths: wavelengths).tensor
}
