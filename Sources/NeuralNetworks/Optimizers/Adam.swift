import Tensors

/// Adam: every weight has a step size of its own, from running means of its gradient and of the
/// gradient's square.
///
/// As `torch.optim.Adam`, weight decay being added to the gradient; `AdamW` keeps it apart.
/// Source: Kingma and Ba, "Adam", 2015.
///
///     Adam(learningRate: 0.001)
public final class Adam: Optimizer {
    public var learningRate: Double
    /// How slowly the mean of the gradient and that of its square forget.
    public let betas: (Double, Double)
    /// What is added to the root of the mean square, so that nothing is divided by 0.
    public let epsilon: Double
    /// How much of a weight is added to its gradient; 0 leaves weights alone.
    public let weightDecay: Double
    private var state: OptimizerState<AdamState>

    /// An optimizer whose arguments `validate()` and every step check: all are numbers from 0, the
    /// betas below 1.
    public init(
        learningRate: Double = 0.001, betas: (Double, Double) = (0.9, 0.999),
        epsilon: Double = 1e-8, weightDecay: Double = 0, groups: [ParameterGroup] = []
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
            "Adam", learningRate: learningRate, betas: betas, epsilon: epsilon,
            weightDecay: weightDecay)
        try state.validate("Adam")
    }

    public func step(_ parameters: [(name: String, parameter: Parameter)]) throws {
        try validate()
        try state.step(
            parameters, learningRate: learningRate, weightDecay: weightDecay
        ) { weight, gradient, memory, rate, decay in
            try adamStep(
                &weight, gradient: gradient, state: &memory, learningRate: rate, betas: betas,
                epsilon: epsilon, weightDecay: decay)
        }
    }

    public func memory(
        of parameters: [(name: String, parameter: Parameter)]
    ) throws -> [String: Tensor] { try state.memory(of: parameters) }

    public func restore(
        _ memory: [String: Tensor], of parameters: [(name: String, parameter: Parameter)]
    ) throws { try state.restore(memory, of: parameters, "Adam") }

    public func withoutMemory() -> Adam {
        let other = Adam(
            learningRate: state.baseRate, betas: betas, epsilon: epsilon, weightDecay: weightDecay,
            groups: groups)
        other.learningRate = learningRate
        return other
    }

    public var description: String {
        var text = "Adam(learningRate: \(learningRate)"
        if betas != (0.9, 0.999) { text += ", betas: \(betas)" }
        if epsilon != 1e-8 { text += ", epsilon: \(epsilon)" }
        if weightDecay != 0 { text += ", weightDecay: \(weightDecay)" }
        return text + state.details + ")"
    }
}

/// Throws unless all are numbers from 0, the betas below 1.
func requireAdamArguments(
    _ optimizer: String, learningRate: Double, betas: (Double, Double), epsilon: Double,
    weightDecay: Double
) throws {
    try LayerError.requireFromZero(optimizer, "learningRate", learningRate)
    try LayerError.requireFromZero(optimizer, "epsilon", epsilon)
    try LayerError.requireFromZero(optimizer, "weightDecay", weightDecay)
    for beta in [betas.0, betas.1] { try requireBelowOne(optimizer, "betas", beta) }
}
