#if canImport(Glibc)
import Glibc
#else
import Foundation
#endif

/// How the learning rate changes over a run, a step being one batch.
///
///     fit(model, ..., optimizer: SGD(learningRate: 0.05, momentum: 0.9), schedule: .oneCycle(peak: 0.05))
public struct Schedule: Sendable, CustomStringConvertible {
    public let description: String
    private let rule: @Sendable (_ step: Int, _ total: Int, _ base: Double) -> Double

    /// A schedule of your own: the rate of step `step` (from 0) of `total`, where `base` is the
    /// optimizer's own learning rate.
    public init(
        _ description: String,
        rule: @escaping @Sendable (_ step: Int, _ total: Int, _ base: Double) -> Double
    ) {
        self.description = description
        self.rule = rule
    }

    /// The learning rate of step `step` (from 0) of a run of `total` steps.
    public func rate(step: Int, of total: Int, base: Double) -> Double { rule(step, total, base) }

    /// The optimizer's own learning rate throughout.
    public static let constant = Schedule(".constant") { _, _, base in base }

    /// One cycle: from `peak / 25` up to `peak` over the first 30% of the steps, then down to
    /// `peak / 250000`, both along a cosine.
    ///
    /// These are the numbers of PyTorch's `OneCycleLR`, with one difference: the momentum is not
    /// cycled but stays as the optimizer has it. The optimizer's own learning rate is not used.
    /// Source: Smith and Topin, "Super-Convergence", 2018.
    public static func oneCycle(peak: Double) -> Schedule {
        Schedule(".oneCycle(peak: \(peak))") { step, total, _ in
            let start = peak / 25
            let end = start / 1e4
            let turn = 0.3 * Double(total) - 1
            let step = Double(min(max(step, 0), max(total - 1, 0)))
            guard step > turn else { return cosine(from: start, to: peak, at: step / turn) }
            let rest = Double(total) - 1 - turn
            return cosine(from: peak, to: end, at: rest > 0 ? (step - turn) / rest : 1)
        }
    }
}

private func cosine(from start: Double, to end: Double, at fraction: Double) -> Double {
    end + (start - end) / 2 * (1 + cos(.pi * fraction))
}
