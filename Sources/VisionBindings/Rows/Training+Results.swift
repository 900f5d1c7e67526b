import Language
import VisionEngine

private let trained = """
    let data = try FashionMNIST()
    let model = Sequential { Flatten(); Linear(784, 10) }
    let evaluation = evaluate(model, on: data.test.prefix(64))

    """

/// What evaluate gives back.
@RowBuilder func evaluationRows() -> [Binding] {
    Binding.property(
        "accuracy", of: Evaluation.self, summary: "The share of images classified rightly, 0...1.",
        example: trained + "evaluation.accuracy"
    ) { $0.accuracy }
    Binding.property(
        "loss", of: Evaluation.self, summary: "The mean loss.",
        example: trained + "evaluation.loss"
    ) { $0.loss }
    Binding.property(
        "count", of: Evaluation.self, summary: "The number of images.",
        example: trained + "evaluation.count"
    ) { $0.count }
    Binding.property(
        "classes", of: Evaluation.self, summary: "The names of the classes.",
        example: trained + "evaluation.classes"
    ) { $0.classes }
    Binding.property(
        "labels", of: Evaluation.self, summary: "What every image is, by class index.",
        example: trained + "evaluation.labels.prefix(3)"
    ) { $0.labels }
    Binding.property(
        "predicted", of: Evaluation.self,
        summary: "What the model took every image for, by class index.",
        example: trained + "evaluation.predicted.prefix(3)"
    ) { $0.predicted }
    Binding.property(
        "confusion", of: Evaluation.self,
        summary: "How often each class (row) was taken for each class (column).",
        example: trained + "evaluation.confusion[0]"
    ) { $0.confusion }
    Binding.property(
        "mistakes", of: Evaluation.self, summary: "What the model got wrong, the surest first.",
        example: trained + "grid(evaluation.mistakes.prefix(4).map { $0.image })"
    ) { $0.mistakes }
    Binding.property(
        "index", of: Evaluation.Mistake.self, summary: "The image's position in the data.",
        example: trained + "evaluation.mistakes[0].index"
    ) { $0.index }
    Binding.property(
        "image", of: Evaluation.Mistake.self, summary: "The picture.",
        example: trained + "evaluation.mistakes[0].image"
    ) { $0.image }
    Binding.property(
        "label", of: Evaluation.Mistake.self, summary: "What it is.",
        example: trained + "evaluation.mistakes[0].label"
    ) { $0.label }
    Binding.property(
        "predicted", of: Evaluation.Mistake.self, summary: "What the model took it for.",
        example: trained + "evaluation.mistakes[0].predicted"
    ) { $0.predicted }
    Binding.property(
        "probability", of: Evaluation.Mistake.self, summary: "How sure the model was of it, 0...1.",
        example: trained + "evaluation.mistakes[0].probability"
    ) { $0.probability }
}

private let predicted = """
    let model = Sequential { Flatten(); Linear(4, 3) }
    let prediction = model.predict(Image(Tensor.rand([1, 2, 2])))

    """

/// What predict and summary give back.
@RowBuilder func predictionRows() -> [Binding] {
    Binding.property(
        "label", of: Prediction.self, summary: "The likeliest class.",
        example: predicted + "prediction.label"
    ) { $0.label }
    Binding.property(
        "probability", of: Prediction.self, summary: "How likely that class is, 0...1.",
        example: predicted + "prediction.probability"
    ) { $0.probability }
    Binding.property(
        "top", of: Prediction.self, summary: "The five likeliest classes.",
        example: predicted
            + "for (label, probability) in prediction.top { print(label, probability) }"
    ) { prediction in prediction.top.map { Guess(label: $0.label, probability: $0.probability) } }
    Binding.property(
        "probabilities", of: Prediction.self, summary: "How likely each class is.",
        example: predicted + "prediction.probabilities"
    ) { $0.probabilities }
    Binding.property(
        "image", of: Prediction.self, summary: "The picture.",
        example: predicted + "prediction.image"
    ) { $0.image }
    Binding.property(
        "rows", of: ModelSummary.self, summary: "The layers, in order.",
        example: "Linear(4, 3).summary(input: [2, 4]).rows.count"
    ) { $0.rows }
    Binding.property(
        "parameterCount", of: ModelSummary.self, summary: "Numbers in all weights.",
        example: "Linear(4, 3).summary(input: [2, 4]).parameterCount"
    ) { $0.parameterCount }
    Binding.property(
        "multiplyAccumulates", of: ModelSummary.self,
        summary: "Multiply-accumulates for one input.",
        example: "Linear(4, 3).summary(input: [2, 4]).multiplyAccumulates"
    ) { $0.multiplyAccumulates }
    Binding.property(
        "multiplyAccumulatesWithNormalizations", of: ModelSummary.self,
        summary: "The same with normalisations, as fvcore and timm count.",
        example:
            "LayerNorm(4).summary(input: [2, 4]).multiplyAccumulatesWithNormalizations"
    ) { $0.multiplyAccumulatesWithNormalizations }
    Binding.property(
        "name", of: ModelSummary.Row.self, summary: "The layer's full name.",
        example: "Sequential { ReLU() }.summary(input: [2, 4]).rows[0].name"
    ) { $0.name }
    Binding.property(
        "kind", of: ModelSummary.Row.self, summary: "The layer's type.",
        example: "Sequential { ReLU() }.summary(input: [2, 4]).rows[0].kind"
    ) { $0.kind }
    Binding.property(
        "output", of: ModelSummary.Row.self, summary: "The shape of what comes out.",
        example: "Sequential { ReLU() }.summary(input: [2, 4]).rows[0].output"
    ) { $0.output }
    Binding.property(
        "parameters", of: ModelSummary.Row.self, summary: "Numbers in its own weights.",
        example: "Sequential { ReLU() }.summary(input: [2, 4]).rows[0].parameters"
    ) { $0.parameters }
    Binding.property(
        "multiplyAccumulates", of: ModelSummary.Row.self,
        summary: "Its multiply-accumulates for one input.",
        example: "Sequential { ReLU() }.summary(input: [2, 4]).rows[0].multiplyAccumulates"
    ) { $0.multiplyAccumulates }
}
