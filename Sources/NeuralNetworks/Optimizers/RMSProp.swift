import Tensors

/// RMSProp: the gradient divided by the root of a running mean of its square.
///
/// As `torch.optim.RMSprop`: with `centered`, by the running standard deviation instead; with
/// `momentum`, steps add up as in `SGD`. What MobileNet and EfficientNet were trained with.
/// Source: Tieleman and Hinton, "Neural Networks for Machine Learning", lecture 6.5, 2012.
///
///     RMSProp(learningRate: 0.01)
public final class RMSProp: Optimizer {
    public var learningRate: Double
    /// How slowly the running mean forgets.
    public let alpha: Double
    /// What is added to the root, so that nothing is divided by 0.
    public let epsilon: Double
    /// How much of a weight is added to its gradient; 0 leaves weights alone.
    public let weightDecay: Double
    /// What share of the last step the next one keeps; 0 for none.
    public let momentum: Double
    /// Whether the mean gradient is taken out: division by the running deviation.
    public let centered: Bool
    private var state: OptimizerState<RMSPropState>

    /// An optimizer whose arguments `validate()` and every step check: all are numbers from 0,
    /// `alpha` below 1.
    public init(
        learningRate: Double = 0.01, alpha: Double = 0.99, epsilon: Double = 1e-8,
        weightDecay: Double = 0, momentum: Double = 0, centered: Bool = false,
        groups: [ParameterGroup] = []
    ) {
        self.learningRate = learningRate
        self.alpha = alpha
        self.epsilon = epsilon
        self.weightDecay = weightDecay
        self.momentum = momentum
        self.centered = centered
        state = OptimizerState(groups: groups, baseRate: learningRate)
    }

    /// The weights with settings of their own.
    public var groups: [ParameterGroup] { state.groups }

    public func validate() throws {
        for (name, value) in [
            ("learningRate", learningRate), ("epsilon", epsilon), ("weightDecay", weightDecay),
            ("momentum", momentum),
        ] { try LayerError.requireFromZero("RMSProp", name, value) }
        try requireBelowOne("RMSProp", "alpha", alpha)
        try state.validate("RMSProp")
    }

    public func step(_ parameters: [(name: String, parameter: Parameter)]) throws {
        try validate()
        try state.step(
            parameters, learningRate: learningRate, weightDecay: weightDecay
        ) { weight, gradient, memory, rate, decay in
            try rmspropStep(
                &weight, gradient: gradient, state: &memory, learningRate: rate, alpha: alpha,
                epsilon: epsilon, weightDecay: decay, momentum: momentum, centered: centered)
        }
    }

    public func memory(
        of parameters: [(name: String, parameter: Parameter)]
    ) throws -> [String: Tensor] { try state.memory(of: parameters) }

    public func restore(
        _ memory: [String: Tensor], of parameters: [(name: String, parameter: Parameter)]
    ) throws { try state.restore(memory, of: parameters, "RMSProp") }

    public func withoutMemory() -> RMSProp {
        let other = RMSProp(
            learningRate: state.baseRate, alpha: alpha, epsilon: epsilon, weightDecay: weightDecay,
            momentum: momentum, centered: centered, groups: groups)
        other.learningRate = learningRate
        return other
    }

    public var description: String {
        var text = "RMSProp(learningRate: \(learningRate)"
        for (name, value, usual) in [
            ("alpha", alpha, 0.99), ("epsilon", epsilon, 1e-8), ("weightDecay", weightDecay, 0),
            ("momentum", momentum, 0),
        ] where value != usual { text += ", \(name): \(value)" }
        if centered { text += ", centered: true" }
        return text + state.details + ")"
    }
}
