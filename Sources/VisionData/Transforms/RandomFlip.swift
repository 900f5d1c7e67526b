/// Which sides of a picture a flip exchanges.
public enum FlipAxis: String, Sendable, CaseIterable {
    /// Left and right.
    case horizontal
    /// Top and bottom.
    case vertical
}

/// Mirrors the picture with a probability.
///
///     try RandomFlip()
///     try RandomFlip(.vertical, probability: 0.2)
public struct RandomFlip: Transform, ViewTransform {
    private let axis: FlipAxis
    private let probability: Double

    /// Throws when the probability is outside 0...1.
    public init(_ axis: FlipAxis = .horizontal, probability: Double = 0.5) throws {
        self.axis = axis
        self.probability = try checkedProbability(probability, "RandomFlip")
    }

    public var arguments: [(label: String?, value: String)] {
        [(nil, ".\(axis)"), ("probability", "\(probability)")]
    }

    func view(of picture: UnreadImage, drawing draws: inout Draws) throws -> UnreadImage {
        guard draws.chance("flipped", probability) else { return picture }
        return picture.turned(EXIFOrientation(axis == .horizontal ? 2 : 4))
    }
}
