import Language
import VisionEngine

/// What changes weights along their gradients.
@RowBuilder func optimizerRows() -> [Binding] {
    let groups = arg(
        "groups", [ParameterGroup].self, default: [], "weights with settings of their own")
    let betas = arg(
        "betas", DecayRates.self, default: DecayRates(first: 0.9, second: 0.999),
        "how slowly the mean of the gradient and that of its square forget")
    Binding.initializer(
        of: SGD.self, arg("learningRate", Double.self), arg("momentum", Double.self, default: 0),
        arg("nesterov", Bool.self, default: false), arg("weightDecay", Double.self, default: 0),
        groups, summary: "Stochastic gradient descent, as torch.optim.SGD.",
        example: "SGD(learningRate: 0.05, momentum: 0.9)"
    ) { rate, momentum, nesterov, weightDecay, groups in
        try checked(
            SGD(
                learningRate: rate, momentum: momentum, nesterov: nesterov,
                weightDecay: weightDecay, groups: groups))
    }
    Binding.initializer(
        of: Adam.self, arg("learningRate", Double.self, default: 0.001), betas,
        arg("epsilon", Double.self, default: 1e-8), arg("weightDecay", Double.self, default: 0),
        groups, summary: "Steps scaled by running moments of the gradient, as torch.optim.Adam.",
        example: "Adam(learningRate: 0.001)"
    ) { rate, betas, epsilon, weightDecay, groups in
        try checked(
            Adam(
                learningRate: rate, betas: (betas.first, betas.second), epsilon: epsilon,
                weightDecay: weightDecay, groups: groups))
    }
    Binding.initializer(
        of: AdamW.self, arg("learningRate", Double.self, default: 0.001), betas,
        arg("epsilon", Double.self, default: 1e-8), arg("weightDecay", Double.self, default: 0.01),
        groups,
        summary: "Adam that shrinks the weights apart from the gradient, as torch.optim.AdamW.",
        example: "AdamW(learningRate: 0.001, weightDecay: 0.05)"
    ) { rate, betas, epsilon, weightDecay, groups in
        try checked(
            AdamW(
                learningRate: rate, betas: (betas.first, betas.second), epsilon: epsilon,
                weightDecay: weightDecay, groups: groups))
    }
    Binding.initializer(
        of: RMSProp.self, arg("learningRate", Double.self, default: 0.01),
        arg("alpha", Double.self, default: 0.99, "how slowly the running mean forgets"),
        arg("epsilon", Double.self, default: 1e-8), arg("weightDecay", Double.self, default: 0),
        arg("momentum", Double.self, default: 0), arg("centered", Bool.self, default: false),
        groups,
        summary: "Steps divided by the root of the gradient's mean square, as torch.optim.RMSprop.",
        example: "RMSProp(learningRate: 0.01)"
    ) { rate, alpha, epsilon, weightDecay, momentum, centered, groups in
        try checked(
            RMSProp(
                learningRate: rate, alpha: alpha, epsilon: epsilon, weightDecay: weightDecay,
                momentum: momentum, centered: centered, groups: groups))
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
    learningRate(of: AdamW.self, example: "AdamW(learningRate: 0.1)")
    learningRate(of: RMSProp.self, example: "RMSProp(learningRate: 0.1)")
    Binding.initializer(
        of: ParameterGroup.self,
        arg("learningRate", Double?.self, default: nil, "the optimizer's unless given"),
        arg("scale", Double?.self, default: nil, "what the rate is multiplied by"),
        arg("weightDecay", Double?.self, default: nil, "the optimizer's unless given"),
        arg("contains", WeightTest.self, label: "where", "given a weight's name and shape"),
        summary: "The weights for which a closure is true, with settings of their own.",
        example:
            "AdamW(groups: [ParameterGroup(weightDecay: 0) { name, shape in name.hasSuffix(\"bias\") }])"
    ) { rate, scale, weightDecay, contains in
        ParameterGroup(
            learningRate: rate, scale: scale, weightDecay: weightDecay, where: contains.call)
    }
    Binding.staticMethod(
        "biasesAndNorms", of: ParameterGroup.self,
        arg("learningRate", Double?.self, default: nil),
        arg("weightDecay", Double?.self, default: nil),
        summary: "The biases, and what normalisations scale and shift by.",
        example: "AdamW(weightDecay: 0.05, groups: [.biasesAndNorms(weightDecay: 0)])"
    ) { rate, weightDecay in
        ParameterGroup.biasesAndNorms(learningRate: rate, weightDecay: weightDecay)
    }
}

/// An optimizer whose arguments are in their ranges.
private func checked<T: Optimizer>(_ optimizer: T) throws -> T {
    try optimizer.validate()
    return optimizer
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

/// What is done to gradients and weights beside the optimizer's step.
@RowBuilder func weightRows() -> [Binding] {
    let model = "let model = Linear(4, 2)\n"
    Binding.property(
        "gradients", of: AnyLayer.self,
        summary: "The gradients that backward() left, with their weights' names.",
        example: model + "model(Tensor.ones([1, 4])).sum().backward()\nmodel.gradients"
    ) { layer in layer.layer.gradients.map { NamedTensor(name: $0.name, value: $0.value) } }
    Binding.method(
        "clipGradients", of: AnyLayer.self, arg("clipping", GradientClipping.self, label: nil),
        summary: "Brings the gradients within a limit and returns the norm they had together.",
        example: model
            + "model(Tensor.ones([1, 4])).sum().backward()\nmodel.clipGradients(.norm(1))"
    ) { layer, clipping in try layer.layer.clipGradients(clipping) }
    Binding.staticMethod(
        "norm", of: GradientClipping.self, arg("limit", Double.self, label: nil),
        summary: "All gradients together are no longer than the limit.",
        example: "GradientClipping.norm(1)"
    ) { limit in try checked(GradientClipping.norm(limit)) }
    Binding.staticMethod(
        "value", of: GradientClipping.self, arg("limit", Double.self, label: nil),
        summary: "No element of a gradient lies beyond plus or minus the limit.",
        example: "GradientClipping.value(0.5)"
    ) { limit in try checked(GradientClipping.value(limit)) }
    Binding.initializer(
        of: ExponentialMovingAverage.self, arg("model", AnyLayer.self, label: "of"),
        arg("decay", Double.self, default: 0.999),
        summary: "A running average of a model's weights, which often does better than they.",
        example: model + "let average = ExponentialMovingAverage(of: model, decay: 0.99)"
    ) { model, decay in try ExponentialMovingAverage(of: model.layer, decay: decay) }
    Binding.action(
        "update", of: ExponentialMovingAverage.self,
        summary: "Takes in the present weights, after an optimizer's step.",
        example: model + "let average = ExponentialMovingAverage(of: model)\naverage.update()"
    ) { average in try average.update() }
    Binding.action(
        "swap", of: ExponentialMovingAverage.self,
        summary: "Exchanges the model's weights and the average; once more exchanges them back.",
        example: model + "let average = ExponentialMovingAverage(of: model)\naverage.swap()"
    ) { average in try average.swap() }
    Binding.method(
        "withAverage", of: ExponentialMovingAverage.self, arg("body", Block.self, label: nil),
        summary: "Runs the block while the model holds the average.",
        example: model
            + "let average = ExponentialMovingAverage(of: model)\naverage.withAverage { model(Tensor.ones([1, 4])) }"
    ) { average, body in try average.withAverage { try body.call() } }
    Binding.property(
        "updates", of: ExponentialMovingAverage.self, summary: "How often it was updated.",
        example: model + "ExponentialMovingAverage(of: model).updates"
    ) { $0.updates }
    Binding.property(
        "isSwapped", of: ExponentialMovingAverage.self,
        summary: "Whether the model holds the average at the moment.",
        example: model + "ExponentialMovingAverage(of: model).isSwapped"
    ) { $0.isSwapped }
}

private func checked(_ clipping: GradientClipping) throws -> GradientClipping {
    try clipping.validate()
    return clipping
}
