import Hosting
import Tensors

/// Runs several kinds of features through the same classifiers and the same splits.
///
/// Without `test` the data is divided into `folds`, each of which is tested on what was learned from
/// all others; with it all of `data` is learned from. Whatever learns, features and classifiers, sees
/// the training part of a split alone. Features are shifted to mean 0 and scaled by one number, so
/// that a classifier's settings mean the same for all of them. The classifiers are a linear machine,
/// a vote of five neighbours and softmax regression unless others are given; they themselves learn
/// nothing.
///
/// Reports progress. Throws when there is nothing to compare, `folds` is not 2 to 100 or there are
/// fewer pictures of some class, what the features and classifiers throw, and `Interrupted`.
///
///     let comparison = try compareFeatures(data.train.prefix(6000)) {
///         PixelFeatures()
///         try HOG(cell: 4, block: 2)
///         try BagOfVisualWords(words: 64)
///     }
///     comparison.best.accuracy
public func compareFeatures(
    _ data: ImageDataset, test: ImageDataset? = nil, classifiers: [any Classifier]? = nil,
    folds: Int = 5, seed: Int = 0,
    @FeatureBuilder _ features: () throws -> [any FeatureExtractor]
) throws -> FeatureComparison {
    try compareFeatures(
        data, test: test, classifiers: classifiers, folds: folds, seed: seed,
        features: try features())
}

/// The same for the features of an array.
public func compareFeatures(
    _ data: ImageDataset, test: ImageDataset? = nil, classifiers: [any Classifier]? = nil,
    folds: Int = 5, seed: Int = 0, features: [any FeatureExtractor]
) throws -> FeatureComparison {
    let machines =
        try classifiers ?? [LinearSVM(), KNearestNeighbors(5), SoftmaxRegression()]
    for (name, count) in [("features", features.count), ("classifiers", machines.count)]
    where count == 0 {
        throw TensorError(
            .value, "compareFeatures", "there are no \(name) to compare", expected: "at least 1",
            got: "0")
    }
    let splits = try FeatureSplits(data, test: test, folds: folds, seed: seed)
    let steps = features.count * splits.count * (1 + machines.count)
    let reporter = ProgressReporter("Comparing features", total: steps, unit: "steps")
    var trials: [FeatureTrial] = []
    for extractor in features {
        reporter.title = "Comparing features: \(extractor)"
        var described = DescribedData(extractor, splits)
        var rows = machines.map { FeatureTrial(extractor, $0, count: splits.tested.count) }
        for turn in 0..<splits.count {
            let places = splits.positions(turn)?.testing ?? Array(splits.tested.indices)
            let part = try quietly { try described.part(turn) }
            reporter.advance()
            for index in rows.indices {
                try rows[index].run(part, places)
                reporter.advance()
            }
        }
        for index in rows.indices { rows[index].describingSeconds = described.seconds }
        trials += rows
    }
    reporter.finish()
    return try FeatureComparison(
        trials, splits, classifiers: machines.count, classes: data.classes)
}

/// Runs a part of the comparison, whose own progress is not told.
private func quietly<R>(_ body: () throws -> R) throws -> R {
    try Host.current.cancellation.check()
    return try Host.$current.withValue(Host.current.withoutProgress) { try body() }
}

/// What is learned from and what is tested on, in turn.
struct FeatureSplits {
    let data: ImageDataset
    /// A test part of its own; `nil` where folds of the data are tested on.
    let test: ImageDataset?
    private let folds: StratifiedFolds?

    init(_ data: ImageDataset, test: ImageDataset?, folds: Int, seed: Int) throws {
        let index = try LabelIndex(data.labels, count: data.count, "compareFeatures")
        self.data = data
        self.test = test
        guard let test else {
            self.folds = try StratifiedFolds(index, folds: folds, seed: seed, "compareFeatures")
            return
        }
        self.folds = nil
        guard test.count > 0, test.imageShape == data.imageShape else {
            throw TensorError(
                .shape, "compareFeatures", "the test pictures do not fit",
                expected: "at least one of shape \(data.imageShape)",
                got: "\(test.count) of shape \(test.imageShape)")
        }
    }

    var count: Int { folds?.count ?? 1 }

    /// The positions of a split's rows in the data; `nil` where there is a test part of its own.
    func positions(_ turn: Int) -> (training: [Int], testing: [Int])? { folds?.split(turn) }

    /// The pictures of a split.
    func pictures(_ turn: Int) -> (training: ImageDataset, testing: ImageDataset) {
        if let positions = positions(turn) {
            return (
                ImageDataset(data, positions: positions.training),
                ImageDataset(data, positions: positions.testing)
            )
        }
        return (data, tested)
    }

    /// The pictures that are tested on.
    var tested: ImageDataset { test ?? data }
}

/// The features of one split, ready for any classifier.
struct FeaturePart {
    let training: Tensor
    let trainingLabels: [Int]
    let testing: Tensor
    let testingLabels: [Int]
}

/// A data set described by one kind of features, split after split.
private struct DescribedData {
    private let extractor: any FeatureExtractor
    private let splits: FeatureSplits
    /// The features of all the data, where they are the same for every split.
    private var all: FeatureRows?
    /// How long learning and describing took so far.
    private(set) var seconds = 0.0

    init(_ extractor: any FeatureExtractor, _ splits: FeatureSplits) {
        self.extractor = extractor
        self.splits = splits
    }

    mutating func part(_ turn: Int) throws -> FeaturePart {
        let pictures = splits.pictures(turn)
        let start = ContinuousClock.now
        let training: (rows: FeatureRows, positions: [Int])
        let testing: (rows: FeatureRows, positions: [Int])
        if !extractor.learns, let positions = splits.positions(turn) {
            let rows = try all ?? rows(extractor, splits.data)
            all = rows
            (training, testing) = ((rows, positions.training), (rows, positions.testing))
        } else {
            let learner = try extractor.untrained()
            try learner.fit(pictures.training)
            let rows = try (
                self.rows(learner, pictures.training), self.rows(learner, pictures.testing)
            )
            training = (rows.0, Array(0..<rows.0.count))
            testing = (rows.1, Array(0..<rows.1.count))
        }
        seconds += (ContinuousClock.now - start).inSeconds
        let scaling = try RowScaling(training.rows, training.positions)
        return FeaturePart(
            training: try scaling.apply(training.rows, training.positions),
            trainingLabels: pictures.training.labels,
            testing: try scaling.apply(testing.rows, testing.positions),
            testingLabels: pictures.testing.labels)
    }

    private func rows(_ extractor: any FeatureExtractor, _ data: ImageDataset) throws -> FeatureRows
    {
        let rows = try FeatureRows(try extractor.features(data), "\(extractor)")
        guard rows.count == data.count else {
            throw TensorError(
                .shape, "\(extractor)", "there is not one row of features a picture",
                expected: "\(data.count) rows", got: "\(rows.count)")
        }
        return rows
    }
}

/// One kind of features with one classifier.
struct FeatureTrial {
    let features: String
    let classifier: any Classifier
    /// How many numbers describe a picture.
    private(set) var dimension = 0
    /// The accuracy of each split.
    private(set) var accuracies: [Double] = []
    /// What each picture was taken for, in their order.
    private(set) var predicted: [Int]
    /// How long the classifier learned and answered.
    private(set) var seconds = 0.0
    /// How long it took to describe the pictures.
    var describingSeconds = 0.0

    /// A trial that tests `count` pictures.
    init(_ extractor: any FeatureExtractor, _ classifier: any Classifier, count: Int) {
        features = "\(extractor)"
        self.classifier = classifier.untrained()
        predicted = [Int](repeating: 0, count: count)
    }

    /// Learns from the training part of a split and tests on the others, which stand at `places`.
    mutating func run(_ rows: FeaturePart, _ places: [Int]) throws {
        let start = ContinuousClock.now
        let answers = try quietly {
            let learner = classifier.untrained()
            try learner.fit(rows.training, rows.trainingLabels)
            return try learner.predict(rows.testing)
        }
        seconds += (ContinuousClock.now - start).inSeconds
        dimension = rows.testing.count / max(1, answers.count)
        let right = zip(answers, rows.testingLabels).filter { $0 == $1 }.count
        accuracies.append(Double(right) / Double(max(1, answers.count)))
        for (place, answer) in zip(places, answers) { predicted[place] = answer }
    }
}
