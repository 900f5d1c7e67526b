import Tensors

/// Adam: every weight has a step size of its own, from running means of its gradient and of the
/// gradient's square.
///
/// As `torch.optim.Adam`, weight decay being added to the gradient.
/// Source: Kingma and Ba, "Adam", 2015.
///
///     Adam(learningRate: 0.001)
public final class Adam: Optimizer {
    public var learningRate: Double
    /// How slowly the mean of the gradient and that of its square forget.
    public let betas: (Double, Double)
    public let epsilon: Double
    public let weightDecay: Double
    private var state = OptimizerState<AdamState>()

    /// An optimizer whose arguments `validate()` and every step check: all are numbers from 0, the
    /// betas below 1.
    public init(
        learningRate: Double = 0.001, betas: (Double, Double) = (0.9, 0.999),
        epsilon: Double = 1e-8, weightDecay: Double = 0
    ) {
        self.learningRate = learningRate
        self.betas = betas
        self.epsilon = epsilon
        self.weightDecay = weightDecay
    }

    public func validate() throws {
        try requireFromZero("Adam", "learningRate", learningRate)
        try requireFromZero("Adam", "epsilon", epsilon)
        try requireFromZero("Adam", "weightDecay", weightDecay)
        for beta in [betas.0, betas.1] where !(0..<1).contains(beta) {
            throw LayerError(
                layer: "Adam", problem: "'betas' are out of range", expected: "numbers in 0..<1",
                got: "\(beta)")
        }
    }

    public func step(_ parameters: [Parameter]) throws {
        try validate()
        for parameter in parameters where parameter.isTrainable {
            guard let gradient = parameter.gradient else { continue }
            try state.update(parameter, initial: AdamState()) { state in
                try parameter.update { weight in
                    try adamStep(
                        &weight, gradient: gradient, state: &state, learningRate: learningRate,
                        betas: betas, epsilon: epsilon, weightDecay: weightDecay)
                }
            }
        }
    }

    public var description: String {
        var text = "Adam(learningRate: \(learningRate)"
        if betas != (0.9, 0.999) { text += ", betas: \(betas)" }
        if epsilon != 1e-8 { text += ", epsilon: \(epsilon)" }
        if weightDecay != 0 { text += ", weightDecay: \(weightDecay)" }
        return text + ")"
    }
}
