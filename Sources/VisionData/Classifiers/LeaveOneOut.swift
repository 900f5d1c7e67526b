import Hosting
import Tensors

/// Takes each row for what a classifier says of it that has learned from all others: the test for
/// little data, which wastes none of it.
///
///     let result = try leaveOneOut(KNearestNeighbors(1), features, labels)
///     result.accuracy
///
/// The classifier itself learns nothing. Reports progress. Throws where there are fewer than three
/// rows, what `fit` throws, and `Interrupted`.
public func leaveOneOut(
    _ classifier: any Classifier, _ features: Tensor, _ labels: [Int], classes: [String] = []
) throws -> ConfusionMatrix {
    let rows = try FeatureRows(features, "leaveOneOut")
    _ = try LabelIndex(labels, count: rows.count, "leaveOneOut")
    guard rows.count > 2 else {
        throw TensorError(
            .value, "leaveOneOut", "too few rows", expected: "at least 3", got: "\(rows.count)")
    }
    var predicted: [Int] = []
    let reporter = ProgressReporter("Leave-one-out", total: rows.count, unit: "rows")
    for left in 0..<rows.count {
        try Host.current.cancellation.check()
        let others = (0..<rows.count).filter { $0 != left }
        let learner = classifier.untrained()
        try Host.$current.withValue(Host.current.withoutProgress) {
            try learner.fit(try rows.selected(others), others.map { labels[$0] })
        }
        predicted += try learner.predict(try rows.selected([left]))
        reporter.advance()
    }
    reporter.finish()
    return try ConfusionMatrix(labels, predicted, classes: classes)
}
