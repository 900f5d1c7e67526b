import Tensors

/// In training, sets whole samples of a batch to 0 with the given probability and scales the others
/// by `1 / (1 - probability)`; in evaluation, does nothing. As timm's `DropPath`.
///
/// At the end of a residual branch it leaves out the branch: stochastic depth.
/// Source: Huang et al., "Deep Networks with Stochastic Depth", 2016.
///
///     Residual { LayerNorm(192); MultiHeadAttention(embedding: 192, heads: 3); DropPath(0.1) }
public final class DropPath: StatelessLayer {
    /// How often training sets a sample to 0, in 0...1; 0.1 by default.
    public let probability: Double

    /// A layer that drops with the given probability; stops the program outside 0...1.
    public convenience init(_ probability: Double = 0.1) {
        self.init(checked: trapping { try DropPath.checked(probability) })
    }

    /// The same, throwing outside 0...1.
    public convenience init(probability: Double) throws {
        self.init(checked: try DropPath.checked(probability))
    }

    private init(checked probability: Double) { self.probability = probability }

    private static func checked(_ probability: Double) throws -> Double {
        try LayerError.requireShare("DropPath", "probability", probability)
        return probability
    }

    public func forward(_ x: Tensor) throws -> Tensor {
        try dropPath(x, probability: probability, training: Context.current.isTraining)
    }

    public var kind: String { "DropPath" }
    public var details: String { "\(probability)" }
}
