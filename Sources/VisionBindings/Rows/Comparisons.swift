import Language
import VisionEngine

private let clothes = "let data = try FashionMNIST().test.prefix(100)\n"
private let compared =
    clothes + "let comparison = compareFeatures(data, folds: 2) { LBP(cells: 2) }\n"

/// Kinds of features beside each other.
@RowBuilder func comparisonRows() -> [Binding] {
    Binding.function(
        "compareFeatures", arg("data", ImageDataset.self, label: nil),
        arg("test", ImageDataset?.self, default: nil, "tested on in place of folds"),
        arg("classifiers", [AnyClassifier]?.self, default: nil, "a linear one, kNN, softmax"),
        arg("folds", Int.self, default: 5), arg("seed", Int.self, default: 0),
        arg("features", Builder<ExtractorItems>.self, label: nil),
        summary: "Runs kinds of features through the same classifiers and splits.",
        example: clothes + """
            compareFeatures(data, classifiers: [KNearestNeighbors(3)], folds: 2) {
                PixelFeatures(); BagOfVisualWords(words: 8)
            }
            """
    ) { data, test, classifiers, folds, seed, features in
        try compareFeatures(
            data, test: test, classifiers: classifiers?.map(\.classifier), folds: folds,
            seed: seed, features: features.values.flatMap(\.extractors))
    }
    extractorRows()
    comparisonMemberRows()
    splitComparisonRows()
}

@RowBuilder private func extractorRows() -> [Binding] {
    Binding.initializer(
        of: PixelFeatures.self, summary: "The samples themselves as features, each in 0...1.",
        example: clothes + "PixelFeatures().features(data).shape"
    ) { PixelFeatures() }
    Binding.initializer(
        of: HOG.self, arg("orientations", Int.self, default: 9),
        arg("cell", Int.self, default: 8, "pixels"), arg("block", Int.self, default: 3, "cells"),
        summary: "Histograms of oriented gradients as features.",
        example: clothes + "HOG(cell: 7, block: 2).features(data).shape"
    ) { orientations, cell, block in
        try HOG(orientations: orientations, cell: cell, block: block)
    }
    Binding.initializer(
        of: LBP.self, arg("points", Int.self, default: 8), arg("radius", Double.self, default: 1),
        arg("coding", PatternCoding.self, default: .uniform),
        arg("cells", Int.self, default: 1, "parts of a picture each way"),
        summary: "Local binary patterns as features.",
        example: clothes + "LBP(cells: 2).features(data).shape"
    ) { points, radius, coding, cells in
        LBP(points: points, radius: radius, coding: coding, cells: cells)
    }
    Binding.initializer(
        of: FeatureFunction.self, arg("name", String.self, label: nil, "for tables"),
        arg("describe", ImageFunction.self, label: nil, "as many numbers for each picture"),
        summary: "A closure that makes numbers of one picture, as features.",
        example: clothes
            + "FeatureFunction(\"rows\") { $0.tensor.mean(axis: 2) }.features(data).shape"
    ) { name, describe in FeatureFunction(name) { try describe.call($0) } }
    let network = "let model = Sequential { Flatten(); Linear(784, 12); ReLU(); Linear(12, 10) }\n"
    Binding.initializer(
        of: LearnedFeatures.self, arg("name", String.self, label: nil, "for tables"),
        arg("model", AnyLayer.self, label: nil),
        summary: "What a trained network makes of pictures before its last Linear layer.",
        example: clothes + network
            + "LearnedFeatures(\"network\", model).features(data).shape"
    ) { name, model in LearnedFeatures(name, model.layer) }
    Binding.initializer(
        of: LearnedFeatures.self, arg("name", String.self, label: nil, "for tables"),
        arg("training", ModelTraining.self, "makes a trained model of a training part"),
        summary: "The same for a network that is trained anew on each training part.",
        example: clothes + network
            + "let learned = LearnedFeatures(\"network\") { fit(model, train: $0); return model }"
    ) { name, training in LearnedFeatures(name, training: { try training.call($0) }) }
    Binding.action(
        "fit", of: AnyExtractor.self, arg("data", ImageDataset.self, label: nil),
        summary: "Learns what it needs from the pictures of a training part.",
        example: clothes + "HOG(cell: 7, block: 2).fit(data)"
    ) { extractor, data in try extractor.extractor.fit(data) }
    Binding.method(
        "features", of: AnyExtractor.self, arg("data", ImageDataset.self, label: nil),
        summary: "The numbers of every picture, [N, D].",
        example: clothes + "PixelFeatures().features(data)[0]"
    ) { extractor, data in try extractor.extractor.features(data) }
}

@RowBuilder private func splitComparisonRows() -> [Binding] {
    let splits =
        "let splits = SplitComparison([\"head\", \"scratch\"], "
        + "[[0.9, 0.86, 0.88], [0.42, 0.36, 0.4]], testShare: 0.4)\n"
    Binding.initializer(
        of: SplitComparison.self, arg("names", [String].self, label: nil, "of the ways"),
        arg("accuracies", [[Double]].self, label: nil, "of each way on each split"),
        arg("testShare", Double.self, "the share of the data that each split tested on"),
        summary: "Several ways of doing a thing on the same random splits: means, differences.",
        example: splits + "splits"
    ) { names, accuracies, testShare in
        try SplitComparison(names, accuracies, testShare: testShare)
    }
    Binding.property(
        "names", of: SplitComparison.self, summary: "What the ways are called.",
        example: splits + "splits.names"
    ) { $0.names }
    Binding.property(
        "accuracies", of: SplitComparison.self,
        summary: "The accuracy of each way on each split.", example: splits + "splits.accuracies"
    ) { $0.accuracies }
    Binding.property(
        "testShare", of: SplitComparison.self,
        summary: "The share of the data that each split tests on.",
        example: splits + "splits.testShare"
    ) { $0.testShare }
    Binding.property(
        "estimates", of: SplitComparison.self,
        summary: "The mean accuracy of each way with its 95% interval.",
        example: splits + "splits.estimates.map { $0.mean }"
    ) { $0.estimates }
    Binding.method(
        "difference", of: SplitComparison.self, arg("first", String.self, label: nil),
        arg("second", String.self, label: nil),
        summary: "By how much one way is better than another, with its 95% interval.",
        example: splits + "splits.difference(\"head\", \"scratch\").lower"
    ) { splits, first, second in try splits.difference(first, second) }
    Binding.method(
        "plot", of: SplitComparison.self,
        summary: "The mean accuracies as bars with whiskers for the 95% intervals.",
        example: splits + "splits.plot()"
    ) { $0.plot() }
}

@RowBuilder private func comparisonMemberRows() -> [Binding] {
    Binding.property(
        "results", of: FeatureComparison.self,
        summary: "The results, features by features, classifier by classifier.",
        example: compared + "comparison.results.map { $0.accuracy }"
    ) { $0.results }
    Binding.property(
        "best", of: FeatureComparison.self, summary: "The result of the greatest accuracy.",
        example: compared + "comparison.best.features"
    ) { $0.best }
    Binding.method(
        "plot", of: FeatureComparison.self,
        summary: "The accuracies as bars with whiskers for the 95% intervals.",
        example: compared + "comparison.plot()"
    ) { $0.plot() }
    Binding.property(
        "features", of: FeatureResult.self,
        summary: "The features as one writes them.",
        example: compared + "comparison.best.features"
    ) { $0.features }
    Binding.property(
        "classifier", of: FeatureResult.self,
        summary: "The classifier as one writes it.",
        example: compared + "comparison.best.classifier"
    ) { $0.classifier }
    Binding.property(
        "accuracy", of: FeatureResult.self,
        summary: "The mean accuracy of the splits, 0...1.",
        example: compared + "comparison.best.accuracy"
    ) { $0.accuracy }
    Binding.property(
        "lower", of: FeatureResult.self,
        summary: "The least that the accuracy may be, with 95% confidence.",
        example: compared + "comparison.best.lower"
    ) { $0.lower }
    Binding.property(
        "upper", of: FeatureResult.self,
        summary: "The greatest that the accuracy may be, with 95% confidence.",
        example: compared + "comparison.best.upper"
    ) { $0.upper }
    Binding.property(
        "describingSeconds", of: FeatureResult.self,
        summary: "How long it took to describe the pictures.",
        example: compared + "comparison.best.describingSeconds"
    ) { $0.describingSeconds }
    Binding.property(
        "seconds", of: FeatureResult.self,
        summary: "How long the classifier learned and answered.",
        example: compared + "comparison.best.seconds"
    ) { $0.seconds }
    Binding.property(
        "dimension", of: FeatureResult.self, summary: "How many numbers describe a picture.",
        example: compared + "comparison.best.dimension"
    ) { $0.dimension }
    Binding.property(
        "predicted", of: FeatureResult.self,
        summary: "What each tested picture was taken for, in their order.",
        example: compared + "comparison.best.predicted"
    ) { $0.predicted }
    Binding.property(
        "confusion", of: FeatureResult.self,
        summary: "How often each class is taken for each, all splits together.",
        example: compared + "comparison.best.confusion"
    ) { $0.confusion }
}
