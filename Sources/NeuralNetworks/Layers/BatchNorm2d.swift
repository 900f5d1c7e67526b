import Tensors

/// Normalises every channel of `[N, C, H, W]` to mean 0 and variance 1, then scales and shifts it.
///
/// In training the batch's own statistics are used and the running ones follow them, by `momentum`;
/// in evaluation, and when frozen, the running ones are used and stand still.
/// Parameters: `weight` and `bias` `[C]`; buffers: `running_mean` and `running_var` `[C]`. As
/// `torch.nn.BatchNorm2d`, whose counter `num_batches_tracked` is not kept.
///
/// Source: Ioffe and Szegedy, "Batch Normalization", 2015.
public final class BatchNorm2d: Layer {
    public let features: Int
    public let epsilon: Double
    public let momentum: Double
    public let runningMean: Parameter
    public let runningVariance: Parameter
    private let isAffine: Bool
    private let scale: Parameter
    private let shift: Parameter

    /// What channels are multiplied by, `[C]`; `nil` without `affine`.
    public var weight: Parameter? { isAffine ? scale : nil }
    /// What is added to channels, `[C]`; `nil` without `affine`.
    public var bias: Parameter? { isAffine ? shift : nil }

    /// Normalisation of `features` channels; stops the program where the arguments make no layer.
    public convenience init(
        _ features: Int, epsilon: Double = 1e-5, momentum: Double = 0.1, affine: Bool = true
    ) {
        do {
            try self.init(
                features: features, epsilon: epsilon, momentum: momentum, affine: affine)
        } catch { preconditionFailure(String(describing: error)) }
    }

    /// The same, throwing where `features` is not positive, `epsilon` is negative or `momentum` lies
    /// outside 0...1. Without `affine` nothing is scaled or shifted.
    public init(
        features: Int, epsilon: Double = 1e-5, momentum: Double = 0.1, affine: Bool = true
    ) throws {
        try LayerError.require("BatchNorm2d", "features", features, atLeast: 1)
        guard epsilon >= 0, epsilon.isFinite else {
            throw LayerError(
                layer: "BatchNorm2d", problem: "'epsilon' is out of range",
                expected: "a number from 0", got: "\(epsilon)")
        }
        guard (0...1).contains(momentum) else {
            throw LayerError(
                layer: "BatchNorm2d", problem: "'momentum' is out of range", expected: "0...1",
                got: "\(momentum)")
        }
        self.features = features
        self.epsilon = epsilon
        self.momentum = momentum
        isAffine = affine
        scale = try Parameter([features], .constant(1), kind: affine ? .weight : .buffer)
        shift = try Parameter([features], .constant(0), kind: affine ? .weight : .buffer)
        runningMean = try Parameter([features], .constant(0), kind: .buffer)
        runningVariance = try Parameter([features], .constant(1), kind: .buffer)
    }

    private init(copying other: BatchNorm2d) {
        features = other.features
        epsilon = other.epsilon
        momentum = other.momentum
        isAffine = other.isAffine
        scale = other.scale.copy()
        shift = other.shift.copy()
        runningMean = other.runningMean.copy()
        runningVariance = other.runningVariance.copy()
    }

    public func forward(_ x: Tensor) throws -> Tensor {
        let isTraining = Context.current.isTraining && runningMean.isTrainable
        var mean = try runningMean.value(for: x)
        var variance = try runningVariance.value(for: x)
        let y = try batchNorm2d(
            x, scale: scale.value(for: x), shift: shift.value(for: x), runningMean: &mean,
            runningVariance: &variance, momentum: momentum, epsilon: epsilon, training: isTraining)
        if isTraining, !x.isSymbolic {
            runningMean.value = mean
            runningVariance.value = variance
        }
        return y
    }

    public func copy() -> BatchNorm2d { BatchNorm2d(copying: self) }
    public var kind: String { "BatchNorm2d" }
    public var children: [(name: String, layer: any Layer)] { [] }

    public var ownParameters: [(name: String, parameter: Parameter)] {
        (weight.map { [("weight", $0)] } ?? []) + (bias.map { [("bias", $0)] } ?? [])
            + [("running_mean", runningMean), ("running_var", runningVariance)]
    }

    public var details: String {
        var text = "\(features)"
        if epsilon != 1e-5 { text += ", epsilon: \(epsilon)" }
        if momentum != 0.1 { text += ", momentum: \(momentum)" }
        return weight == nil ? text + ", affine: false" : text
    }
}
