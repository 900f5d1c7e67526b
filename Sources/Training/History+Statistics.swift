import Hosting
import Plots

extension History {
    /// How large the gradients were from the input to the output, at the first and the last look:
    /// the mean of their elements without signs, on an axis of ratios.
    ///
    /// Where they shrink from the right to the left they vanish on their way; equal heights are
    /// well. Throws for a run without `statistics`.
    ///
    ///     fit(model, train: data.train, statistics: TrainingStatistics()).gradientFlow()
    public func gradientFlow() throws -> Chart {
        guard let first = statistics.first, let last = statistics.last else {
            throw Self.noStatistics("gradientFlow")
        }
        let looks = first.step == last.step ? [last] : [first, last]
        let names = last.weights.map(\.name)
        return Chart(
            title: "Gradients from input to output", xLabel: "weight", yLabel: "mean magnitude",
            series: looks.map { look in
                .bars("step \(look.step)", look.weights.map(\.gradientMagnitude))
            }, categories: names, isYLogarithmic: true)
    }

    /// The share of units behind each rectifier that are zero for every image, over the looks: dead
    /// ones learn nothing any more.
    ///
    /// Throws for a run without `statistics`, and for a model without rectifiers.
    public func deadUnits() throws -> Chart {
        guard let last = statistics.last else { throw Self.noStatistics("deadUnits") }
        let names = last.activations.filter { $0.deadShare != nil }.map(\.name)
        guard !names.isEmpty else {
            throw TrainingError("deadUnits: the model has no rectifier, expected one such as ReLU")
        }
        return Chart(
            title: "Dead units", xLabel: "step", yLabel: "share",
            series: names.map { name in
                let shares = statistics.compactMap { look in
                    look.activations.first { $0.name == name }?.deadShare.map {
                        (Double(look.step), $0)
                    }
                }
                return .line(name, x: shares.map(\.0), shares.map(\.1))
            })
    }

    private static func noStatistics(_ operation: String) -> TrainingError {
        TrainingError(
            "\(operation): the run was not looked at, expected fit(..., statistics: "
                + "TrainingStatistics())")
    }
}

extension StepStatistics: CustomStringConvertible, Displayable {
    /// Two tables: the weights with their gradients, and what the layers gave.
    public var description: String {
        tables.map(\.text).joined(separator: "\n\n")
    }

    /// The tables, as text and as HTML.
    public func mimeBundle() throws -> MIMEBundle {
        var bundle = MIMEBundle(plain: description)
        bundle["text/html"] = .text(tables.map(\.html).joined())
        return bundle
    }

    private var tables: [TextTable] {
        var weightTable = TextTable(
            columns: [
                "step \(step)", "mean", "deviation", "gradient", "largest gradient", "update",
            ], wordColumns: [0])
        weightTable.rows = weights.map { weight in
            [weight.name]
                + [
                    weight.mean, weight.deviation, weight.gradientMagnitude,
                    weight.gradientMaximum, weight.updateRatio,
                ].map { shortNumber($0) }
        }
        var activationTable = TextTable(
            columns: ["layer", "mean", "deviation", "dead units"], wordColumns: [0])
        activationTable.rows = activations.map { activation in
            [
                activation.name, shortNumber(activation.mean), shortNumber(activation.deviation),
                activation.deadShare.map { "\(formatted(100 * $0, places: 1))%" } ?? "",
            ]
        }
        return [weightTable, activationTable]
    }
}
