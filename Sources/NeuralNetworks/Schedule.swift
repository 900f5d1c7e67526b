#if canImport(Glibc)
import Glibc
#else
import Foundation
#endif

/// How the learning rate changes over a run, a step being one step of the optimizer.
///
///     fit(model, ..., optimizer: SGD(learningRate: 0.05, momentum: 0.9), schedule: .oneCycle(peak: 0.05))
///     fit(model, ..., optimizer: AdamW(), schedule: .warmup(epochs: 1, then: .cosine))
public struct Schedule: Sendable, CustomStringConvertible {
    /// Where a run is: all that a schedule can go by.
    public struct Moment: Sendable, Hashable {
        /// The step about to be done, counted from 0.
        public var step: Int
        /// How many steps the run has.
        public var totalSteps: Int
        /// How many steps an epoch has.
        public var stepsPerEpoch: Int
        /// The loss of every epoch that has ended: that of the validation data, without any that of
        /// the training data.
        public var losses: [Double]

        /// A moment; with `stepsPerEpoch` 1, the default, each step is an epoch.
        public init(
            step: Int, totalSteps: Int, stepsPerEpoch: Int = 1, losses: [Double] = []
        ) {
            self.step = step
            self.totalSteps = totalSteps
            self.stepsPerEpoch = stepsPerEpoch
            self.losses = losses
        }

        /// The epoch of the step, counted from 0.
        public var epoch: Int { step / max(1, stepsPerEpoch) }
    }

    /// The schedule as one writes it.
    public let description: String
    private let problem: LayerError?
    private let rule: @Sendable (_ moment: Moment, _ base: Double) -> Double

    /// A schedule of your own: the rate at a moment, where `base` is the optimizer's own learning
    /// rate.
    ///
    ///     Schedule("halving") { moment, base in base / Double(1 + moment.epoch) }
    public init(
        _ description: String,
        rule: @escaping @Sendable (_ moment: Moment, _ base: Double) -> Double
    ) {
        self.init(description, problem: nil, rule: rule)
    }

    private init(
        _ description: String, problem: LayerError?,
        rule: @escaping @Sendable (_ moment: Moment, _ base: Double) -> Double
    ) {
        self.description = description
        self.problem = problem
        self.rule = rule
    }

    /// Throws where an argument is out of its range; `fit` asks before it begins.
    public func validate() throws { if let problem { throw problem } }

    /// The learning rate at a moment of a run.
    public func rate(at moment: Moment, base: Double) -> Double { rule(moment, base) }

    /// The learning rate of step `step` (from 0) of a run of `total` steps in one epoch.
    public func rate(step: Int, of total: Int, base: Double) -> Double {
        rule(Moment(step: step, totalSteps: total, stepsPerEpoch: total), base)
    }

    /// The optimizer's own learning rate throughout.
    public static let constant = Schedule(".constant") { _, base in base }

    /// The rate times `factor` after every so many epochs. As `StepLR` of PyTorch.
    ///
    ///     fit(model, ..., epochs: 90, schedule: .step(every: 30))
    public static func step(every epochs: Int, factor: Double = 0.1) -> Schedule {
        Schedule(
            ".step(every: \(epochs), factor: \(factor))",
            problem: epochs < 1
                ? outOfRange("step", "every", "at least 1 epoch", "\(epochs)")
                : unlessFromZero("step", "factor", factor)
        ) { moment, base in base * pow(factor, Double(moment.epoch / max(1, epochs))) }
    }

    /// The rate times `factor` at the beginning of each of these epochs, counted from 0. As
    /// `MultiStepLR` of PyTorch.
    public static func step(at epochs: [Int], factor: Double = 0.1) -> Schedule {
        Schedule(
            ".step(at: \(epochs), factor: \(factor))",
            problem: unlessFromZero("step", "factor", factor)
        ) { moment, base in
            base * pow(factor, Double(epochs.count { $0 <= moment.epoch }))
        }
    }

    /// From the optimizer's own learning rate down to 0 along half a cosine.
    ///
    /// Source: Loshchilov and Hutter, "SGDR", 2017, without restarts.
    public static let cosine = cosine(to: 0, ".cosine")

    /// From the optimizer's own learning rate down to `minimum` along half a cosine. As
    /// `CosineAnnealingLR` of PyTorch, stepped at every batch.
    public static func cosine(to minimum: Double) -> Schedule {
        cosine(to: minimum, ".cosine(to: \(minimum))")
    }

    private static func cosine(to minimum: Double, _ description: String) -> Schedule {
        Schedule(description, problem: unlessFromZero("cosine", "to", minimum)) { moment, base in
            let fraction = Double(moment.step) / Double(max(1, moment.totalSteps))
            return halfCosine(from: base, to: minimum, at: min(max(fraction, 0), 1))
        }
    }

    /// One cycle: from `peak / 25` up to `peak` over the first 30% of the steps, then down to
    /// `peak / 250000`, both along a cosine.
    ///
    /// These are the numbers of PyTorch's `OneCycleLR`, with one difference: the momentum is not
    /// cycled but stays as the optimizer has it. The optimizer's own learning rate is not used.
    /// Source: Smith and Topin, "Super-Convergence", 2018.
    public static func oneCycle(peak: Double) -> Schedule {
        Schedule(
            ".oneCycle(peak: \(peak))", problem: unlessFromZero("oneCycle", "peak", peak)
        ) { moment, _ in
            let total = moment.totalSteps
            let start = peak / 25
            let end = start / 1e4
            let turn = 0.3 * Double(total) - 1
            let step = Double(min(max(moment.step, 0), max(total - 1, 0)))
            guard step > turn else { return halfCosine(from: start, to: peak, at: step / turn) }
            let rest = Double(total) - 1 - turn
            return halfCosine(from: peak, to: end, at: rest > 0 ? (step - turn) / rest : 1)
        }
    }

    /// Up in equal parts over the first steps, then another schedule over the steps that remain, as
    /// if it began there.
    ///
    /// Step s of `steps`, counted from 1, has s / steps of the rate that the other begins with.
    public static func warmup(steps: Int, then next: Schedule = .constant) -> Schedule {
        warmup(
            ".warmup(steps: \(steps), then: \(next))", next,
            problem: steps < 0
                ? outOfRange("warmup", "steps", "a number from 0", "\(steps)") : nil
        ) { _ in Double(steps) }
    }

    /// The same over the first epochs, of which there may be a part.
    public static func warmup(epochs: Double, then next: Schedule = .constant) -> Schedule {
        warmup(
            ".warmup(epochs: \(epochs), then: \(next))", next,
            problem: unlessFromZero("warmup", "epochs", epochs)
        ) { epochs * Double($0.stepsPerEpoch) }
    }

    private static func warmup(
        _ description: String, _ next: Schedule, problem: LayerError?,
        steps: @escaping @Sendable (Moment) -> Double
    ) -> Schedule {
        Schedule(description, problem: problem ?? next.problem) { moment, base in
            let warm = Int(min(max(0, steps(moment).rounded()), Double(Int32.max)))
            var later = moment
            later.step = max(0, moment.step - warm)
            later.totalSteps = max(1, moment.totalSteps - warm)
            let rate = next.rate(at: later, base: base)
            return moment.step < warm ? rate * Double(moment.step + 1) / Double(warm) : rate
        }
    }

    /// The rate times `factor` whenever the loss has not got better for more than `patience` epochs.
    ///
    /// Better is below the best so far times `1 - threshold`; the rate does not fall below
    /// `minimum`. The loss is that of the validation data, without any that of the training data.
    /// As `ReduceLROnPlateau` of PyTorch.
    public static func plateau(
        factor: Double = 0.1, patience: Int = 10, threshold: Double = 1e-4, minimum: Double = 0
    ) -> Schedule {
        var problem = unlessFromZero("plateau", "minimum", minimum)
        if patience < 0 {
            problem = outOfRange("plateau", "patience", "a number of epochs from 0", "\(patience)")
        }
        for (name, value) in [("factor", factor), ("threshold", threshold)]
        where !(0..<1).contains(value) {
            problem = outOfRange("plateau", name, "a number in 0..<1", "\(value)")
        }
        return Schedule(
            ".plateau(factor: \(factor), patience: \(patience), threshold: \(threshold), "
                + "minimum: \(minimum))", problem: problem
        ) { moment, base in
            var rate = base
            var best = Double.infinity
            var waited = 0
            for loss in moment.losses {
                if loss < best * (1 - threshold) {
                    (best, waited) = (loss, 0)
                } else {
                    waited += 1
                }
                guard waited > patience else { continue }
                waited = 0
                let lower = max(rate * factor, minimum)
                // As in PyTorch, a change that is none is left out.
                if rate - lower > 1e-8 { rate = lower }
            }
            return rate
        }
    }

    private static func unlessFromZero(
        _ schedule: String, _ argument: String, _ value: Double
    ) -> LayerError? {
        value >= 0 && value.isFinite
            ? nil : outOfRange(schedule, argument, "a number from 0", "\(value)")
    }

    private static func outOfRange(
        _ schedule: String, _ argument: String, _ expected: String, _ got: String
    ) -> LayerError {
        LayerError(
            layer: "Schedule.\(schedule)", problem: "'\(argument)' is out of range",
            expected: expected, got: got)
    }
}

private func halfCosine(from start: Double, to end: Double, at fraction: Double) -> Double {
    end + (start - end) / 2 * (1 + cos(.pi * fraction))
}
