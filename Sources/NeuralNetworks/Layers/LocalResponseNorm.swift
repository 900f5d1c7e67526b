import Tensors

/// Divides every element by a power of the mean square of its neighbours in the channels around:
/// `x / (k + alpha * mean)^beta`. As `torch.nn.LocalResponseNorm`.
///
/// Source: Krizhevsky et al., "ImageNet Classification with Deep Convolutional Neural Networks",
/// 2012.
///
///     LocalResponseNorm(5, alpha: 1e-4, beta: 0.75, k: 2)  // AlexNet
public final class LocalResponseNorm: StatelessLayer {
    /// How many neighbouring channels the mean is of, its own among them.
    public let size: Int
    /// What the mean of the squares is multiplied by; 1e-4 by default.
    public let alpha: Double
    /// The power of the divisor; 0.75 by default.
    public let beta: Double
    /// What is added to the mean before the power; 1 by default, 2 in the paper.
    public let k: Double

    /// Normalisation over `size` channels; stops the program where the arguments make no layer.
    public convenience init(
        _ size: Int, alpha: Double = 1e-4, beta: Double = 0.75, k: Double = 1
    ) {
        do {
            try self.init(size: size, alpha: alpha, beta: beta, k: k)
        } catch { preconditionFailure(String(describing: error)) }
    }

    /// The same, throwing where `size` is not positive or a number is not finite.
    public init(size: Int, alpha: Double = 1e-4, beta: Double = 0.75, k: Double = 1) throws {
        try LayerError.require("LocalResponseNorm", "size", size, atLeast: 1)
        for (name, value) in [("alpha", alpha), ("beta", beta), ("k", k)] {
            try LayerError.requireFromZero("LocalResponseNorm", name, value)
        }
        self.size = size
        self.alpha = alpha
        self.beta = beta
        self.k = k
    }

    public func forward(_ x: Tensor) throws -> Tensor {
        try localResponseNorm(x, size: size, alpha: alpha, beta: beta, k: k)
    }

    public var kind: String { "LocalResponseNorm" }

    public var details: String {
        var text = "\(size)"
        for (name, value, usual) in [("alpha", alpha, 1e-4), ("beta", beta, 0.75), ("k", k, 1)]
        where value != usual { text += ", \(name): \(value)" }
        return text
    }
}
