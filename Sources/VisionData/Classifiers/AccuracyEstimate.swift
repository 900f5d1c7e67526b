import Hosting

/// An accuracy as a test found it, and where the true one lies with 95% confidence.
///
///     AccuracyEstimate(right: 905, of: 1000).interval  // 0.8852...0.9217
public struct AccuracyEstimate: Sendable, Hashable, CustomStringConvertible {
    /// The accuracy that was found, 0...1.
    public let mean: Double
    /// Where the true accuracy lies with 95% confidence.
    public let interval: ClosedRange<Double>
    /// How much folds differ, estimated with `n - 1`; 0 where there was one test.
    public let deviation: Double

    private static let z = 1.959_964

    /// Of one test of `count` rows, of which some were labelled rightly: Wilson's interval (1927).
    public init(right: Int, of count: Int) {
        let count = Double(max(1, count))
        let share = min(1, max(0, Double(right) / count))
        let z = Self.z
        let center = (share + z * z / (2 * count)) / (1 + z * z / count)
        let spread = (share * (1 - share) / count + z * z / (4 * count * count)).squareRoot()
        let reach = z / (1 + z * z / count) * spread
        mean = share
        deviation = 0
        interval = min(share, center - reach)...max(share, center + reach)
    }

    /// Of at least two folds: Student's distribution over their accuracies.
    public init(folds: [Double]) { self.init(folds, overlap: 0) }

    /// Of at least two splits drawn by chance from the same data, each of which tests on
    /// `testShare` of it, 0..<1.
    ///
    /// What such splits learn from overlaps, so that they agree more than independent data would: the
    /// variance of their mean is that of one split times 1/n + testShare / (1 - testShare), not
    /// 1/n. Source: Nadeau and Bengio, "Inference for the Generalization Error", 2003.
    public init(splits: [Double], testShare: Double) {
        let share = min(0.999, max(0, testShare))
        self.init(splits, overlap: share / (1 - share))
    }

    private init(_ accuracies: [Double], overlap: Double) {
        let count = Double(max(1, accuracies.count))
        let mean = accuracies.reduce(0, +) / count
        let squares = accuracies.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        let degrees = max(1, accuracies.count - 1)
        deviation = (squares / Double(degrees)).squareRoot()
        let reach = Self.quantile(degrees) * deviation * (1 / count + overlap).squareRoot()
        self.mean = mean
        interval = (mean - reach)...(mean + reach)
    }

    /// The least that it may be, with 95% confidence.
    public var lower: Double { interval.lowerBound }
    /// The greatest that it may be, with 95% confidence.
    public var upper: Double { interval.upperBound }

    /// Student's 97.5% quantiles for 1 to 9 degrees of freedom; then an expansion of them.
    private static func quantile(_ degrees: Int) -> Double {
        let known = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262]
        return degrees <= known.count
            ? known[degrees - 1] : z + (z * z * z + z) / (4 * Double(degrees))
    }

    /// `0.905 ± 0.018`; of an interval that reaches farther to one side that side counts.
    public var description: String {
        let reach = max(interval.upperBound - mean, mean - interval.lowerBound)
        return "\(formatted(mean, places: 3)) ± \(formatted(reach, places: 3))"
    }
}
