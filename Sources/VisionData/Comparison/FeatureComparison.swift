import Hosting
import Plots

/// What one kind of features gave with one classifier.
public struct FeatureResult: Sendable {
    /// The features as one writes them.
    public let features: String
    /// The classifier as one writes it.
    public let classifier: String
    /// How many numbers describe a picture.
    public let dimension: Int
    /// The accuracy and where it lies with 95% confidence: by Student's distribution over the
    /// folds, or by Wilson's interval for the pictures of one test part.
    public let estimate: AccuracyEstimate
    /// How long it took to learn the features and to describe the pictures, all splits together.
    public let describingSeconds: Double
    /// How long the classifier learned and answered, all splits together.
    public let seconds: Double
    /// What each tested picture was taken for by what had not learned from it, in their order.
    public let predicted: [Int]
    /// How often each class was taken for each, all splits together.
    public let confusion: ConfusionMatrix

    /// The mean accuracy of the splits, 0...1.
    public var accuracy: Double { estimate.mean }
    /// The least that the accuracy may be, with 95% confidence.
    public var lower: Double { estimate.interval.lowerBound }
    /// The greatest that the accuracy may be, with 95% confidence.
    public var upper: Double { estimate.interval.upperBound }
}

/// How well classes can be told apart by several kinds of features, as `compareFeatures` found it.
///
/// It shows itself as a table and a chart, both with 95% intervals.
public struct FeatureComparison: Sendable, CustomStringConvertible {
    /// The results, features by features in the order of the block, classifier by classifier.
    public let results: [FeatureResult]
    /// How many pictures were tested on, how often, and what was learned from.
    private let note: String
    /// How many results each kind of features has.
    private let classifiers: Int

    init(
        _ trials: [FeatureTrial], _ splits: FeatureSplits, classifiers: Int, classes: [String]
    ) throws {
        self.classifiers = classifiers
        let labels = splits.tested.labels
        let kinds = trials.map { "\(type(of: $0.classifier))" }
        let names = Set(trials.map { "\($0.classifier)" })
        // A classifier's settings are told where there are two of a kind.
        let isPlain = Set(kinds).count == names.count
        results = try zip(trials, kinds).map { trial, kind in
            let confusion = try ConfusionMatrix(labels, trial.predicted, classes: classes)
            let right = zip(labels, trial.predicted).filter { $0 == $1 }.count
            return FeatureResult(
                features: trial.features, classifier: isPlain ? kind : "\(trial.classifier)",
                dimension: trial.dimension,
                estimate: splits.test == nil
                    ? AccuracyEstimate(folds: trial.accuracies)
                    : AccuracyEstimate(right: right, of: labels.count),
                describingSeconds: trial.describingSeconds, seconds: trial.seconds,
                predicted: trial.predicted, confusion: confusion)
        }
        note =
            splits.test.map {
                "learned from \(grouped(splits.data.count)) pictures, tested on "
                    + grouped($0.count)
            } ?? "\(splits.count) folds of \(grouped(splits.data.count)) pictures"
    }

    /// The result of the greatest accuracy.
    public var best: FeatureResult {
        // There is at least one: nothing to compare is an error.
        results.dropFirst().reduce(results[0]) { $1.accuracy > $0.accuracy ? $1 : $0 }
    }

    /// The accuracies as bars, features beside features, with whiskers for the 95% intervals.
    public func plot() -> Chart {
        let groups = rows
        let classifiers = groups.first?.map(\.classifier) ?? []
        return Chart(
            title: "Accuracy of features", yLabel: "accuracy",
            series: classifiers.indices.map { index in
                .bars(
                    classifiers[index], groups.map { $0[index].accuracy },
                    intervals: groups.map { $0[index].estimate.interval })
            },
            categories: groups.compactMap { $0.first?.features })
    }

    /// The results of each kind of features together.
    private var rows: [[FeatureResult]] {
        stride(from: 0, to: results.count, by: classifiers).map {
            Array(results[$0..<min($0 + classifiers, results.count)])
        }
    }

    private var table: TextTable {
        let rows = rows
        let classifiers = rows.first?.map(\.classifier) ?? []
        var table = TextTable(
            columns: ["features", "numbers", "seconds"] + classifiers.flatMap { [$0, "seconds"] },
            wordColumns: [0])
        table.rows = rows.compactMap { row in
            guard let first = row.first else { return nil }
            let answers = row.flatMap { ["\($0.estimate)", formatted($0.seconds, places: 1)] }
            return [
                first.features, grouped(first.dimension),
                formatted(first.describingSeconds, places: 1),
            ] + answers
        }
        table.footer = ["accuracy with its 95% interval, \(note)"]
        return table
    }

    /// A line for each kind of features: how many numbers it makes of a picture and how long that
    /// took, then for each classifier the accuracy with its interval, and its time.
    public var description: String { table.text }
}

extension FeatureComparison: Displayable {
    /// The table as text; for a notebook the table and the chart below it.
    public func mimeBundle() throws -> MIMEBundle {
        table.mimeBundle(
            below: try plot().inlineHTML(height: 360, alternative: "accuracy of features"))
    }
}
