/// Blurs the picture with a Gaussian whose deviation in pixels is drawn from `sigma`.
///
///     try GaussianBlur(0.1...2)
public struct GaussianBlur: Transform {
    private let sigma: ClosedRange<Double>

    /// Throws when `sigma` is not within 0...1000.
    public init(_ sigma: ClosedRange<Double> = 0.1...2) throws {
        guard sigma.lowerBound >= 0, sigma.upperBound <= 1000 else {
            throw ImageError(
                .argument, "GaussianBlur: expected a sigma within 0...1000, got \(sigma)")
        }
        self.sigma = sigma
    }

    public var arguments: [(label: String?, value: String)] { [(nil, "\(sigma)")] }

    public func apply(_ image: Image, drawing draws: inout Draws) throws -> Image {
        try image.blurred(sigma: draws.number("sigma", in: sigma))
    }
}

/// Emphasises the edges by unsharp masking.
///
///     try Sharpen(1.5, sigma: 2)
public struct Sharpen: Transform {
    private let amount: Double
    private let sigma: Double

    /// Throws when `amount` is not within -100...100 or `sigma` not within 0...1000.
    public init(_ amount: Double = 1, sigma: Double = 1) throws {
        _ = try Image(width: 1, height: 1, channels: 1, bytes: [0])
            .sharpened(amount: amount, sigma: sigma)
        self.amount = amount
        self.sigma = sigma
    }

    public var arguments: [(label: String?, value: String)] {
        [(nil, "\(amount)"), ("sigma", "\(sigma)")]
    }

    public func apply(_ image: Image, drawing draws: inout Draws) throws -> Image {
        try image.sharpened(amount: amount, sigma: sigma)
    }
}
