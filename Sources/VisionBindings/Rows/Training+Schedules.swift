import Language
import VisionEngine

/// How the learning rate changes over a run.
@RowBuilder func scheduleRows() -> [Binding] {
    Binding.staticProperty(
        "constant", of: Schedule.self, summary: "The optimizer's own learning rate throughout.",
        example: "Schedule.constant"
    ) { Schedule.constant }
    Binding.staticMethod(
        "step", of: Schedule.self, arg("epochs", Int.self, label: "every"),
        arg("factor", Double.self, default: 0.1),
        summary: "The rate times the factor after every so many epochs.",
        example: "Schedule.step(every: 30)"
    ) { epochs, factor in try checked(.step(every: epochs, factor: factor)) }
    Binding.staticMethod(
        "step", of: Schedule.self, arg("epochs", [Int].self, label: "at", "counted from 0"),
        arg("factor", Double.self, default: 0.1),
        summary: "The rate times the factor at the beginning of each of these epochs.",
        example: "Schedule.step(at: [30, 60])"
    ) { epochs, factor in try checked(.step(at: epochs, factor: factor)) }
    Binding.staticProperty(
        "cosine", of: Schedule.self,
        summary: "From the optimizer's own learning rate down to 0 along half a cosine.",
        example: "Schedule.cosine"
    ) { Schedule.cosine }
    Binding.staticMethod(
        "cosine", of: Schedule.self, arg("minimum", Double.self, label: "to"),
        summary: "From the optimizer's own learning rate down to a minimum along half a cosine.",
        example: "Schedule.cosine(to: 0.001)"
    ) { minimum in try checked(.cosine(to: minimum)) }
    Binding.staticMethod(
        "oneCycle", of: Schedule.self, arg("peak", Double.self),
        summary: "Up to the peak in the first 30% of the steps, then down to almost nothing.",
        example: "Schedule.oneCycle(peak: 0.05)"
    ) { peak in try checked(.oneCycle(peak: peak)) }
    Binding.staticMethod(
        "warmup", of: Schedule.self, arg("steps", Int.self),
        arg("next", Schedule.self, label: "then", default: .constant),
        summary: "Up in equal parts over the first steps, then another schedule.",
        example: "Schedule.warmup(steps: 100, then: .cosine)"
    ) { steps, next in try checked(.warmup(steps: steps, then: next)) }
    Binding.staticMethod(
        "warmup", of: Schedule.self, arg("epochs", Double.self, "a fraction too"),
        arg("next", Schedule.self, label: "then", default: .constant),
        summary: "Up in equal parts over the first epochs, then another schedule.",
        example: "Schedule.warmup(epochs: 1, then: .cosine)"
    ) { epochs, next in try checked(.warmup(epochs: epochs, then: next)) }
    Binding.staticMethod(
        "plateau", of: Schedule.self, arg("factor", Double.self, default: 0.1),
        arg("patience", Int.self, default: 10, "epochs"),
        arg("threshold", Double.self, default: 1e-4), arg("minimum", Double.self, default: 0),
        summary: "The rate times the factor whenever the loss has not got better for a while.",
        example: "Schedule.plateau(factor: 0.5, patience: 3)"
    ) { factor, patience, threshold, minimum in
        try checked(
            .plateau(
                factor: factor, patience: patience, threshold: threshold, minimum: minimum))
    }
    Binding.method(
        "rate", of: Schedule.self, arg("step", Int.self, "counted from 0"),
        arg("total", Int.self, label: "of"), arg("base", Double.self, "the optimizer's own rate"),
        summary: "The learning rate of a step of a run.",
        example: "(0..<10).map { Schedule.oneCycle(peak: 0.1).rate(step: $0, of: 10, base: 0.1) }"
    ) { schedule, step, total, base in schedule.rate(step: step, of: total, base: base) }
}

/// A schedule whose arguments are in their ranges.
private func checked(_ schedule: Schedule) throws -> Schedule {
    try schedule.validate()
    return schedule
}

/// What training makes small, and what it tells.
@RowBuilder func lossRows() -> [Binding] {
    Binding.staticProperty(
        "crossEntropy", of: Loss.self, summary: "Softmax cross-entropy with class labels.",
        example: "Loss.crossEntropy"
    ) { Loss.crossEntropy }
    Binding.staticMethod(
        "crossEntropy", of: Loss.self,
        arg("labelSmoothing", Double.self, default: 0, "the share spread over all classes"),
        arg("classWeights", Tensor?.self, default: nil, "[K]"),
        summary: "Softmax cross-entropy with label smoothing or a weight for each class.",
        example: "Loss.crossEntropy(labelSmoothing: 0.1)"
    ) { smoothing, weights in
        Loss.crossEntropy(labelSmoothing: smoothing, classWeights: weights)
    }
    Binding.staticProperty(
        "meanSquaredError", of: Loss.self, summary: "The mean of the squared differences.",
        example: "Loss.meanSquaredError"
    ) { Loss.meanSquaredError }
    Binding.staticProperty(
        "meanAbsoluteError", of: Loss.self,
        summary: "The mean of the differences without their signs.",
        example: "Loss.meanAbsoluteError"
    ) { Loss.meanAbsoluteError }
    Binding.staticProperty(
        "binaryCrossEntropy", of: Loss.self,
        summary: "Cross-entropy of one logit with yes-or-no labels.",
        example: "Loss.binaryCrossEntropy"
    ) { Loss.binaryCrossEntropy }
    Binding.staticMethod(
        "focalLoss", of: Loss.self, arg("gamma", Double.self, default: 2),
        arg("alpha", Tensor?.self, default: nil, "[K]"),
        summary: "Cross-entropy in which samples that are right already count less.",
        example: "Loss.focalLoss(gamma: 2)"
    ) { gamma, alpha in Loss.focalLoss(gamma: gamma, alpha: alpha) }
    Binding.method(
        "callAsFunction", of: Loss.self, arg("output", Tensor.self, label: nil),
        arg("labels", Tensor.self, label: nil), summary: "The loss of a batch.",
        example:
            "let loss = Loss.crossEntropy(labelSmoothing: 0.1)\nlet model = { (x: Tensor) in loss(x, Tensor([0], dtype: .int64)) }\nmodel(Tensor([[2, 1]]))"
    ) { loss, output, labels in try loss(output, labels) }
    Binding.staticProperty(
        "accuracy", of: Metric.self, summary: "The share of images classified rightly.",
        example: "Metric.accuracy"
    ) { Metric.accuracy }
}
