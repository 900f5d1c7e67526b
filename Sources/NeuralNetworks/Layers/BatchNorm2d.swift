import Tensors

/// Normalises every channel of `[N, C, H, W]` to mean 0 and variance 1, then scales and shifts it.
///
/// In training the batch's own statistics are used and the running ones follow them, by `momentum`;
/// in evaluation, and when frozen, the running ones are used and stand still.
/// Parameters: `weight` and `bias` `[C]`; buffers: `running_mean` and `running_var` `[C]`, and
/// `num_batches_tracked`, a counter. As `torch.nn.BatchNorm2d`.
///
/// Source: Ioffe and Szegedy, "Batch Normalization", 2015.
public final class BatchNorm2d: Layer, FusesActivation {
    /// How many channels its images have: C of `[N, C, H, W]`.
    public let features: Int
    /// What is added to the variance under the root, so that nothing is divided by 0.
    public let epsilon: Double
    /// By how much the running statistics follow a batch; `nil` for the mean of all batches.
    public let momentum: Double?
    /// The mean of each channel that evaluation uses, a buffer `[C]` that begins as 0.
    public let runningMean: Parameter
    /// The variance of each channel that evaluation uses, a buffer `[C]` that begins as 1.
    public let runningVariance: Parameter
    /// How many batches the running statistics have followed, an int64 scalar.
    public let batchesTracked: Parameter
    /// Whether there are running statistics; without, the batch's own are used in evaluation too.
    public let trackRunningStatistics: Bool
    private let isAffine: Bool
    private let scale: Parameter
    private let shift: Parameter

    /// What channels are multiplied by, `[C]`; `nil` without `affine`.
    public var weight: Parameter? { isAffine ? scale : nil }
    /// What is added to channels, `[C]`; `nil` without `affine`.
    public var bias: Parameter? { isAffine ? shift : nil }

    /// Normalisation of `features` channels; stops the program where the arguments make no layer.
    public convenience init(
        _ features: Int, epsilon: Double = 1e-5, momentum: Double? = 0.1, affine: Bool = true,
        trackRunningStatistics: Bool = true
    ) {
        do {
            try self.init(
                features: features, epsilon: epsilon, momentum: momentum, affine: affine,
                trackRunningStatistics: trackRunningStatistics)
        } catch { preconditionFailure(String(describing: error)) }
    }

    /// The same, throwing where `features` is not positive, `epsilon` is negative or `momentum` lies
    /// outside 0...1. Without `affine` nothing is scaled or shifted.
    public init(
        features: Int, epsilon: Double = 1e-5, momentum: Double? = 0.1, affine: Bool = true,
        trackRunningStatistics: Bool = true
    ) throws {
        try LayerError.require("BatchNorm2d", "features", features, atLeast: 1)
        try LayerError.requireFromZero("BatchNorm2d", "epsilon", epsilon)
        if let momentum { try LayerError.requireShare("BatchNorm2d", "momentum", momentum) }
        self.features = features
        self.epsilon = epsilon
        self.momentum = momentum
        self.trackRunningStatistics = trackRunningStatistics
        isAffine = affine
        scale = try Parameter([features], .constant(1), kind: affine ? .weight : .buffer)
        shift = try Parameter([features], .constant(0), kind: affine ? .weight : .buffer)
        runningMean = try Parameter([features], .constant(0), kind: .buffer)
        runningVariance = try Parameter([features], .constant(1), kind: .buffer)
        batchesTracked = try Parameter([], .constant(0), kind: .buffer, dtype: .int64)
    }

    private init(copying other: BatchNorm2d) {
        features = other.features
        epsilon = other.epsilon
        momentum = other.momentum
        trackRunningStatistics = other.trackRunningStatistics
        isAffine = other.isAffine
        scale = other.scale.copy()
        shift = other.shift.copy()
        runningMean = other.runningMean.copy()
        runningVariance = other.runningVariance.copy()
        batchesTracked = other.batchesTracked.copy()
    }

    public func forward(_ x: Tensor) throws -> Tensor { try normalized(x, activation: nil) }

    func forward(_ x: Tensor, activation: Activation) throws -> Tensor {
        try normalized(x, activation: activation)
    }

    private func normalized(_ x: Tensor, activation: Activation?) throws -> Tensor {
        let follows =
            trackRunningStatistics && Context.current.isTraining && runningMean.isTrainable
        let batches = follows && !x.isSymbolic ? try countedBatches() + 1 : 1
        var mean = try runningMean.value(for: x)
        var variance = try runningVariance.value(for: x)
        let y = try batchNorm2d(
            x, scale: scale.value(for: x), shift: shift.value(for: x), runningMean: &mean,
            runningVariance: &variance, momentum: momentum ?? 1 / Double(batches),
            epsilon: epsilon, training: follows || !trackRunningStatistics, activation: activation)
        if follows, !x.isSymbolic {
            try runningMean.setValue(mean)
            try runningVariance.setValue(variance)
            try batchesTracked.setValue(Tensor([batches], shape: []))
        }
        return y
    }

    /// What each channel is multiplied by and what is added to it after that, in evaluation, where
    /// `bias` is added before it.
    func factorsAndShifts(bias: Parameter?) throws -> (factors: [Float], shifts: [Float]) {
        func numbers(_ parameter: Parameter) throws -> [Float] {
            try parameter.current().scalars(as: Float.self)
        }
        let factors = zip(try numbers(scale), try numbers(runningVariance)).map {
            $0 / ($1 + Float(epsilon)).squareRoot()
        }
        var means = try numbers(runningMean)
        if let bias { means = zip(means, try numbers(bias)).map { $0 - $1 } }
        let shifts = zip(try numbers(shift), zip(means, factors)).map { $0 - $1.0 * $1.1 }
        return (factors, shifts)
    }

    /// The counter, within what a count can be: a file may say anything.
    private func countedBatches() throws -> Int {
        min(max(0, try batchesTracked.value.scalars(as: Int.self).first ?? 0), 1 << 52)
    }

    public func copy() -> BatchNorm2d { BatchNorm2d(copying: self) }
    public var kind: String { "BatchNorm2d" }
    public var children: [(name: String, layer: any Layer)] { [] }

    public var ownParameters: [(name: String, parameter: Parameter)] {
        let weights = isAffine ? [("weight", scale), ("bias", shift)] : []
        guard trackRunningStatistics else { return weights }
        return weights + [
            ("running_mean", runningMean), ("running_var", runningVariance),
            ("num_batches_tracked", batchesTracked),
        ]
    }

    public var details: String {
        var text = "\(features)"
        if epsilon != 1e-5 { text += ", epsilon: \(epsilon)" }
        if momentum != 0.1 { text += ", momentum: \(momentum.map { "\($0)" } ?? "nil")" }
        if !isAffine { text += ", affine: false" }
        return trackRunningStatistics ? text : text + ", trackRunningStatistics: false"
    }
}
