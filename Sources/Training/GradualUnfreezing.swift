import NeuralNetworks

/// Trains the head of a model first and lets the units before it follow, one after the other: what
/// the first layers have learned is not spoiled while the head still says anything.
///
///     fit(net, ..., epochs: 6, unfreezing: GradualUnfreezing(every: 1))
///
/// Units are those of `ParameterGroup.layerwise`. The state at the end stays: with fewer epochs
/// than units the first ones are frozen then.
///
/// Source: Howard and Ruder, "Universal Language Model Fine-tuning", 2018.
public struct GradualUnfreezing: Sendable, Hashable, CustomStringConvertible {
    /// How many epochs each step takes.
    public let epochs: Int
    /// How many units a step lets follow.
    public let units: Int

    /// Lets `units` more units train after every so many epochs; `fit` throws where one of them is
    /// not positive.
    public init(every epochs: Int = 1, units: Int = 1) {
        self.epochs = epochs
        self.units = units
    }

    /// The rule as one writes it.
    public var description: String { "GradualUnfreezing(every: \(epochs), units: \(units))" }

    func validate() throws {
        for (name, value) in [("every", epochs), ("units", units)] where value < 1 {
            throw TrainingError(
                "GradualUnfreezing: '\(name)' is too small, expected at least 1, got \(value)")
        }
    }

    /// Freezes and unfreezes for an epoch, counted from 0.
    func prepare(_ model: any Layer, epoch: Int) {
        let all = LayerUnits(model).units
        let (more, overflow) = (epoch / epochs).multipliedReportingOverflow(by: units)
        let trained = overflow ? all.count : 1 + min(more, all.count)
        for (index, unit) in all.enumerated() {
            let isTrainable = index >= all.count - trained
            for (_, parameter) in unit.state { parameter.isTrainable = isTrainable }
        }
    }
}
