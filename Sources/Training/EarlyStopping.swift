import NeuralNetworks

/// Ends a run of `fit` that no longer gets better, and brings back the weights of its best epoch.
///
///     fit(model, ..., epochs: 50, earlyStopping: EarlyStopping(patience: 5))
///     fit(model, ..., epochs: 10, earlyStopping: .bestWeights(by: "accuracy"))  // all ten
///
/// What counts are the figures of the validation data, without any those of the training data. Of
/// the loss lower is better, of every metric higher.
public struct EarlyStopping: Sendable, Hashable, CustomStringConvertible {
    /// How many epochs without an improvement end the run; `nil` never ends it.
    public let patience: Int?
    /// What is watched: `loss`, or the name of one of the run's metrics.
    public let metric: String
    /// By how much it must be better than the best so far to count.
    public let minimumImprovement: Double
    /// Whether the model ends with the weights of the best epoch, not of the last.
    public let restoresBest: Bool

    /// Watches `metric`; `fit` throws where `patience` is not positive, `minimumImprovement` is
    /// negative or the run has no such metric.
    public init(
        patience: Int = 5, metric: String = "loss", minimumImprovement: Double = 0,
        restoresBest: Bool = true
    ) {
        self.init(optional: patience, metric, minimumImprovement, restoresBest)
    }

    private init(
        optional patience: Int?, _ metric: String, _ minimumImprovement: Double,
        _ restoresBest: Bool
    ) {
        self.patience = patience
        self.metric = metric
        self.minimumImprovement = minimumImprovement
        self.restoresBest = restoresBest
    }

    /// Trains for all epochs and brings back the weights of the best one.
    public static func bestWeights(by metric: String = "loss") -> EarlyStopping {
        EarlyStopping(optional: nil, metric, 0, true)
    }

    /// The rule as one writes it.
    public var description: String {
        guard let patience else { return ".bestWeights(by: \"\(metric)\")" }
        var text = "EarlyStopping(patience: \(patience), metric: \"\(metric)\""
        if minimumImprovement != 0 { text += ", minimumImprovement: \(minimumImprovement)" }
        return text + (restoresBest ? ")" : ", restoresBest: false)")
    }

    /// Throws where it makes no sense for a run with the given metrics.
    func validate(metrics: [Metric]) throws {
        if let patience, patience < 1 {
            throw TrainingError(
                "EarlyStopping: 'patience' is too small, expected at least 1 epoch, got \(patience)"
            )
        }
        guard minimumImprovement >= 0, minimumImprovement.isFinite else {
            throw TrainingError(
                "EarlyStopping: 'minimumImprovement' is out of range, expected a number from 0, "
                    + "got \(minimumImprovement)")
        }
        let names = ["loss"] + metrics.map(\.name)
        guard names.contains(metric) else {
            throw TrainingError(
                "EarlyStopping: the run has no metric of that name, expected one of "
                    + "\(names.joined(separator: ", ")), got \"\(metric)\"")
        }
    }

    /// The position of the best of some epochs; `nil` where none has a number.
    func best(of epochs: [History.Epoch]) -> Int? {
        var best: (index: Int, value: Double)?
        for (index, epoch) in epochs.enumerated() {
            let figures = epoch.validation.isPresent ? epoch.validation : epoch.train
            let value = metric == "loss" ? -figures.loss : figures[metric]
            guard !value.isNaN else { continue }
            if value > (best?.value ?? -.infinity) + (best == nil ? 0 : minimumImprovement)
                || best == nil
            {
                best = (index, value)
            }
        }
        return best?.index
    }

    /// Whether a run with these epochs behind it ends.
    func ends(after epochs: [History.Epoch]) -> Bool {
        guard let patience else { return false }
        return epochs.count - 1 - (best(of: epochs) ?? -1) >= patience
    }
}
