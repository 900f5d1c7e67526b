import Language
import VisionEngine

/// Optimizers, schedules, losses and metrics.
@RowBuilder func optimizerRows() -> [Binding] {
    Binding.initializer(
        of: SGD.self, arg("learningRate", Double.self), arg("momentum", Double.self, default: 0),
        arg("nesterov", Bool.self, default: false), arg("weightDecay", Double.self, default: 0),
        summary: "Stochastic gradient descent, as torch.optim.SGD.",
        example: "SGD(learningRate: 0.05, momentum: 0.9)"
    ) { rate, momentum, nesterov, weightDecay in
        let optimizer = SGD(
            learningRate: rate, momentum: momentum, nesterov: nesterov, weightDecay: weightDecay)
        try optimizer.validate()
        return optimizer
    }
    Binding.initializer(
        of: Adam.self, arg("learningRate", Double.self, default: 0.001),
        arg("betas", DecayRates.self, default: DecayRates(first: 0.9, second: 0.999)),
        arg("epsilon", Double.self, default: 1e-8), arg("weightDecay", Double.self, default: 0),
        summary: "Steps scaled by running moments of the gradient, as torch.optim.Adam.",
        example: "Adam(learningRate: 0.001)"
    ) { rate, betas, epsilon, weightDecay in
        let optimizer = Adam(
            learningRate: rate, betas: (betas.first, betas.second), epsilon: epsilon,
            weightDecay: weightDecay)
        try optimizer.validate()
        return optimizer
    }
    Binding.action(
        "step", of: AnyOptimizer.self, arg("model", AnyLayer.self, label: nil),
        summary: "Changes the weights along their gradients.",
        example: """
            let model = Linear(2, 2), optimizer = SGD(learningRate: 0.1)
            crossEntropy(model(Tensor.ones([1, 2])), Tensor([1], dtype: .int64)).backward()
            optimizer.step(model); model.zeroGradients()
            """
    ) { optimizer, model in try optimizer.optimizer.step(model.layer) }
    learningRate(of: SGD.self, example: "SGD(learningRate: 0.1)")
    learningRate(of: Adam.self, example: "Adam(learningRate: 0.1)")
    Binding.staticProperty(
        "constant", of: Schedule.self, summary: "The optimizer's own learning rate throughout.",
        example: "Schedule.constant"
    ) { Schedule.constant }
    Binding.staticMethod(
        "oneCycle", of: Schedule.self, arg("peak", Double.self),
        summary: "Up to the peak in the first 30% of the steps, then down to almost nothing.",
        example: "Schedule.oneCycle(peak: 0.05)"
    ) { peak in Schedule.oneCycle(peak: peak) }
    Binding.staticProperty(
        "crossEntropy", of: Loss.self, summary: "Softmax cross-entropy with class labels.",
        example: "Loss.crossEntropy"
    ) { Loss.crossEntropy }
    Binding.staticProperty(
        "accuracy", of: Metric.self, summary: "The share of images classified rightly.",
        example: "Metric.accuracy"
    ) { Metric.accuracy }
}

/// The settable step size of one kind of optimizer.
private func learningRate<T: Optimizer & ForeignConvertible>(
    of type: T.Type, example: String
) -> Binding {
    Binding.property(
        "learningRate", of: type, summary: "The step size.",
        example: "let optimizer = \(example)\noptimizer.learningRate = 0.01",
        get: { (optimizer: T) in optimizer.learningRate },
        set: { (optimizer: inout T, rate: Double) in optimizer.learningRate = rate })
}
