import Glibc
import Hosting
import Training

/// What the curves of a run of `fit` show, in words, with the numbers that say so.
///
/// Tells of overfitting, of a learning rate that is too high, of a network that only guesses, of a
/// run that ended too early or stood still, of validation figures that jump, of a model that waits
/// for its data, and of dead units where the run was looked at. What the curves do not show
/// clearly, beyond the scatter that they have from epoch to epoch, is left out: no finding is the
/// answer for a run that went well, and for one that is too short to tell.
///
///     let history = try fit(model, train: data.train, validation: data.test, epochs: 10)
///     explain(history)             // overfitting from epoch 4: ...
///     explain(history).findings.first?.kind
public func explain(_ history: History) -> HistoryExplanation {
    let curves = HistoryCurves(history)
    return HistoryExplanation(
        findings: [
            curves.divergence, curves.guessing, curves.overfitting, curves.unfinished,
            curves.plateau,
            curves.noise, curves.waiting, curves.deadUnits,
        ].compactMap { $0 })
}

/// What the curves of a run show.
public struct HistoryExplanation: Sendable, Equatable, CustomStringConvertible, Displayable {
    /// One thing that the curves show clearly.
    public struct Finding: Sendable, Equatable {
        /// What sort of thing.
        public let kind: FindingKind
        /// It in a few words, such as `overfitting from epoch 4`.
        public let statement: String
        /// The numbers that show it.
        public let evidence: String
        /// What usually helps.
        public let advice: String
        /// The epoch from which on, where it is of epochs.
        public let epoch: Int?
    }

    /// What the curves of a run can show.
    public enum FindingKind: String, Sendable, CaseIterable {
        /// The training loss rose far above its lowest, or jumped up again and again.
        case learningRateTooHigh
        /// The training loss ended no lower than that of guessing.
        case guessing
        /// The validation loss rose to the end, while the training loss went on falling.
        case overfitting
        /// The losses were still falling steadily in the last epochs.
        case notConverged
        /// The training loss stood still over half of the run, far from 0.
        case plateau
        /// The validation loss jumped by much more than it changed over the run.
        case noise
        /// More than 30% of the time went by waiting for pictures.
        case waitingForData
        /// More than half of the units behind a rectifier are 0 for every image of a batch.
        case deadUnits
    }

    /// What is clear, the most important first; empty where nothing is.
    public let findings: [Finding]

    /// A line for each finding with its evidence and advice; that there is none.
    public var description: String {
        guard !findings.isEmpty else { return "The curves show nothing that is sure." }
        return findings.map { "\($0.statement): \($0.evidence); \($0.advice)" }
            .joined(separator: "\n")
    }

    /// The findings as text and as a table.
    public func mimeBundle() throws -> MIMEBundle {
        guard !findings.isEmpty else { return MIMEBundle(plain: description) }
        var table = TextTable(
            columns: ["finding", "evidence", "what helps"], wordColumns: [0, 1, 2])
        table.rows = findings.map { [$0.statement, $0.evidence, $0.advice] }
        return table.mimeBundle(plain: description)
    }
}

/// The curves of a run, and what can be said of them for sure.
struct HistoryCurves {
    typealias Finding = HistoryExplanation.Finding

    private let history: History
    private let train: [Double]
    private let validation: [Double]

    init(_ history: History) {
        self.history = history
        train = history.epochs.map(\.train.loss)
        let losses = history.epochs.map(\.validation.loss)
        validation = losses.contains { !$0.isFinite } ? [] : losses
    }

    /// The scatter of a curve from epoch to epoch: how far its points lie from the middle of their
    /// neighbours, as the median over the inner ones times what makes it a standard deviation.
    static func scatter(_ values: [Double]) -> Double {
        guard values.count > 2 else { return .infinity }
        var distances: [Double] = []
        for index in 1..<values.count - 1 {
            let middle = (values[index - 1] + values[index + 1]) / 2
            distances.append(abs(values[index] - middle))
        }
        distances.sort()
        // A middle of two has half the variance of each, which the point's own adds to.
        return distances[distances.count / 2] * 1.4826 / 1.5.squareRoot()
    }

    /// The validation loss has risen clearly and to the end, while the training loss went on
    /// falling.
    var overfitting: Finding? {
        guard validation.count >= 4, train.allSatisfy(\.isFinite),
            let best = validation.indices.min(by: { validation[$0] < validation[$1] }),
            best <= validation.count - 3
        else { return nil }
        let after = Array(validation[(best + 1)...])
        let scatter = Self.scatter(validation)
        let clear = max(3 * scatter, 0.03 * validation[best])
        let end = (after[after.count - 1] + after[after.count - 2]) / 2
        let falls = train[best] - train[train.count - 1]
        guard end - validation[best] > clear, falls > 0.05 * train[best],
            Self.rises(Array(validation[best...]))
        else { return nil }
        let rise = Self.course(validation[best], validation[validation.count - 1])
        let fall = Self.course(train[best], train[train.count - 1])
        return Finding(
            kind: .overfitting, statement: "overfitting from epoch \(best + 2)",
            evidence:
                "the validation loss rose \(rise) after epoch \(best + 1), while the training "
                + "loss fell \(fall)",
            advice: "earlyStopping: EarlyStopping() keeps the best weights; augmentation, weight "
                + "decay or dropout let it learn longer", epoch: best + 2)
    }

    /// The loss of the steps has risen far above what it was, or jumps up again and again.
    var divergence: Finding? {
        let steps = history.stepLosses
        guard steps.count >= 20 else { return nil }
        let advice = "a lower learning rate, a warm-up, or gradientClipping: .norm(1)"
        let last = history.last.learningRate
        let rate = last.isFinite ? " at a learning rate of \(Self.text(last))" : ""
        let width = max(5, steps.count / 20)
        let means = stride(from: 0, through: steps.count - width, by: width).map {
            steps[$0..<$0 + width].reduce(0, +) / Double(width)
        }
        guard let first = means.first, let end = means.last, means.count >= 3,
            let least = means.indices.min(by: { means[$0] < means[$1] }),
            means.allSatisfy(\.isFinite)
        else { return nil }
        let tail = means.suffix(max(2, means.count / 4))
        let scatter = Self.scatter(means)
        // All of the last quarter lies above the lowest stretch, far beyond the scatter.
        if end > 1.3 * means[least] + 3 * scatter, least < means.count - tail.count,
            tail.allSatisfy({ $0 > 1.2 * means[least] + 3 * scatter })
        {
            return Finding(
                kind: .learningRateTooHigh, statement: "learning rate too high",
                evidence: "the training loss rose \(Self.course(means[least], end)) after its "
                    + "lowest\(rate)", advice: advice, epoch: nil)
        }
        // From the second stretch on, the first has its own course.
        if tail.allSatisfy({ $0 > 1.5 * first + 3 * scatter }) {
            return Finding(
                kind: .learningRateTooHigh, statement: "learning rate too high",
                evidence: "the training loss rose \(Self.course(first, end)) from the first steps "
                    + "on\(rate)", advice: advice, epoch: nil)
        }
        let median = steps.sorted()[steps.count / 2]
        let start = steps.prefix(width).max() ?? .infinity
        let spikes = steps.dropFirst(width).count { $0 > 10 * median && $0 > 2 * start }
        guard spikes >= 3, median > 0 else { return nil }
        return Finding(
            kind: .learningRateTooHigh, statement: "learning rate too high",
            evidence: "the loss of \(spikes) steps was more than 10 times its median of "
                + "\(Self.text(median)) and twice what it began with\(rate)",
            advice: advice, epoch: nil)
    }

    /// The cross-entropy of the last quarter of the steps is no lower than that of giving all
    /// classes the same probability, after steps that threw it up, or falling no more.
    var guessing: Finding? {
        let steps = history.stepLosses
        guard let chance = history.chanceLoss, steps.count >= 30, let first = steps.first,
            steps.allSatisfy(\.isFinite)
        else { return nil }
        let tail = Array(steps.suffix(steps.count / 4))
        let mean = Self.mean(tail)
        let (early, late) = (tail.prefix(tail.count / 2), tail.suffix(tail.count / 2))
        let spread = Self.mean(tail.map { ($0 - mean) * ($0 - mean) })
        // Twice the standard error of the difference of the halves.
        let error = 4 * (spread / Double(tail.count)).squareRoot()
        let falls = Self.mean(late) < Self.mean(early) - error
        // Steps that make a network worse than it was without any are too long; one that stands
        // still may have other reasons, and may be about to move in its first epoch.
        let width = max(3, steps.count / 50)
        let peak = (1...steps.count - width).lazy.map { Self.mean(steps[$0..<$0 + width]) }.max()
        let isThrown = (peak ?? first) > 1.5 * max(first, chance)
        guard mean >= chance, isThrown || (!falls && train.count > 1) else { return nil }
        let classes = Int(exp(chance).rounded())
        let rate = history.last.learningRate
        return Finding(
            kind: .guessing, statement: "the network guesses",
            evidence: "a training loss of \(Self.text(mean)) at the end is no better than chance, "
                + "\(Self.text(chance)) for \(classes) classes"
                + (isThrown
                    ? ", and it began with \(Self.text(first)) and rose to "
                        + "\(Self.text(peak ?? first))"
                        + (rate.isFinite ? " at a learning rate of \(Self.text(rate))" : "") : ""),
            advice: isThrown
                ? "the learning rate is too high: a lower one (findLearningRate), a warm-up, or "
                    + "gradientClipping: .norm(1)"
                : "another learning rate (findLearningRate), or a check of labels, inputs and what "
                    + "is frozen", epoch: nil)
    }

    private static func mean(_ values: some Collection<Double>) -> Double {
        values.reduce(0, +) / Double(max(1, values.count))
    }

    /// The losses were falling steadily and clearly to the last epoch.
    var unfinished: Finding? {
        guard train.count >= 4, train.allSatisfy(\.isFinite) else { return nil }
        let watched = validation.isEmpty ? train : validation
        for curve in [train, watched] {
            let last = curve.suffix(4)
            let falls = zip(last, last.dropFirst()).map { $0 - $1 }
            let total = last.first.map { $0 - curve[curve.count - 1] } ?? 0
            guard falls.allSatisfy({ $0 > 0 }), total > 0.08 * curve[curve.count - 1],
                // The last step is no crumb of the ones before it.
                falls[2] > 0.02 * curve[curve.count - 1], falls[2] > 0.4 * falls[0],
                total > 3 * Self.scatter(curve)
            else { return nil }
        }
        let fall = Self.course(watched[watched.count - 4], watched[watched.count - 1])
        let name = validation.isEmpty ? "training" : "validation"
        return Finding(
            kind: .notConverged, statement: "not converged after epoch \(train.count)",
            evidence: "the \(name) loss still fell in each of the last 3 epochs, \(fall)",
            advice: "more epochs, or a higher learning rate", epoch: train.count)
    }

    /// The training loss has stood still over half of the run, far from nothing, at a rate at which
    /// it could have moved.
    var plateau: Finding? {
        guard guessing == nil, train.count >= 6, train.allSatisfy(\.isFinite),
            let first = train.first
        else { return nil }
        let half = Array(train.suffix(max(4, train.count / 2)))
        guard let high = half.max(), let low = half.min(), high - low < 0.01 * low,
            low > 0.3 * first
        else { return nil }
        let rates = history.epochs.map(\.learningRate)
        guard let peak = rates.max(), let rate = rates.last, rate.isFinite, rate > 0.05 * peak
        else {
            return nil
        }
        let since = train.count - half.count + 1
        return Finding(
            kind: .plateau, statement: "no progress since epoch \(since)",
            evidence: "the training loss stayed between \(Self.text(low)) and \(Self.text(high)), "
                + "after \(Self.text(first)) in the first epoch",
            advice: "another learning rate (findLearningRate), or a check of labels, inputs and "
                + "what is frozen", epoch: since)
    }

    /// The validation loss jumps by much more than it changes over the run.
    var noise: Finding? {
        guard validation.count >= 6, overfitting == nil else { return nil }
        let late = Array(validation.suffix(max(5, validation.count * 2 / 3)))
        let mean = late.reduce(0, +) / Double(late.count)
        let scatter = Self.scatter(late)
        let steps = zip(late, late.dropFirst()).map { $1 - $0 }
        let turns = zip(steps, steps.dropFirst()).count { $0 * $1 < 0 }
        guard scatter > 0.15 * mean, turns * 2 >= steps.count - 1,
            abs(late[late.count - 1] - late[0]) < 3 * scatter
        else { return nil }
        return Finding(
            kind: .noise, statement: "the validation loss jumps",
            evidence: "by about \(Self.text(scatter)) from epoch to epoch, around "
                + Self.text(mean),
            advice: "a lower learning rate at the end (.cosine), ema:, or more validation data",
            epoch: nil)
    }

    /// A good part of the time went by waiting for pictures.
    var waiting: Finding? {
        let waited = history.epochs.reduce(0) { $0 + $1.secondsWaiting }
        guard history.seconds > 2, waited > 0.3 * history.seconds else { return nil }
        return Finding(
            kind: .waitingForData, statement: "training waits for its data",
            evidence: "\(Self.text(waited)) of \(Self.text(history.seconds)) seconds went by until "
                + "pictures were read and changed",
            advice: "smaller files, cheaper transforms, or a larger model for the same time",
            epoch: nil)
    }

    /// More than half of the units behind a rectifier are zero for every image, at the last look.
    var deadUnits: Finding? {
        let dead = history.statistics.last?.activations.filter { ($0.deadShare ?? 0) > 0.5 } ?? []
        guard let worst = dead.max(by: { ($0.deadShare ?? 0) < ($1.deadShare ?? 0) }) else {
            return nil
        }
        return Finding(
            kind: .deadUnits, statement: "dead units behind \(worst.name)",
            evidence: "\(Self.text(100 * (worst.deadShare ?? 0)))% are zero for every image of a "
                + "batch" + (dead.count > 1 ? ", and in \(dead.count - 1) layers more" : ""),
            advice: "a lower learning rate, LeakyReLU, or batch normalisation before the rectifier",
            epoch: nil)
    }

    /// Whether the pairs of a curve rise far more often than they fall (Mann's test, 1945).
    private static func rises(_ values: [Double]) -> Bool {
        var (up, all) = (0, 0)
        for (index, value) in values.enumerated() {
            for later in values[(index + 1)...] {
                up += later > value ? 1 : 0
                all += 1
            }
        }
        return Double(up) >= 0.75 * Double(all)
    }

    /// From one number to another, in words.
    private static func course(_ from: Double, _ to: Double) -> String {
        "from \(text(from)) to \(text(to))"
    }

    private static func text(_ value: Double) -> String {
        guard value.magnitude < 0.01, value != 0, value.isFinite else {
            return formatted(value, places: value < 10 ? 3 : 1)
        }
        let scale = pow(10, 1 - log10(value.magnitude).rounded(.down))
        return "\((value * scale).rounded() / scale)"
    }
}
