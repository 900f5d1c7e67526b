/// Makes the picture grey with a probability; its channels stay as many, so that a network takes
/// it.
///
///     try Grayscale(probability: 0.2)
public struct Grayscale: Transform {
    private let probability: Double

    /// Throws when the probability is outside 0...1.
    public init(probability: Double = 1) throws {
        self.probability = try checkedProbability(probability, "Grayscale")
    }

    public var arguments: [(label: String?, value: String)] {
        [("probability", "\(probability)")]
    }

    public func apply(_ image: Image, drawing draws: inout Draws) throws -> Image {
        draws.chance("applied", probability) ? try image.saturated(by: 0) : image
    }
}

/// Stretches each channel to 0...255 with a probability, as `Image.autoContrasted(cutoff:)`.
///
///     try AutoContrast(cutoff: 0.01)
public struct AutoContrast: Transform {
    private let cutoff: Double
    private let probability: Double

    /// Throws when `cutoff` is not in 0..<0.5 or the probability outside 0...1.
    public init(cutoff: Double = 0, probability: Double = 1) throws {
        guard (0..<0.5).contains(cutoff) else {
            throw ImageError(
                .argument, "AutoContrast: expected a cutoff in 0..<0.5, got \(cutoff)")
        }
        self.cutoff = cutoff
        self.probability = try checkedProbability(probability, "AutoContrast")
    }

    public var arguments: [(label: String?, value: String)] {
        [("cutoff", "\(cutoff)"), ("probability", "\(probability)")]
    }

    public func apply(_ image: Image, drawing draws: inout Draws) throws -> Image {
        draws.chance("applied", probability) ? try image.autoContrasted(cutoff: cutoff) : image
    }
}

/// Makes each channel's histogram flat with a probability, as `Image.equalized()`.
///
///     try Equalize(probability: 0.5)
public struct Equalize: Transform {
    private let probability: Double

    /// Throws when the probability is outside 0...1.
    public init(probability: Double = 1) throws {
        self.probability = try checkedProbability(probability, "Equalize")
    }

    public var arguments: [(label: String?, value: String)] {
        [("probability", "\(probability)")]
    }

    public func apply(_ image: Image, drawing draws: inout Draws) throws -> Image {
        draws.chance("applied", probability) ? image.equalized() : image
    }
}

/// Makes the negative with a probability.
///
///     try Invert(probability: 0.1)
public struct Invert: Transform {
    private let probability: Double

    /// Throws when the probability is outside 0...1.
    public init(probability: Double = 1) throws {
        self.probability = try checkedProbability(probability, "Invert")
    }

    public var arguments: [(label: String?, value: String)] {
        [("probability", "\(probability)")]
    }

    public func apply(_ image: Image, drawing draws: inout Draws) throws -> Image {
        draws.chance("applied", probability) ? image.inverted() : image
    }
}

/// Keeps only the upper bits of each value with a probability.
///
///     try Posterize(bits: 3)
public struct Posterize: Transform {
    private let bits: Int
    private let probability: Double

    /// Throws when `bits` is not within 1...8 or the probability outside 0...1.
    public init(bits: Int, probability: Double = 1) throws {
        guard (1...8).contains(bits) else {
            throw ImageError(.argument, "Posterize: expected 1 to 8 bits, got \(bits)")
        }
        self.bits = bits
        self.probability = try checkedProbability(probability, "Posterize")
    }

    public var arguments: [(label: String?, value: String)] {
        [("bits", "\(bits)"), ("probability", "\(probability)")]
    }

    public func apply(_ image: Image, drawing draws: inout Draws) throws -> Image {
        draws.chance("applied", probability) ? try image.posterized(bits: bits) : image
    }
}

/// Inverts the values of at least a threshold with a probability.
///
///     try Solarize(threshold: 128, probability: 0.2)
public struct Solarize: Transform {
    private let threshold: Int
    private let probability: Double

    /// Throws when `threshold` is outside 0...256 or the probability outside 0...1.
    public init(threshold: Int = 128, probability: Double = 1) throws {
        guard (0...256).contains(threshold) else {
            throw ImageError(
                .argument, "Solarize: expected a threshold of 0 to 256, got \(threshold)")
        }
        self.threshold = threshold
        self.probability = try checkedProbability(probability, "Solarize")
    }

    public var arguments: [(label: String?, value: String)] {
        [("threshold", "\(threshold)"), ("probability", "\(probability)")]
    }

    public func apply(_ image: Image, drawing draws: inout Draws) throws -> Image {
        draws.chance("applied", probability) ? try image.solarized(threshold: threshold) : image
    }
}
