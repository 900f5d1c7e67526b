import Tensors

/// Adam with the weight decay kept apart from the gradient: each step also shrinks the weights by
/// `learningRate * weightDecay`. What transformers are trained with.
///
/// As `torch.optim.AdamW`. Source: Loshchilov and Hutter, "Decoupled Weight Decay Regularization",
/// 2019.
///
///     AdamW(learningRate: 0.001, weightDecay: 0.05, groups: [.biasesAndNorms(weightDecay: 0)])
public final class AdamW: Optimizer {
    public var learningRate: Double
    /// How slowly the mean of the gradient and that of its square forget.
    public let betas: (Double, Double)
    /// What is added to the root of the mean square, so that nothing is divided by 0.
    public let epsilon: Double
    /// What share of a weight, times the learning rate, each step takes away; 0.01 by default.
    public let weightDecay: Double
    private var state: OptimizerState<AdamState>

    /// An optimizer whose arguments `validate()` and every step check: all are numbers from 0, the
    /// betas below 1.
    public init(
        learningRate: Double = 0.001, betas: (Double, Double) = (0.9, 0.999),
        epsilon: Double = 1e-8, weightDecay: Double = 0.01, groups: [ParameterGroup] = []
    ) {
        self.learningRate = learningRate
        self.betas = betas
        self.epsilon = epsilon
        self.weightDecay = weightDecay
        state = OptimizerState(groups: groups, baseRate: learningRate)
    }

    /// The weights with settings of their own.
    public var groups: [ParameterGroup] { state.groups }

    public func validate() throws {
        try requireAdamArguments(
            "AdamW", learningRate: learningRate, betas: betas, epsilon: epsilon,
            weightDecay: weightDecay)
        try state.validate("AdamW")
    }

    public func step(_ parameters: [(name: String, parameter: Parameter)]) throws {
        try validate()
        try state.step(
            parameters, learningRate: learningRate, weightDecay: weightDecay
        ) { weight, gradient, memory, rate, decay in
            try adamStep(
                &weight, gradient: gradient, state: &memory, learningRate: rate, betas: betas,
                epsilon: epsilon, weightDecay: decay, decoupled: true)
        }
    }

    public func memory(
        of parameters: [(name: String, parameter: Parameter)]
    ) throws -> [String: Tensor] { try state.memory(of: parameters) }

    public func restore(
        _ memory: [String: Tensor], of parameters: [(name: String, parameter: Parameter)]
    ) throws { try state.restore(memory, of: parameters, "AdamW") }

    public func withoutMemory() -> AdamW {
        let other = AdamW(
            learningRate: state.baseRate, betas: betas, epsilon: epsilon, weightDecay: weightDecay,
            groups: groups)
        other.learningRate = learningRate
        return other
    }

    public var description: String {
        var text = "AdamW(learningRate: \(learningRate)"
        if betas != (0.9, 0.999) { text += ", betas: \(betas)" }
        if epsilon != 1e-8 { text += ", epsilon: \(epsilon)" }
        if weightDecay != 0.01 { text += ", weightDecay: \(weightDecay)" }
        return text + state.details + ")"
    }
}
