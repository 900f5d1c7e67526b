/// Covers a rectangle with one colour or with noise, with a probability (Zhong et al. 2017).
///
/// Its area is a share of the picture's drawn from `scale`, its width a multiple of its height
/// drawn from `ratio`. Where no such rectangle fits in ten draws, nothing is covered.
///
///     try RandomErasing(probability: 0.25)
public struct RandomErasing: Transform {
    private let probability: Double
    private let scale: ClosedRange<Double>
    private let ratio: ClosedRange<Double>
    private let noise: Bool

    /// With `noise` the rectangle is random numbers, without it black. Throws when the probability
    /// or `scale` is not within 0...1, or `ratio` not positive.
    public init(
        probability: Double = 0.5, scale: ClosedRange<Double> = 0.02...0.33,
        ratio: ClosedRange<Double> = 0.3...3.3, noise: Bool = false
    ) throws {
        guard scale.lowerBound >= 0, scale.upperBound <= 1, ratio.lowerBound > 0,
            ratio.upperBound.isFinite
        else {
            throw ImageError(
                .argument,
                "RandomErasing: expected a scale within 0...1 and a ratio above 0, "
                    + "got \(scale) and \(ratio)")
        }
        self.probability = try checkedProbability(probability, "RandomErasing")
        self.scale = scale
        self.ratio = ratio
        self.noise = noise
    }

    public var arguments: [(label: String?, value: String)] {
        [
            ("probability", "\(probability)"), ("scale", "\(scale)"), ("ratio", "\(ratio)"),
            ("noise", "\(noise)"),
        ]
    }

    public func apply(_ image: Image, drawing draws: inout Draws) throws -> Image {
        guard draws.chance("applied", probability) else { return image }
        guard
            let part = draws.rectangle(
                in: (image.width, image.height), scale: scale, ratio: ratio)
        else { return image }
        draws.note(part)
        return cover(
            image, x: part.x..<part.x + part.width, y: part.y..<part.y + part.height, &draws)
    }

    private func cover(
        _ image: Image, x columns: Range<Int>, y rows: Range<Int>, _ draws: inout Draws
    ) -> Image {
        let step = image.channels
        return image.resembling { out in
            out.update(from: image.bytes, count: image.bytes.count)
            for y in rows {
                for x in columns {
                    let start = (y * image.width + x) * step
                    for channel in 0..<step {
                        out[start + channel] =
                            step == 4 && channel == 3
                            ? 255 : noise ? UInt8(draws.uniform(in: 0...255)) : 0
                    }
                }
            }
        }
    }
}
