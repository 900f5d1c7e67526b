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
    public let momentum: Double
    public let nesterov: Bool
    public let weightDecay: Double
    private var state = OptimizerState<SGDState>()

    /// An optimizer whose arguments `validate()` and every step check: the learning rate, momentum
    /// and weight decay are numbers from 0, and Nesterov's form needs momentum.
    public init(
        learningRate: Double, momentum: Double = 0, nesterov: Bool = false, weightDecay: Double = 0
    ) {
        self.learningRate = learningRate
        self.momentum = momentum
        self.nesterov = nesterov
        self.weightDecay = weightDecay
    }

    public func validate() throws {
        try requireFromZero("SGD", "learningRate", learningRate)
        try requireFromZero("SGD", "momentum", momentum)
        try requireFromZero("SGD", "weightDecay", weightDecay)
        guard !nesterov || momentum > 0 else {
            throw LayerError(
                layer: "SGD", problem: "'momentum' is out of range",
                expected: "a positive number for nesterov", got: "\(momentum)")
        }
    }

    public func step(_ parameters: [Parameter]) throws {
        try validate()
        for parameter in parameters where parameter.isTrainable {
            guard let gradient = parameter.gradient else { continue }
            try state.update(parameter, initial: SGDState()) { state in
                try parameter.update { weight in
                    try sgdStep(
                        &weight, gradient: gradient, state: &state, learningRate: learningRate,
                        momentum: momentum, nesterov: nesterov, weightDecay: weightDecay)
                }
            }
        }
    }

    public var description: String {
        var text = "SGD(learningRate: \(learningRate)"
        if momentum != 0 { text += ", momentum: \(momentum)" }
        if nesterov { text += ", nesterov: true" }
        if weightDecay != 0 { text += ", weightDecay: \(weightDecay)" }
        return text + ")"
    }
}
