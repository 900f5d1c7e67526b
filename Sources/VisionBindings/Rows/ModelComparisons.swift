import Language
import VisionEngine

private let compared = """
    let comparison = compare([LeNet(), ResNet20(inputChannels: 1)], input: [1, 28, 28],
        batch: 2, repeats: 1, training: false)

    """
private let chosen = """
    let choice = choose(under: .megabytes(1), among: [LeNet(), ResNet20(inputChannels: 1)],
        input: [1, 28, 28], repeats: 1)

    """

/// Models beside each other, and the choice among them.
@RowBuilder func modelComparisonRows() -> [Binding] {
    let input = "[channels, height, width]"
    Binding.function(
        "compare", arg("models", [AnyLayer].self, label: nil),
        arg("input", [Int].self, input), arg("data", ImageDataset?.self, label: "on", default: nil),
        arg("batch", Int.self, default: 8), arg("repeats", Int.self, default: 10, "turns at most"),
        arg("training", Bool.self, default: true, "whether a step of it is measured"),
        summary: "What models cost, take on this machine, and are worth, side by side.",
        example: compared + "comparison"
    ) { models, input, data, batch, repeats, training in
        try compare(
            models.map(\.layer), input: input, on: data, batch: batch, repeats: repeats,
            training: training)
    }
    Binding.function(
        "choose", arg("limits", Variadic<ModelLimit>.self, label: "under"),
        arg("models", [AnyLayer]?.self, label: "among", default: nil, "the published ones"),
        arg("input", [Int]?.self, default: nil, input),
        arg("data", ImageDataset?.self, label: "on", default: nil),
        arg("repeats", Int.self, default: 7, "turns at most"),
        summary: "Which models stay within limits on this machine, the best first, and why.",
        example: chosen + "choice"
    ) { limits, models, input, data, repeats in
        try choose(
            under: limits.values, among: models?.map(\.layer), input: input, on: data,
            repeats: repeats)
    }
    Binding.staticMethod(
        "milliseconds", of: ModelLimit.self, arg("count", Double.self, label: nil),
        summary: "A limit of the time for the scores of one image.",
        example: "print(ModelLimit.milliseconds(20))"
    ) { ModelLimit.milliseconds($0) }
    Binding.staticMethod(
        "megabytes", of: ModelLimit.self, arg("count", Double.self, label: nil),
        summary: "A limit of the size of the weights, 1,000,000 bytes each.",
        example: "print(ModelLimit.megabytes(25))"
    ) { ModelLimit.megabytes($0) }
    modelComparisonMemberRows()
    modelResultRows()
    modelChoiceRows()
}

@RowBuilder private func modelComparisonMemberRows() -> [Binding] {
    Binding.property(
        "results", of: ModelComparison.self, summary: "What was found, in the order of the models.",
        example: compared + "comparison.results.map { $0.name }"
    ) { $0.results }
    Binding.property(
        "pareto", of: ModelComparison.self,
        summary: "Models that no other one beats in both time and accuracy, the quickest first.",
        example: compared + "comparison.pareto.count"
    ) { $0.pareto }
    Binding.method(
        "plot", of: ModelComparison.self,
        summary: "Accuracy over the time for one image, the Pareto set joined.",
        example: compared + "comparison.plot()"
    ) { $0.plot() }
    Binding.property(
        "output", of: ModelSummary.self, summary: "The shape of what comes out.",
        example: "LeNet().summary(input: [1, 28, 28]).output"
    ) { $0.output }
    Binding.property(
        "activationBytes", of: ModelSummary.self,
        summary: "Bytes of all activations for the input.",
        example: "LeNet().summary(input: [1, 28, 28]).activationBytes"
    ) { $0.activationBytes }
    Binding.property(
        "receptiveField", of: ModelSummary.self,
        summary: "How much of an image the last map sees.",
        example: "LeNet().summary(input: [1, 28, 28]).receptiveField"
    ) { $0.receptiveField }
    Binding.property(
        "size", of: ReceptiveField.self,
        summary: "Height and width in pixels; nil where it is all of the image.",
        example: "LeNet().summary(input: [1, 28, 28]).receptiveField?.size ?? []"
    ) { $0.size }
    Binding.property(
        "step", of: ReceptiveField.self,
        summary: "How many pixels lie between the fields of neighbours.",
        example: "LeNet().summary(input: [1, 28, 28]).receptiveField?.step ?? []"
    ) { $0.step }
}

@RowBuilder private func modelResultRows() -> [Binding] {
    let result = compared + "let result = comparison.results[0]\n"
    Binding.property(
        "name", of: ModelResult.self, summary: "What the model is called in tables.",
        example: result + "result.name"
    ) { $0.name }
    Binding.property(
        "input", of: ModelResult.self, summary: "The shape of one input.",
        example: result + "result.input"
    ) { $0.input }
    Binding.property(
        "parameterCount", of: ModelResult.self, summary: "Numbers in all weights.",
        example: result + "result.parameterCount"
    ) { $0.parameterCount }
    Binding.property(
        "multiplyAccumulates", of: ModelResult.self,
        summary: "Multiply-accumulates for one input.",
        example: result + "result.multiplyAccumulates"
    ) { $0.multiplyAccumulates }
    Binding.property(
        "activationBytes", of: ModelResult.self,
        summary: "Bytes of all activations for one input: about what training holds.",
        example: result + "result.activationBytes"
    ) { $0.activationBytes }
    Binding.property(
        "weightBytes", of: ModelResult.self, summary: "Bytes of the weights and buffers.",
        example: result + "result.weightBytes"
    ) { $0.weightBytes }
    Binding.property(
        "receptiveField", of: ModelResult.self,
        summary: "How much of an image the last map sees.",
        example: result + "result.receptiveField"
    ) { $0.receptiveField }
    Binding.property(
        "latency", of: ModelResult.self, summary: "How long the scores of one image took.",
        example: result + "result.latency.median"
    ) { $0.latency }
    Binding.property(
        "batch", of: ModelResult.self, summary: "How many images the larger batch has.",
        example: result + "result.batch"
    ) { $0.batch }
    Binding.property(
        "batchLatency", of: ModelResult.self, summary: "How long the scores of such a batch took.",
        example: result + "result.batchLatency"
    ) { $0.batchLatency }
    Binding.property(
        "trainingStep", of: ModelResult.self,
        summary: "How long a step of training with such a batch took.",
        example: result + "result.trainingStep?.median ?? 0"
    ) { $0.trainingStep }
    Binding.property(
        "throughput", of: ModelResult.self, summary: "Images a second.",
        example: result + "result.throughput"
    ) { $0.throughput }
    Binding.property(
        "publishedAccuracy", of: ModelResult.self,
        summary: "The share of ImageNet that its published weights classify rightly.",
        example: result + "result.publishedAccuracy ?? 0"
    ) { $0.publishedAccuracy }
    Binding.property(
        "measuredAccuracy", of: ModelResult.self,
        summary: "The accuracy on the data given, with its 95% interval.",
        example: result + "result.measuredAccuracy?.mean ?? 0"
    ) { $0.measuredAccuracy }
    Binding.property(
        "accuracy", of: ModelResult.self, summary: "The measured accuracy, else the published one.",
        example: result + "result.accuracy ?? 0"
    ) { $0.accuracy }
    Binding.property(
        "mean", of: AccuracyEstimate.self, summary: "The accuracy that was found, 0...1.",
        example: result + "result.measuredAccuracy?.mean ?? 0"
    ) { $0.mean }
    Binding.property(
        "lower", of: AccuracyEstimate.self,
        summary: "The least that it may be, with 95% confidence.",
        example: result + "result.measuredAccuracy?.lower ?? 0"
    ) { $0.lower }
    Binding.property(
        "upper", of: AccuracyEstimate.self,
        summary: "The greatest that it may be, with 95% confidence.",
        example: result + "result.measuredAccuracy?.upper ?? 0"
    ) { $0.upper }
}

@RowBuilder private func modelChoiceRows() -> [Binding] {
    Binding.property(
        "ranked", of: ModelChoice.self, summary: "Those within the limits, the best first.",
        example: chosen + "choice.ranked.map { $0.model.name }"
    ) { $0.ranked }
    Binding.property(
        "rejected", of: ModelChoice.self, summary: "The others, with what rules them out.",
        example: chosen + "choice.rejected.map { $0.reason }"
    ) { $0.rejected }
    Binding.property(
        "best", of: ModelChoice.self, summary: "The first of those within the limits, if any.",
        example: chosen + "choice.best?.model.name ?? \"none\""
    ) { $0.best }
    Binding.property(
        "comparison", of: ModelChoice.self, summary: "Those within the limits side by side.",
        example: chosen + "choice.comparison"
    ) { $0.comparison }
    Binding.method(
        "plot", of: ModelChoice.self, summary: "Accuracy over time of those within the limits.",
        example: chosen + "choice.plot()"
    ) { $0.plot() }
    Binding.property(
        "model", of: ChosenModel.self, summary: "What was found about the model.",
        example: chosen + "choice.ranked[0].model.latency"
    ) { $0.model }
    Binding.property(
        "reasons", of: ChosenModel.self,
        summary: "What speaks for the model and against it.",
        example: chosen + "choice.ranked[0].reasons"
    ) { $0.reasons }
    Binding.property(
        "name", of: RejectedModel.self, summary: "The model's name.",
        example: chosen + "choice.rejected.map { $0.name }"
    ) { $0.name }
    Binding.property(
        "reason", of: RejectedModel.self, summary: "Which limit it exceeds.",
        example: chosen + "choice.rejected.map { $0.reason }"
    ) { $0.reason }
}

extension ModelLimit: ForeignConvertible {
    public static var foreignName: String { "ModelLimit" }
}

extension ModelComparison: ForeignConvertible {
    public static var foreignName: String { "ModelComparison" }
}

extension ModelResult: ForeignConvertible {
    public static var foreignName: String { "ModelResult" }
}

extension ModelChoice: ForeignConvertible {
    public static var foreignName: String { "ModelChoice" }
}

extension ChosenModel: ForeignConvertible {
    public static var foreignName: String { "ChosenModel" }
}

extension RejectedModel: ForeignConvertible {
    public static var foreignName: String { "RejectedModel" }
}

extension ReceptiveField: ForeignConvertible {
    public static var foreignName: String { "ReceptiveField" }
}

extension AccuracyEstimate: ForeignConvertible {
    public static var foreignName: String { "AccuracyEstimate" }
}

/// The types of these rows.
func modelComparisonTypes() -> [ForeignType] {
    [
        ForeignType(
            "ModelComparison", ModelComparison.self, summary: "What models cost and are worth."),
        ForeignType(
            "ModelResult", ModelResult.self, summary: "What one model costs and is worth.",
            description: { "ModelResult(\($0.name))" }),
        ForeignType("ModelLimit", ModelLimit.self, summary: "What a model may take at most."),
        ForeignType(
            "ModelChoice", ModelChoice.self, summary: "Models within limits, the best first."),
        ForeignType(
            "ChosenModel", ChosenModel.self,
            summary: "A model within the limits, and why.",
            description: { "\($0.model.name): \($0.reasons.joined(separator: "; "))" }),
        ForeignType(
            "RejectedModel", RejectedModel.self,
            summary: "A model beyond the limits, and why.",
            description: { "\($0.name): \($0.reason)" }),
        ForeignType(
            "ReceptiveField", ReceptiveField.self,
            summary: "The part of an image that an element depends on."),
        ForeignType(
            "AccuracyEstimate", AccuracyEstimate.self,
            summary: "An accuracy with its 95% interval."),
    ]
}
