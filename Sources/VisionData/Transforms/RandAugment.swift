import Glibc

/// Some of fourteen changes drawn at random, all with one strength (Cubuk et al. 2019).
///
/// `magnitude` goes from 0 to 30; the changes and their ranges are torchvision's. What shears,
/// shifts and turns bring in from outside is black.
///
///     try RandAugment(operations: 2, magnitude: 9)
public struct RandAugment: Transform {
    private let operations: Int
    private let magnitude: Int

    /// Throws when `operations` is not within 0...100 or `magnitude` not within 0...30.
    public init(operations: Int = 2, magnitude: Int = 9) throws {
        guard (0...100).contains(operations), (0...30).contains(magnitude) else {
            throw ImageError(
                .argument,
                "RandAugment: expected 0 to 100 operations and a magnitude of 0 to 30, "
                    + "got \(operations) and \(magnitude)")
        }
        self.operations = operations
        self.magnitude = magnitude
    }

    public var arguments: [(label: String?, value: String)] {
        [("operations", "\(operations)"), ("magnitude", "\(magnitude)")]
    }

    public func apply(_ image: Image, drawing draws: inout Draws) throws -> Image {
        var image = image
        for _ in 0..<operations {
            let change = Change.allCases[draws.uniform(in: 0...Change.allCases.count - 1)]
            let sign: Double = change.hasSign && draws.uniform(in: 0...1) == 1 ? -1 : 1
            let strength = sign * change.strength(Double(magnitude) / 30, image)
            draws.note("\(change)", "\((strength * 1e4).rounded() / 1e4)")
            image = try change.apply(strength, to: image)
        }
        return image
    }

    private enum Change: CaseIterable {
        case identity, shearX, shearY, translateX, translateY, rotate, brightness, color, contrast
        case sharpness, posterize, solarize, autoContrast, equalize

        /// Whether it goes both ways.
        var hasSign: Bool {
            switch self {
            case .shearX, .shearY, .translateX, .translateY, .rotate: true
            case .brightness, .color, .contrast, .sharpness: true
            case .identity, .posterize, .solarize, .autoContrast, .equalize: false
            }
        }

        /// What a share in 0...1 of the greatest strength means.
        func strength(_ share: Double, _ image: Image) -> Double {
            switch self {
            case .shearX, .shearY: 0.3 * share
            case .translateX: (150.0 / 331 * Double(image.width) * share).rounded(.down)
            case .translateY: (150.0 / 331 * Double(image.height) * share).rounded(.down)
            case .rotate: 30 * share
            case .brightness, .color, .contrast, .sharpness: 0.9 * share
            case .posterize: 8 - (4 * share).rounded()
            case .solarize: 255 * (1 - share)
            case .identity, .autoContrast, .equalize: 0
            }
        }

        func apply(_ strength: Double, to image: Image) throws -> Image {
            switch self {
            case .identity: image
            case .shearX: try image.affine(shear: atan(strength) * 180 / .pi)
            case .shearY:
                try image.transposed().affine(shear: atan(strength) * 180 / .pi).transposed()
            case .translateX: try image.affine(x: strength)
            case .translateY: try image.affine(y: strength)
            case .rotate: try image.rotated(degrees: strength)
            case .brightness: image.brightened(by: 1 + strength)
            case .color: try image.saturated(by: 1 + strength)
            case .contrast: image.contrasted(by: 1 + strength)
            case .sharpness: image.crispened(by: 1 + strength)
            case .posterize: try image.posterized(bits: Int(strength))
            case .solarize: try image.solarized(threshold: Int(strength.rounded(.up)))
            case .autoContrast: try image.autoContrasted()
            case .equalize: image.equalized()
            }
        }
    }
}
