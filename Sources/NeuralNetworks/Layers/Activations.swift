import Tensors

/// The rectifier: negative elements become 0. As `torch.nn.ReLU`.
///
///     ReLU()(Tensor([-1, 2]))  // [0.0, 2.0]
public final class ReLU: StatelessLayer, ActivationLayer {
    public init() {}
    public func forward(_ x: Tensor) throws -> Tensor { try x.relu() }
    public var kind: String { "ReLU" }
    var activation: Activation { .relu }
}

/// The rectifier cut off at 6: `min(max(x, 0), 6)`. As `torch.nn.ReLU6`; MobileNet's activation.
public final class ReLU6: StatelessLayer, ActivationLayer {
    public init() {}
    public func forward(_ x: Tensor) throws -> Tensor { try x.relu6() }
    public var kind: String { "ReLU6" }
    var activation: Activation { .relu6 }
}

/// The rectifier that keeps a share of negative elements: `x < 0 ? slope * x : x`. As
/// `torch.nn.LeakyReLU`.
public final class LeakyReLU: StatelessLayer {
    /// What negative elements are multiplied by; 0.01 by default.
    public let slope: Double

    /// A rectifier with the given slope below 0.
    public init(slope: Double = 0.01) { self.slope = slope }

    public func forward(_ x: Tensor) throws -> Tensor { try x.leakyReLU(slope: slope) }
    public var kind: String { "LeakyReLU" }
    public var details: String { slope == 0.01 ? "" : "slope: \(slope)" }
}

/// The Gaussian error linear unit: x times the probability that a standard normal number lies below
/// x. As `torch.nn.GELU`.
///
/// Source: Hendrycks and Gimpel, "Gaussian Error Linear Units", 2016.
public final class GELU: StatelessLayer, ActivationLayer {
    /// `.none` for the exact function, `.tanh` for the approximation that GPT-2 uses.
    public let approximation: GELUApproximation

    /// Exact, or approximated with `.tanh`.
    public init(approximation: GELUApproximation = .none) { self.approximation = approximation }

    public func forward(_ x: Tensor) throws -> Tensor { try x.gelu(approximation: approximation) }
    public var kind: String { "GELU" }
    var activation: Activation { approximation == .tanh ? .geluTanh : .gelu }
    public var details: String { approximation == .none ? "" : "approximation: .\(approximation)" }
}

/// The sigmoid linear unit, also called swish: `x * sigmoid(x)`. As `torch.nn.SiLU`; EfficientNet's
/// activation.
///
/// Source: Ramachandran et al., "Searching for Activation Functions", 2017.
public final class SiLU: StatelessLayer, ActivationLayer {
    public init() {}
    public func forward(_ x: Tensor) throws -> Tensor { try x.silu() }
    public var kind: String { "SiLU" }
    var activation: Activation { .silu }
}

/// A cheap likeness of SiLU: `x * min(max(x + 3, 0), 6) / 6`. As `torch.nn.Hardswish`.
///
/// Source: Howard et al., "Searching for MobileNetV3", 2019.
public final class HardSwish: StatelessLayer, ActivationLayer {
    public init() {}
    public func forward(_ x: Tensor) throws -> Tensor { try x.hardSwish() }
    public var kind: String { "HardSwish" }
    var activation: Activation { .hardSwish }
}

/// A cheap likeness of the logistic function: `min(max(x + 3, 0), 6) / 6`. As
/// `torch.nn.Hardsigmoid`.
///
/// Source: Howard et al., "Searching for MobileNetV3", 2019.
public final class HardSigmoid: StatelessLayer {
    public init() {}

    public func forward(_ x: Tensor) throws -> Tensor {
        try Tensor.multiplying(Tensor.adding(x, 3).relu6(), .real(1.0 / 6))
    }

    public var kind: String { "HardSigmoid" }
}

/// The logistic function: `1 / (1 + exp(-x))`. As `torch.nn.Sigmoid`.
public final class Sigmoid: StatelessLayer {
    public init() {}
    public func forward(_ x: Tensor) throws -> Tensor { try x.sigmoid() }
    public var kind: String { "Sigmoid" }
}

/// The hyperbolic tangent. As `torch.nn.Tanh`.
public final class Tanh: StatelessLayer {
    public init() {}
    public func forward(_ x: Tensor) throws -> Tensor { try x.tanh() }
    public var kind: String { "Tanh" }
}

/// Scores as probabilities, which add up to 1 along an axis. As `torch.nn.Softmax`.
///
/// `crossEntropy` takes the scores themselves: a model that ends in `Softmax` learns badly with it.
public final class Softmax: StatelessLayer {
    /// The axis along which probabilities add up to 1; -1 is the last one.
    public let axis: Int

    /// Probabilities along `axis`, the last one unless given.
    public init(axis: Int = -1) { self.axis = axis }

    public func forward(_ x: Tensor) throws -> Tensor { try x.softmax(axis: axis) }
    public var kind: String { "Softmax" }
    public var details: String { axis == -1 ? "" : "axis: \(axis)" }
}
