import Glibc
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

    /// The mean accuracy of the folds.
    public var mean: Double { accuracies.reduce(0, +) / Double(accuracies.count) }

    /// How much the folds differ: the deviation of their accuracies, estimated with `n - 1`.
    public var deviation: Double {
        let mean = mean
        let squares = accuracies.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
        return (squares / Double(accuracies.count - 1)).squareRoot()
    }

    /// Where the accuracy lies with 95% confidence, by Student's distribution over the folds.
    public var interval: ClosedRange<Double> {
        // Student's 97.5% quantiles for 1 to 9 degrees of freedom; then an expansion of them.
        let quantiles = [12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262]
        let degrees = accuracies.count - 1
        let z = 1.959_964
        let quantile =
            degrees <= quantiles.count
            ? quantiles[degrees - 1] : z + (z * z * z + z) / (4 * Double(degrees))
        let reach = quantile * deviation / Double(accuracies.count).squareRoot()
        return (mean - reach)...(mean + reach)
    }

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
    let least = Dictionary(grouping: labels, by: \.self).values.map(\.count).min() ?? 0
    guard folds >= 2, folds <= 100, folds <= least else {
        throw TensorError(
            .value, "crossValidate", "wrong number of folds",
            expected: "2 to \(max(2, min(100, least))), as many as the smallest class has rows",
            got: "\(folds)")
    }
    var generator = RandomGenerator(seed: seed)
    var fold = [Int](repeating: 0, count: labels.count)
    for position in index.classes.indices {
        var members = index.positions.indices.filter { index.positions[$0] == position }
        members.shuffle(using: &generator)
        // Starting where the last class ended keeps the folds of one size.
        for (turn, member) in members.enumerated() { fold[member] = (turn + position) % folds }
    }
    var predicted = [Int](repeating: 0, count: labels.count)
    var accuracies: [Double] = []
    let reporter = ProgressReporter("Cross-validation", total: folds, unit: "folds")
    for turn in 0..<folds {
        try Host.current.cancellation.check()
        let training = labels.indices.filter { fold[$0] != turn }
        let testing = labels.indices.filter { fold[$0] == turn }
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
