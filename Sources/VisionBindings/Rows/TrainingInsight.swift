import Language
import VisionEngine

private let run = """
    let data = try FashionMNIST().train.prefix(64), model = LeNet()
    let history = fit(model, train: data, statistics: TrainingStatistics())

    """

/// What a run of training looked like inside, and what its curves show.
@RowBuilder func trainingInsightRows() -> [Binding] {
    Binding.function(
        "explain", arg("history", History.self, label: nil),
        summary: "What the curves of a run show, in words, where it is clear.",
        example: run + "explain(history)"
    ) { history in VisionEngine.explain(history) }
    Binding.property(
        "findings", of: HistoryExplanation.self,
        summary: "What is clear, the most important first; empty where nothing is.",
        example: run + "explain(history).findings.count"
    ) { $0.findings }
    let first = run + "explain(history).findings.first?."
    Binding.property(
        "kind", of: HistoryExplanation.Finding.self, summary: "What sort of finding it is.",
        example: first + "kind"
    ) { $0.kind }
    Binding.property(
        "statement", of: HistoryExplanation.Finding.self, summary: "The finding in a few words.",
        example: first + "statement"
    ) { $0.statement }
    Binding.property(
        "evidence", of: HistoryExplanation.Finding.self, summary: "The numbers that show it.",
        example: first + "evidence"
    ) { $0.evidence }
    Binding.property(
        "advice", of: HistoryExplanation.Finding.self, summary: "What usually helps.",
        example: first + "advice"
    ) { $0.advice }
    Binding.property(
        "epoch", of: HistoryExplanation.Finding.self, summary: "From which epoch on.",
        example: first + "epoch"
    ) { $0.epoch }
    for kind in HistoryExplanation.FindingKind.allCases {
        Binding.staticProperty(
            kind.rawValue, of: HistoryExplanation.FindingKind.self, summary: summary(kind),
            example: run + "explain(history).findings.filter { $0.kind == .\(kind.rawValue) }.count"
        ) { kind }
    }
    statisticsRows()
}

@RowBuilder private func statisticsRows() -> [Binding] {
    Binding.initializer(
        of: TrainingStatistics.self,
        arg("everySteps", Int?.self, default: nil, "nil: the first and the last of every epoch"),
        summary: "Which steps fit looks into, for history.statistics.",
        example: "TrainingStatistics(everySteps: 100)"
    ) { everySteps in TrainingStatistics(everySteps: everySteps) }
    Binding.property(
        "statistics", of: History.self, summary: "What the steps that were looked into were like.",
        example: run + "history.statistics.last"
    ) { $0.statistics }
    Binding.method(
        "gradientFlow", of: History.self,
        summary: "How large the gradients were from the input to the output, as a chart.",
        example: run + "history.gradientFlow()"
    ) { history in try history.gradientFlow() }
    Binding.method(
        "deadUnits", of: History.self,
        summary: "The share of units that are zero for every image, as a chart.",
        example: run + "history.deadUnits()"
    ) { history in try history.deadUnits() }
    let look = run + "let look = history.statistics[0]\n"
    Binding.property(
        "step", of: StepStatistics.self, summary: "The step, counted from 1.",
        example: look + "look.step"
    ) { $0.step }
    Binding.property(
        "weights", of: StepStatistics.self, summary: "The weights and their gradients.",
        example: look + "look.weights.map { $0.name }"
    ) { $0.weights }
    Binding.property(
        "activations", of: StepStatistics.self, summary: "What the layers gave.",
        example: look + "look.activations.map { $0.name }"
    ) { $0.activations }
    weightStatisticsRows(look)
    activationStatisticsRows(look)
}

@RowBuilder private func weightStatisticsRows(_ look: String) -> [Binding] {
    Binding.property(
        "name", of: StepStatistics.Weight.self, summary: "The weight's full name.",
        example: look + "look.weights[0].name"
    ) { $0.name }
    Binding.property(
        "mean", of: StepStatistics.Weight.self, summary: "The mean of its elements.",
        example: look + "look.weights[0].mean"
    ) { $0.mean }
    Binding.property(
        "deviation", of: StepStatistics.Weight.self, summary: "Their standard deviation.",
        example: look + "look.weights[0].deviation"
    ) { $0.deviation }
    Binding.property(
        "gradientMagnitude", of: StepStatistics.Weight.self,
        summary: "The mean of the gradient's elements without their signs.",
        example: look + "look.weights[0].gradientMagnitude"
    ) { $0.gradientMagnitude }
    Binding.property(
        "gradientMaximum", of: StepStatistics.Weight.self,
        summary: "The gradient's greatest element without its sign.",
        example: look + "look.weights[0].gradientMaximum"
    ) { $0.gradientMaximum }
    Binding.property(
        "updateRatio", of: StepStatistics.Weight.self,
        summary: "How far gradient descent would move it, as a share of its norm.",
        example: look + "look.weights[0].updateRatio"
    ) { $0.updateRatio }
}

@RowBuilder private func activationStatisticsRows(_ look: String) -> [Binding] {
    Binding.property(
        "name", of: StepStatistics.Activation.self, summary: "The layer and what it did.",
        example: look + "look.activations[0].name"
    ) { $0.name }
    Binding.property(
        "mean", of: StepStatistics.Activation.self, summary: "The mean of the elements.",
        example: look + "look.activations[0].mean"
    ) { $0.mean }
    Binding.property(
        "deviation", of: StepStatistics.Activation.self, summary: "Their standard deviation.",
        example: look + "look.activations[0].deviation"
    ) { $0.deviation }
    Binding.property(
        "deadShare", of: StepStatistics.Activation.self,
        summary: "The share of units that are zero for every image, behind a rectifier.",
        example: look + "look.activations[0].deadShare"
    ) { $0.deadShare }
}

private func summary(_ kind: HistoryExplanation.FindingKind) -> String {
    switch kind {
    case .learningRateTooHigh: "The training loss rose or jumped."
    case .guessing: "The loss is no better than that of guessing."
    case .overfitting: "The validation loss rose while the training loss fell."
    case .notConverged: "The losses were still falling at the end."
    case .plateau: "The training loss stood still."
    case .noise: "The validation loss jumps."
    case .waitingForData: "Training waited for its pictures."
    case .deadUnits: "Units are zero for every image."
    }
}

/// The types of what a run looked like inside.
func trainingInsightTypes() -> [ForeignType] {
    [
        ForeignType(
            "TrainingStatistics", TrainingStatistics.self, summary: "Which steps are looked into."),
        ForeignType(
            "StepStatistics", StepStatistics.self,
            summary: "What a step of training looked like inside."),
        ForeignType(
            "WeightStatistics", StepStatistics.Weight.self, summary: "A weight and its gradient.",
            description: { "\($0.name): gradient \($0.gradientMagnitude)" }),
        ForeignType(
            "ActivationStatistics", StepStatistics.Activation.self, summary: "What a layer gave.",
            description: { "\($0.name): \($0.mean) +- \($0.deviation)" }),
        ForeignType(
            "HistoryExplanation", HistoryExplanation.self,
            summary: "What the curves of a run show."),
        ForeignType(
            "Finding", HistoryExplanation.Finding.self, summary: "One thing that curves show.",
            description: { "\($0.statement): \($0.evidence)" }),
        ForeignType(
            "FindingKind", HistoryExplanation.FindingKind.self, summary: "What curves can show.",
            description: { ".\($0.rawValue)" }),
    ]
}

extension Chart.Theme: ForeignConvertible {
    public static var foreignName: String { "Theme" }
}

extension TrainingStatistics: ForeignConvertible {
    public static var foreignName: String { "TrainingStatistics" }
}

extension StepStatistics: ForeignConvertible {
    public static var foreignName: String { "StepStatistics" }
}

extension StepStatistics.Weight: ForeignConvertible {
    public static var foreignName: String { "WeightStatistics" }
}

extension StepStatistics.Activation: ForeignConvertible {
    public static var foreignName: String { "ActivationStatistics" }
}

extension HistoryExplanation: ForeignConvertible {
    public static var foreignName: String { "HistoryExplanation" }
}

extension HistoryExplanation.Finding: ForeignConvertible {
    public static var foreignName: String { "Finding" }
}

extension HistoryExplanation.FindingKind: ForeignConvertible {
    public static var foreignName: String { "FindingKind" }
}
