import Hosting
import Tensors

/// How well a classifier does on rows that it did not learn from.
///
///     crossValidate(LinearSVM(), features, labels, folds: 5).mean
public struct CrossValidation: Sendable, Displayable, CustomStringConvertible {
    /// The accuracy on each fold.
    public let accuracies: [Double]
    /// What every row was taken for by the classifier that had not seen it.
    public let predicted: [Int]
    /// All folds together.
    public let confusion: ConfusionMatrix
    private let name: String

    init(name: String, accuracies: [Double], predicted: [Int], labels: [Int]) throws {
        self.name = name
        self.accuracies = accuracies
        self.predicted = predicted
        confusion = try ConfusionMatrix(labels, predicted)
    }

    private var estimate: AccuracyEstimate { AccuracyEstimate(folds: accuracies) }

    /// The mean accuracy of the folds.
    public var mean: Double { estimate.mean }

    /// How much the folds differ: the deviation of their accuracies, estimated with `n - 1`.
    public var deviation: Double { estimate.deviation }

    /// Where the accuracy lies with 95% confidence, by Student's distribution over the folds.
    public var interval: ClosedRange<Double> { estimate.interval }

    /// The mean accuracy with its 95% interval, and the folds.
    public var description: String {
        let folds = accuracies.map { formatted($0, places: 3) }.joined(separator: ", ")
        return "\(name): accuracy \(formatted(mean)) ± \(formatted(interval.upperBound - mean)) "
            + "(95%), folds \(folds)"
    }

    /// The description, with the confusion matrix of all folds.
    public func mimeBundle() throws -> MIMEBundle {
        var bundle = try confusion.mimeBundle()
        if case .text(let html)? = bundle["text/html"] {
            bundle["text/html"] = .text("<p>\(escapedHTML(description))</p>\(html)")
        }
        bundle["text/plain"] = .text(description)
        return bundle
    }
}

/// Learns from all folds but one and tests on that one, for each fold in turn.
///
/// Each fold has about the same share of each class; which rows are in which is drawn with `seed`.
/// The classifier itself learns nothing. Throws when `folds` is not 2 to 100 or there are fewer rows
/// of some class, and what `fit` throws.
///
///     crossValidate(KNearestNeighbors(3), features, labels)
public func crossValidate(
    _ classifier: any Classifier, _ features: Tensor, _ labels: [Int], folds: Int = 5,
    seed: Int = 0
) throws -> CrossValidation {
    let rows = try FeatureRows(features, "crossValidate")
    let index = try LabelIndex(labels, count: rows.count, "crossValidate")
    let divided = try StratifiedFolds(index, folds: folds, seed: seed, "crossValidate")
    var predicted = [Int](repeating: 0, count: labels.count)
    var accuracies: [Double] = []
    let reporter = ProgressReporter("Cross-validation", total: folds, unit: "folds")
    for turn in 0..<folds {
        try Host.current.cancellation.check()
        let (training, testing) = divided.split(turn)
        let learner = classifier.untrained()
        try learner.fit(try rows.selected(training), training.map { labels[$0] })
        let answers = try learner.predict(try rows.selected(testing))
        for (row, answer) in zip(testing, answers) { predicted[row] = answer }
        let right = zip(testing, answers).filter { labels[$0] == $1 }.count
        accuracies.append(Double(right) / Double(testing.count))
        reporter.advance()
    }
    reporter.finish()
    return try CrossValidation(
        name: "\(type(of: classifier))", accuracies: accuracies, predicted: predicted,
        labels: labels)
}

extension FeatureRows {
    /// Some of the rows as a tensor [n, D].
    func selected(_ positions: [Int]) throws -> Tensor {
        try Tensor.unsafeUninitialized(
            shape: [positions.count, dimension], dtype: .float32
        ) { buffer in
            guard let out = buffer.bindMemory(to: Float.self).baseAddress else { return }
            try withRows { base in
                for (row, position) in positions.enumerated() {
                    (out + row * dimension).update(
                        from: base + position * dimension, count: dimension)
                }
            }
        }
    }
}
