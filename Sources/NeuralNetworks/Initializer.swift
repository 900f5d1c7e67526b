import Tensors

#if canImport(Glibc)
import Glibc
#else
import Foundation
#endif

/// Where a parameter's first value comes from; the rules and numbers are those of `torch.nn.init`.
///
///     try model.initialize(.kaimingNormal(mode: .fanOut))
///     try model.initialize(.constant(0)) { name, _ in name.hasSuffix("norm2.weight") }
///
/// A weight's fan in is the number of inputs that one output sees, its fan out the number of outputs
/// that one input reaches: of `[K, C, h, w]` they are `C * h * w` and `K * h * w`.
public struct Initializer: Sendable, CustomStringConvertible {
    /// Which of the two keeps its size: activations on the way forward, or gradients on the way back.
    public enum Fan: String, Sendable, CaseIterable {
        /// Activations keep their variance on the way forward.
        case fanIn
        /// Gradients keep their variance on the way back.
        case fanOut
    }

    /// What follows the layer, which decides by how much a weight must make up for it.
    public enum Nonlinearity: Sendable, Hashable {
        /// No activation, or one that changes no variance: a gain of 1.
        case linear
        /// The logistic function: a gain of 1.
        case sigmoid
        /// The hyperbolic tangent: a gain of 5 / 3.
        case tanh
        /// The rectifier: a gain of √2, since it stops half of what comes.
        case relu
        /// The rectifier with a slope below 0: a gain of √(2 / (1 + slope²)).
        case leakyReLU(slope: Double)

        /// The factor that keeps the variance; as `torch.nn.init.calculate_gain`.
        public var gain: Double {
            switch self {
            case .linear, .sigmoid: 1
            case .tanh: 5.0 / 3
            case .relu: 2.0.squareRoot()
            case .leakyReLU(let slope): (2 / (1 + slope * slope)).squareRoot()
            }
        }
    }

    enum Rule: Sendable {
        case constant(Double)
        case uniform(low: Double, high: Double)
        case normal(mean: Double, deviation: Double)
        case truncatedNormal(mean: Double, deviation: Double, low: Double, high: Double)
        case scaledUniform(gain: Double, scale: Scale)
        case scaledNormal(gain: Double, scale: Scale)
        case orthogonal(gain: Double)
    }

    enum Scale: Sendable { case fan(Fan), bothFans }

    /// The initialiser as one writes it.
    public let description: String
    let rule: Rule

    /// Every element the same. Zero for the last normalisation of every residual block ("zero
    /// gamma") makes the blocks begin as identities (Goyal et al., "Accurate, Large Minibatch SGD",
    /// 2017).
    public static func constant(_ value: Double) -> Initializer {
        Initializer(description: ".constant(\(value))", rule: .constant(value))
    }

    /// Uniform in `low ..< high`.
    public static func uniform(_ low: Double, _ high: Double) -> Initializer {
        Initializer(description: ".uniform(\(low), \(high))", rule: .uniform(low: low, high: high))
    }

    /// Normally distributed.
    public static func normal(
        mean: Double = 0, standardDeviation: Double = 1
    ) -> Initializer {
        Initializer(
            description: ".normal(mean: \(mean), standardDeviation: \(standardDeviation))",
            rule: .normal(mean: mean, deviation: standardDeviation))
    }

    /// Normally distributed, drawn again outside `low...high`; transformers use a standard deviation
    /// of 0.02.
    public static func truncatedNormal(
        mean: Double = 0, standardDeviation: Double = 1, low: Double = -2, high: Double = 2
    ) -> Initializer {
        Initializer(
            description: ".truncatedNormal(mean: \(mean), standardDeviation: \(standardDeviation), "
                + "low: \(low), high: \(high))",
            rule: .truncatedNormal(
                mean: mean, deviation: standardDeviation, low: low, high: high))
    }

    /// Uniform within `gain * sqrt(3 / fan)`.
    ///
    /// Source: He et al., "Delving Deep into Rectifiers", 2015.
    public static func kaimingUniform(
        mode: Fan = .fanIn, nonlinearity: Nonlinearity = .relu
    ) -> Initializer {
        Initializer(
            description: ".kaimingUniform(mode: .\(mode), nonlinearity: .\(nonlinearity))",
            rule: .scaledUniform(gain: nonlinearity.gain, scale: .fan(mode)))
    }

    /// Normally distributed with standard deviation `gain / sqrt(fan)`.
    ///
    /// Source: He et al., "Delving Deep into Rectifiers", 2015.
    public static func kaimingNormal(
        mode: Fan = .fanIn, nonlinearity: Nonlinearity = .relu
    ) -> Initializer {
        Initializer(
            description: ".kaimingNormal(mode: .\(mode), nonlinearity: .\(nonlinearity))",
            rule: .scaledNormal(gain: nonlinearity.gain, scale: .fan(mode)))
    }

    /// Uniform within `gain * sqrt(6 / (fan in + fan out))`.
    ///
    /// Source: Glorot and Bengio, "Understanding the difficulty of training deep feedforward neural
    /// networks", 2010.
    public static func xavierUniform(gain: Double = 1) -> Initializer {
        Initializer(
            description: ".xavierUniform(gain: \(gain))",
            rule: .scaledUniform(gain: gain, scale: .bothFans))
    }

    /// Normally distributed with standard deviation `gain * sqrt(2 / (fan in + fan out))`.
    ///
    /// Source: Glorot and Bengio, 2010.
    public static func xavierNormal(gain: Double = 1) -> Initializer {
        Initializer(
            description: ".xavierNormal(gain: \(gain))",
            rule: .scaledNormal(gain: gain, scale: .bothFans))
    }

    /// A random matrix whose rows, or columns where they are fewer, are orthogonal and of length
    /// `gain`; a kernel counts as the matrix `[K, C * h * w]`.
    ///
    /// Source: Saxe et al., "Exact solutions to the nonlinear dynamics of learning", 2014.
    public static func orthogonal(gain: Double = 1) -> Initializer {
        Initializer(description: ".orthogonal(gain: \(gain))", rule: .orthogonal(gain: gain))
    }

    /// PyTorch's default for the weights and biases of convolutions and linear layers: uniform
    /// within `1 / sqrt(fanIn)`, which is Kaiming's uniform rule with a slope of `sqrt(5)`.
    static func usual(fanIn: Int) -> Initializer {
        let bound = fanIn > 0 ? 1 / Double(fanIn).squareRoot() : 0
        return .uniform(-bound, bound)
    }

    var isRandom: Bool {
        if case .constant = rule { return false }
        return true
    }

    /// Throws where its numbers make no values, or where a shape without two axes has no fans.
    func validate(for shape: [Int]? = nil) throws {
        let numbers: [Double]
        var isOrdered = true
        var needsFans = true
        switch rule {
        case .constant(let value): (numbers, needsFans) = ([value], false)
        case .uniform(let low, let high):
            (numbers, isOrdered, needsFans) = ([low, high], low <= high, false)
        case .normal(let mean, let deviation):
            (numbers, isOrdered, needsFans) = ([mean, deviation], deviation >= 0, false)
        case .truncatedNormal(let mean, let deviation, let low, let high):
            numbers = [mean, deviation]
            isOrdered = deviation >= 0 && low < high && low <= mean && mean <= high
            needsFans = false
        case .scaledUniform(let gain, _), .scaledNormal(let gain, _), .orthogonal(let gain):
            (numbers, isOrdered) = ([gain], gain >= 0)
        }
        guard isOrdered, numbers.allSatisfy(\.isFinite) else {
            throw LayerError(
                layer: "Initializer", problem: "the numbers make no values",
                expected: "finite ones, deviations and gains from 0, low to high around the mean",
                got: description)
        }
        if let shape, needsFans, shape.count < 2 {
            throw LayerError(
                layer: "Initializer", problem: "\(description) needs inputs and outputs",
                expected: "a weight with at least two axes", got: "\(shape)")
        }
    }
}
