/// Turns the picture by an angle drawn from `-degrees...degrees`.
///
///     try RandomRotation(15, border: .reflect)
public struct RandomRotation: Transform {
    private let degrees: Double
    private let interpolation: Interpolation
    private let border: PadMode

    /// Throws when `degrees` is negative or not finite.
    public init(
        _ degrees: Double, interpolation: Interpolation = .bilinear, border: PadMode = .constant
    ) throws {
        self.degrees = try checkedExtent(degrees, "RandomRotation")
        self.interpolation = interpolation
        self.border = border
    }

    public var arguments: [(label: String?, value: String)] {
        [
            (nil, "\(degrees)"), ("interpolation", ".\(interpolation)"), ("border", ".\(border)"),
        ]
    }

    public func apply(_ image: Image, drawing draws: inout Draws) throws -> Image {
        try image.rotated(
            degrees: draws.number("degrees", in: -degrees...degrees), interpolation: interpolation,
            border: border)
    }
}

/// Turns, magnifies, leans and shifts the picture at random.
///
/// The angle is drawn from `-degrees...degrees`, the lean from `-shear...shear` degrees, the
/// magnification from `scale`, and the shift along each axis is at most the share `translation` of
/// the side.
///
///     try RandomAffine(degrees: 10, translation: 0.1, scale: 0.9...1.1)
public struct RandomAffine: Transform {
    private let degrees: Double
    private let translation: Double
    private let scale: ClosedRange<Double>
    private let shear: Double
    private let interpolation: Interpolation
    private let border: PadMode

    /// Throws for a negative angle, lean or shift, a shift above 1, a lean of 90 degrees or more
    /// and a magnification that is not positive.
    public init(
        degrees: Double = 0, translation: Double = 0, scale: ClosedRange<Double> = 1...1,
        shear: Double = 0, interpolation: Interpolation = .bilinear, border: PadMode = .constant
    ) throws {
        self.degrees = try checkedExtent(degrees, "RandomAffine")
        guard (0...1).contains(translation), (0..<90).contains(shear), scale.lowerBound > 0,
            scale.upperBound.isFinite
        else {
            throw ImageError(
                .argument,
                "RandomAffine: expected a translation within 0...1, a scale above 0 and a shear "
                    + "in 0..<90, got \(translation), \(scale) and \(shear)")
        }
        self.translation = translation
        self.scale = scale
        self.shear = shear
        self.interpolation = interpolation
        self.border = border
    }

    public var arguments: [(label: String?, value: String)] {
        [
            ("degrees", "\(degrees)"), ("translation", "\(translation)"), ("scale", "\(scale)"),
            ("shear", "\(shear)"), ("interpolation", ".\(interpolation)"), ("border", ".\(border)"),
        ]
    }

    public func apply(_ image: Image, drawing draws: inout Draws) throws -> Image {
        let (width, height) = (Double(image.width), Double(image.height))
        return try image.affine(
            degrees: draws.number("degrees", in: -degrees...degrees),
            scale: draws.number("scale", in: scale),
            shear: draws.number("shear", in: -shear...shear),
            x: draws.number("x", in: -translation * width...translation * width).rounded(),
            y: draws.number("y", in: -translation * height...translation * height).rounded(),
            interpolation: interpolation, border: border)
    }
}

/// Shows the picture from another place with a probability: each corner moves inwards by up to the
/// share `distortion` of half a side.
///
///     try RandomPerspective(0.3)
public struct RandomPerspective: Transform {
    private let distortion: Double
    private let probability: Double
    private let interpolation: Interpolation
    private let border: PadMode

    /// Throws when `distortion` is not in 0..<1 or the probability outside 0...1.
    public init(
        _ distortion: Double = 0.5, probability: Double = 0.5,
        interpolation: Interpolation = .bilinear, border: PadMode = .constant
    ) throws {
        guard (0..<1).contains(distortion) else {
            throw ImageError(
                .argument, "RandomPerspective: expected a distortion in 0..<1, got \(distortion)")
        }
        self.distortion = distortion
        self.probability = try checkedProbability(probability, "RandomPerspective")
        self.interpolation = interpolation
        self.border = border
    }

    public var arguments: [(label: String?, value: String)] {
        [
            (nil, "\(distortion)"), ("probability", "\(probability)"),
            ("interpolation", ".\(interpolation)"), ("border", ".\(border)"),
        ]
    }

    public func apply(_ image: Image, drawing draws: inout Draws) throws -> Image {
        guard draws.chance("applied", probability) else { return image }
        let (width, height) = (Double(image.width), Double(image.height))
        let corners = [[0, 0], [width, 0], [width, height], [0, height]]
        var moved: [[Double]] = []
        for corner in corners {
            let x = draws.uniform(in: 0...distortion * width / 2)
            let y = draws.uniform(in: 0...distortion * height / 2)
            moved.append([corner[0] == 0 ? x : width - x, corner[1] == 0 ? y : height - y])
        }
        draws.note("corners", "\(moved.map { $0.map { ($0 * 10).rounded() / 10 } })")
        return try image.perspective(
            from: corners, to: moved, interpolation: interpolation, border: border)
    }
}

/// Bends the picture like a sheet of rubber (Simard, Steinkraus, Platt 2003): each pixel is taken
/// from `alpha` times a field of random numbers in -1...1, blurred with `sigma` pixels, away.
///
///     try ElasticTransform(alpha: 40, sigma: 5)
public struct ElasticTransform: Transform {
    private let alpha: Double
    private let sigma: Double
    private let interpolation: Interpolation
    private let border: PadMode

    /// Throws when `alpha` is not within 0...10,000 or `sigma` not within 0...1000.
    public init(
        alpha: Double = 50, sigma: Double = 5, interpolation: Interpolation = .bilinear,
        border: PadMode = .reflect
    ) throws {
        guard (0...10_000).contains(alpha) else {
            throw ImageError(
                .argument, "ElasticTransform: expected an alpha within 0...10000, got \(alpha)")
        }
        _ = try GaussianKernel(sigma: sigma, "ElasticTransform")
        self.alpha = alpha
        self.sigma = sigma
        self.interpolation = interpolation
        self.border = border
    }

    public var arguments: [(label: String?, value: String)] {
        [
            ("alpha", "\(alpha)"), ("sigma", "\(sigma)"), ("interpolation", ".\(interpolation)"),
            ("border", ".\(border)"),
        ]
    }

    public func apply(_ image: Image, drawing draws: inout Draws) throws -> Image {
        let (width, height) = (image.width, image.height)
        // Two interleaved channels: the way to the right and down.
        let field = try GaussianKernel(sigma: sigma, name).convolved(
            draws.field(2 * width * height), width: width, height: height, channels: 2,
            border: .reflect)
        let farthest = alpha * Double(field.lazy.map { abs($0) }.max() ?? 0)
        draws.note("farthest", "\((farthest * 100).rounded() / 100)")
        return try image.warped(interpolation, border, name, width: width, height: height) { x, y in
            let place = 2 * (y * width + x)
            return (
                Double(x) + 0.5 + alpha * Double(field[place]),
                Double(y) + 0.5 + alpha * Double(field[place + 1])
            )
        }
    }
}

/// How far to both sides of 0 a range reaches, or an error that names who was given it.
private func checkedExtent(_ degrees: Double, _ operation: String) throws -> Double {
    guard degrees >= 0, degrees.isFinite else {
        throw ImageError(
            .argument, "\(operation): expected degrees of at least 0, got \(degrees)")
    }
    return degrees
}
