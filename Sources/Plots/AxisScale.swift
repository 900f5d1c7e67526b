import Glibc
import Hosting

/// A range of numbers along an axis, with ticks at round values.
struct AxisScale: Equatable {
    let low: Double
    let high: Double
    let ticks: [Double]
    let decimals: Int
    /// Whether equal distances are equal ratios.
    let isLogarithmic: Bool

    /// A scale over `values`, of which those that are not finite do not count.
    ///
    /// - Parameters:
    ///   - includesZero: whether bars stand on the axis.
    ///   - isRounded: whether the ends are ticks too.
    ///   - target: about how many ticks there should be.
    ///   - isCounted: whether whole numbers are counts, between which there is nothing.
    init(
        over values: some Sequence<Double>, includesZero: Bool = false, isRounded: Bool = true,
        target: Int = 6, isCounted: Bool = true
    ) {
        // Beyond this the differences of two numbers would overflow.
        let limit = 1e300
        var low = Double.infinity
        var high = -Double.infinity
        var isWhole = true
        for value in values where value.isFinite {
            let value = max(-limit, min(limit, value))
            low = min(low, value)
            high = max(high, value)
            isWhole = isWhole && value == value.rounded()
        }
        if low > high { (low, high) = (0, 1) }
        if includesZero { (low, high) = (min(low, 0), max(high, 0)) }
        if high - low <= abs(high) * 1e-12 {
            let margin = low == 0 ? 1 : isWhole && abs(low) < 1e6 ? 1 : abs(low) * 0.1
            low = includesZero && low == 0 ? 0 : low - margin
            high += margin
        }
        var step = AxisScale.roundStep((high - low) / Double(max(1, target)))
        if isWhole && isCounted { step = max(1, step) }
        let first = isRounded ? (low / step).rounded(.down) : (low / step - 1e-9).rounded(.up)
        let last = isRounded ? (high / step).rounded(.up) : (high / step + 1e-9).rounded(.down)
        let count = max(0, min(50, Int(last - first)))
        ticks = (0...count).map { (first + Double($0)) * step }
        self.low = isRounded ? min(low, first * step) : low
        self.high = isRounded ? max(high, last * step) : high
        decimals = max(0, min(9, Int(-log10(step).rounded(.down))))
        isLogarithmic = false
    }

    /// A scale of equal ratios over the positive ones among `values`, with ticks at 1, 2 and 5
    /// times powers of ten, or at the powers alone where they are many.
    init(logarithmicOver values: some Sequence<Double>) {
        let positive = values.filter { $0 > 0 && $0.isFinite }
        let least = log10(positive.min() ?? 1)
        let greatest = log10(positive.max() ?? 10)
        let powers = Int(least.rounded(.down))...Int((greatest + 1).rounded(.down))
        let factors: [Double] = powers.count > 5 ? [1] : [1, 2, 5]
        let round = powers.flatMap { power in factors.map { $0 * pow(10, Double(power)) } }
        // Room for the dots at the ends.
        low = round.last { log10($0) <= least - 0.02 } ?? pow(10, least - 0.1)
        high = round.first { log10($0) >= greatest + 0.02 } ?? pow(10, greatest + 0.1)
        ticks = round.filter { [low, high] in $0 >= low && $0 <= high }
        decimals = 0
        isLogarithmic = true
    }

    /// Where in 0...1 a value lies along the axis.
    func position(_ value: Double) -> Double {
        guard isLogarithmic else { return (value - low) / (high - low) }
        // What has no place lies far outside.
        return value > 0 ? log10(value / low) / log10(high / low) : -1
    }

    /// A tick's text, with as many digits as neighbouring ticks need to differ.
    func text(_ value: Double) -> String {
        if isLogarithmic { return shortNumber(value) }
        let size = max(abs(low), abs(high))
        if size >= 1e7 || size < 1e-4 { return shortNumber(value) }
        return formatted(value, places: decimals)
    }

    /// 1, 2 or 5 times a power of ten, at least `rough`.
    private static func roundStep(_ rough: Double) -> Double {
        guard rough > 0, rough.isFinite else { return 1 }
        let power = pow(10, log10(rough).rounded(.down))
        let factor = rough / power
        return (factor <= 1.0001 ? 1 : factor <= 2.0001 ? 2 : factor <= 5.0001 ? 5 : 10) * power
    }
}
