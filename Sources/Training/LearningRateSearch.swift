import Glibc
import Hosting
import Plots

/// The loss at ever higher learning rates, and the rate that it suggests: what `findLearningRate`
/// gives.
public struct LearningRateSearch: Sendable, Displayable, CustomStringConvertible {
    /// The learning rate of every step, rising by equal factors.
    public let rates: [Double]
    /// The loss of every step.
    public let losses: [Double]
    /// The losses without their noise: running means that forget a tenth at every step.
    public let smoothedLosses: [Double]

    init(rates: [Double], losses: [Double]) {
        self.rates = rates
        self.losses = losses
        var mean = ForgettingMean()
        smoothedLosses = losses.map { mean.add($0) }
    }

    /// The rate at which the loss falls fastest: a good peak for `.oneCycle`, or a rate to begin
    /// with.
    ///
    /// The slope of the smoothed loss over the logarithm of the rate is looked at over a tenth of
    /// the steps, up to the lowest loss. Where it never falls, a tenth of the rate of the lowest
    /// loss is suggested.
    public var suggestion: Double {
        let lowest = smoothedLosses.indices.min { smoothedLosses[$0] < smoothedLosses[$1] } ?? 0
        let reach = max(1, rates.count / 20)
        let slopes = (0...lowest).compactMap { step -> (step: Int, slope: Double)? in
            let (start, end) = (max(0, step - reach), min(lowest, step + reach))
            guard end > start, step >= reach else { return nil }
            let fall = smoothedLosses[end] - smoothedLosses[start]
            return (step, fall / (log(rates[end]) - log(rates[start])))
        }
        guard let steepest = slopes.min(by: { $0.slope < $1.slope }), steepest.slope < 0 else {
            return rates.isEmpty ? .nan : max(rates[0], rates[lowest] / 10)
        }
        return rates[steepest.step]
    }

    /// The losses over the decimal logarithm of the rates, the suggestion marked.
    public func plot() -> Chart {
        let suggestion = suggestion
        let place = rates.firstIndex { $0 >= suggestion } ?? max(0, rates.count - 1)
        let places = rates.map(log10)
        var series = [
            Chart.Series.line("loss", x: places, losses),
            .line("smoothed", x: places, smoothedLosses),
        ]
        if smoothedLosses.indices.contains(place) {
            series.append(
                .points("suggestion", x: [log10(suggestion)], y: [smoothedLosses[place]]))
        }
        return Chart(
            title: "Suggested learning rate: \(Self.short(suggestion))",
            xLabel: "logarithm of the learning rate (-2: 0.01)", yLabel: "loss", series: series)
    }

    /// Two significant digits.
    private static func short(_ rate: Double) -> String {
        guard rate > 0, rate.isFinite else { return "none" }
        let places = max(0, 1 - Int(log10(rate).rounded(.down)))
        return formatted(rate, places: min(12, places))
    }

    /// The suggestion, and how far the search came.
    public var description: String {
        "LearningRateSearch: suggestion \(Self.short(suggestion)), \(rates.count) steps from "
            + "\(Self.short(rates.first ?? .nan)) to \(Self.short(rates.last ?? .nan))"
    }

    /// The plot.
    public func mimeBundle() throws -> MIMEBundle {
        var bundle = try plot().mimeBundle()
        bundle["text/plain"] = .text(description)
        return bundle
    }
}

/// A running mean that forgets a tenth of what it knew at every number.
struct ForgettingMean {
    private static let keep = 0.9
    private var sum = 0.0
    private var weight = 0.0

    /// The mean with one more number.
    mutating func add(_ value: Double) -> Double {
        sum = Self.keep * sum + (1 - Self.keep) * value
        weight = Self.keep * weight + (1 - Self.keep)
        return sum / weight
    }
}
