import Tensors

/// Stochastic gradient descent, with momentum, Nesterov's form of it and weight decay.
///
/// With gradient g, weight w and momentum buffer v: g += weightDecay * w; v = momentum * v + g;
/// w -= learningRate * v, or learningRate * (g + momentum * v) in Nesterov's form. As
/// `torch.optim.SGD` without dampening.
///
///     SGD(learningRate: 0.05, momentum: 0.9)
public final class SGD: Optimizer {
    public var learningRate: Double
    /// What share of v the next step keeps; 0 for none, often 0.9.
    public let momentum: Double
    /// Whether a step looks ahead along v; needs momentum.
    public let nesterov: Bool
    /// How much of a weight is added to its gradient; 0 leaves weights alone.
    public let weightDecay: Double
    private var state: OptimizerState<SGDState>

    /// An optimizer whose arguments `validate()` and every step check: the learning rate, momentum
    /// and weight decay are numbers from 0, and Nesterov's form needs momentum.
    public init(
        learningRate: Double, momentum: Double = 0, nesterov: Bool = false,
        weightDecay: Double = 0, groups: [ParameterGroup] = []
    ) {
        self.learningRate = learningRate
        self.momentum = momentum
        self.nesterov = nesterov
        self.weightDecay = weightDecay
        state = OptimizerState(groups: groups, baseRate: learningRate)
    }

    /// The weights with settings of their own.
    public var groups: [ParameterGroup] { state.groups }

    public func validate() throws {
        try LayerError.requireFromZero("SGD", "learningRate", learningRate)
        try LayerError.requireFromZero("SGD", "momentum", momentum)
        try LayerError.requireFromZero("SGD", "weightDecay", weightDecay)
        try state.validate("SGD")
        guard !nesterov || momentum > 0 else {
            throw LayerError(
                layer: "SGD", problem: "'momentum' is out of range",
                expected: "a positive number for nesterov", got: "\(momentum)")
        }
    }

    public func step(_ parameters: [(name: String, parameter: Parameter)]) throws {
        try validate()
        try state.step(
            parameters, learningRate: learningRate, weightDecay: weightDecay
        ) { weight, gradient, memory, rate, decay in
            try sgdStep(
                &weight, gradient: gradient, state: &memory, learningRate: rate,
                momentum: momentum, nesterov: nesterov, weightDecay: decay)
        }
    }

    public func memory(
        of parameters: [(name: String, parameter: Parameter)]
    ) throws -> [String: Tensor] { try state.memory(of: parameters) }

    public func restore(
        _ memory: [String: Tensor], of parameters: [(name: String, parameter: Parameter)]
    ) throws { try state.restore(memory, of: parameters, "SGD") }

    public func withoutMemory() -> SGD {
        let other = SGD(
            learningRate: state.baseRate, momentum: momentum, nesterov: nesterov,
            weightDecay: weightDecay, groups: groups)
        other.learningRate = learningRate
        return other
    }

    public var description: String {
        var text = "SGD(learningRate: \(learningRate)"
        if momentum != 0 { text += ", momentum: \(momentum)" }
        if nesterov { text += ", nesterov: true" }
        if weightDecay != 0 { text += ", weightDecay: \(weightDecay)" }
        return text + state.details + ")"
    }
}
