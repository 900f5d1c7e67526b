import Language
import VisionEngine

private let rows = "let features = Tensor([[0, 0], [0, 1], [5, 5], [5, 6]])\n"
private let learned =
    rows + "let svm = LinearSVM()\nsvm.fit(features, [0, 0, 1, 1])\n"

/// What tells classes apart by features.
@RowBuilder func classifierRows() -> [Binding] {
    let c = arg("c", Double.self, default: 1, "how much the data counts against small weights")
    Binding.initializer(
        of: LinearSVM.self, c, arg("tolerance", Double.self, default: 0.01),
        arg("iterations", Int.self, default: 100, "passes at most"),
        summary: "A linear support vector machine, one class against the others.",
        example: "LinearSVM(c: 0.5)"
    ) { c, tolerance, iterations in
        try LinearSVM(c: c, tolerance: tolerance, iterations: iterations)
    }
    Binding.initializer(
        of: KNearestNeighbors.self, arg("k", Int.self, label: nil, default: 5),
        summary: "A vote of the k nearest known rows.", example: "KNearestNeighbors(3)"
    ) { k in try KNearestNeighbors(k) }
    Binding.initializer(
        of: SoftmaxRegression.self, c, arg("tolerance", Double.self, default: 1e-4),
        arg("iterations", Int.self, default: 100, "steps at most"),
        summary: "Logistic regression for several classes.", example: "SoftmaxRegression()"
    ) { c, tolerance, iterations in
        try SoftmaxRegression(c: c, tolerance: tolerance, iterations: iterations)
    }
    let features = arg("features", Tensor.self, label: nil, "[N, D]")
    let labels = arg("labels", [Int].self, label: nil)
    Binding.action(
        "fit", of: AnyClassifier.self, features, labels, summary: "Learns from labelled rows.",
        example: rows + "KNearestNeighbors(1).fit(features, [0, 0, 1, 1])"
    ) { machine, features, labels in try machine.classifier.fit(features, labels) }
    Binding.method(
        "predict", of: AnyClassifier.self, features, summary: "The label of each row.",
        example: learned + "svm.predict(features)"
    ) { machine, features in try machine.classifier.predict(features) }
    Binding.method(
        "accuracy", of: AnyClassifier.self, features, labels,
        summary: "The share of rows labelled rightly, 0...1.",
        example: learned + "svm.accuracy(features, [0, 0, 1, 1])"
    ) { machine, features, labels in try machine.classifier.accuracy(features, labels) }
    Binding.method(
        "confusion", of: AnyClassifier.self, features, labels,
        arg("classes", [String].self, default: [], "names"),
        summary: "How often each class is taken for each.",
        example: learned + "svm.confusion(features, [0, 0, 1, 1])"
    ) { machine, features, labels, classes in
        try machine.classifier.confusion(features, labels, classes: classes)
    }
    Binding.property(
        "weights", of: LinearSVM.self, summary: "The planes' directions, [K, D]; nil before fit.",
        example: learned + "svm.weights"
    ) { try $0.weights }
    Binding.property(
        "biases", of: LinearSVM.self, summary: "The planes' offsets.",
        example: learned + "svm.biases"
    ) { $0.biases }
    Binding.method(
        "scores", of: LinearSVM.self, features,
        summary: "How far each row lies on each class's side, [N, K].",
        example: learned + "svm.scores(features)"
    ) { machine, features in try machine.scores(features) }
    Binding.method(
        "neighbors", of: KNearestNeighbors.self, features,
        summary: "The positions of the nearest known rows.",
        example: rows + """
            let knn = KNearestNeighbors(2)
            knn.fit(features, [0, 0, 1, 1])
            knn.neighbors(features)
            """
    ) { machine, features in try machine.neighbors(features) }
    let softmax = rows + "let softmax = SoftmaxRegression()\nsoftmax.fit(features, [0, 0, 1, 1])\n"
    Binding.property(
        "weights", of: SoftmaxRegression.self, summary: "The weights, [K, D]; nil before fit.",
        example: softmax + "softmax.weights"
    ) { try $0.weights }
    Binding.property(
        "biases", of: SoftmaxRegression.self, summary: "The biases, one a class.",
        example: softmax + "softmax.biases"
    ) { $0.biases }
    Binding.method(
        "probabilities", of: SoftmaxRegression.self, features,
        summary: "The probability of each class for each row, [N, K].",
        example: softmax + "softmax.probabilities(features)"
    ) { machine, features in try machine.probabilities(features) }
    judgementRows()
}

@RowBuilder private func judgementRows() -> [Binding] {
    Binding.function(
        "crossValidate", arg("classifier", AnyClassifier.self, label: nil),
        arg("features", Tensor.self, label: nil, "[N, D]"),
        arg("labels", [Int].self, label: nil), arg("folds", Int.self, default: 5),
        arg("seed", Int.self, default: 0),
        summary: "Learns from all parts but one and tests on that one, in turn.",
        example: rows + "crossValidate(LinearSVM(), features, [0, 0, 1, 1], folds: 2)"
    ) { machine, features, labels, folds, seed in
        try crossValidate(machine.classifier, features, labels, folds: folds, seed: seed)
    }
    Binding.function(
        "leaveOneOut", arg("classifier", AnyClassifier.self, label: nil),
        arg("features", Tensor.self, label: nil, "[N, D]"),
        arg("labels", [Int].self, label: nil),
        arg("classes", [String].self, default: [], "names"),
        summary: "Tests each row on what was learned from all others.",
        example: rows + "leaveOneOut(KNearestNeighbors(1), features, [0, 0, 1, 1]).accuracy"
    ) { machine, features, labels, classes in
        try leaveOneOut(machine.classifier, features, labels, classes: classes)
    }
    let crossed =
        rows + "let result = crossValidate(LinearSVM(), features, [0, 0, 1, 1], folds: 2)\n"
    Binding.property(
        "accuracies", of: CrossValidation.self, summary: "The accuracy on each fold.",
        example: crossed + "result.accuracies"
    ) { $0.accuracies }
    Binding.property(
        "mean", of: CrossValidation.self, summary: "The mean accuracy.",
        example: crossed + "result.mean"
    ) { $0.mean }
    Binding.property(
        "deviation", of: CrossValidation.self, summary: "How much the folds differ.",
        example: crossed + "result.deviation"
    ) { $0.deviation }
    Binding.property(
        "predicted", of: CrossValidation.self,
        summary: "What each row was taken for by what had not learned it.",
        example: crossed + "result.predicted"
    ) { $0.predicted }
    Binding.property(
        "confusion", of: CrossValidation.self, summary: "All folds together.",
        example: crossed + "result.confusion"
    ) { $0.confusion }
    Binding.initializer(
        of: ConfusionMatrix.self, arg("labels", [Int].self, label: nil),
        arg("predicted", [Int].self, label: nil),
        arg("classes", [String].self, default: [], "names"),
        summary: "How often each class was taken for each.",
        example: "ConfusionMatrix([0, 0, 1], [0, 1, 1], classes: [\"cat\", \"dog\"])"
    ) { labels, predicted, classes in
        try ConfusionMatrix(labels, predicted, classes: classes)
    }
    let matrix = "let matrix = ConfusionMatrix([0, 0, 1], [0, 1, 1])\n"
    Binding.property(
        "counts", of: ConfusionMatrix.self,
        summary: "Classes in rows, what they were taken for in columns.",
        example: matrix + "matrix.counts"
    ) { $0.counts }
    Binding.property(
        "labels", of: ConfusionMatrix.self, summary: "The labels of rows and columns.",
        example: matrix + "matrix.labels"
    ) { $0.labels }
    Binding.property(
        "accuracy", of: ConfusionMatrix.self, summary: "The share labelled rightly, 0...1.",
        example: matrix + "matrix.accuracy"
    ) { $0.accuracy }
    Binding.property(
        "count", of: ConfusionMatrix.self, summary: "The number of rows counted.",
        example: matrix + "matrix.count"
    ) { $0.count }
    Binding.method(
        "plot", of: ConfusionMatrix.self, summary: "The counts as a heat map.",
        example: matrix + "matrix.plot()"
    ) { matrix in matrix.plot() }
}

/// Groups among features, the directions in which they differ, and words made of them.
@RowBuilder func groupingRows() -> [Binding] {
    let features = arg("features", Tensor.self, label: nil, "[N, D]")
    let pca = rows + "let pca = PCA(components: 1)\npca.fit(features)\n"
    Binding.initializer(
        of: PCA.self, arg("components", Int.self, "directions that are kept"),
        summary: "The few directions in which features differ most.",
        example: "PCA(components: 2)"
    ) { components in try PCA(components: components) }
    Binding.action(
        "fit", of: PCA.self, features, summary: "Finds the directions.",
        example: rows + "PCA(components: 1).fit(features)"
    ) { pca, features in try pca.fit(features) }
    Binding.method(
        "transformed", of: PCA.self, features,
        summary: "Where features lie along the directions, [N, k].",
        example: pca + "pca.transformed(features)"
    ) { pca, features in try pca.transformed(features) }
    Binding.method(
        "reconstructed", of: PCA.self, arg("places", Tensor.self, label: nil, "[N, k]"),
        summary: "The features at places along the directions, [N, D].",
        example: pca + "pca.reconstructed(pca.transformed(features))"
    ) { pca, places in try pca.reconstructed(places) }
    Binding.property(
        "directions", of: PCA.self, summary: "The directions, [k, D].",
        example: pca + "pca.directions"
    ) { try $0.directions }
    Binding.property(
        "variances", of: PCA.self, summary: "The variance along each direction.",
        example: pca + "pca.variances"
    ) { try $0.variances }
    Binding.property(
        "varianceRatios", of: PCA.self, summary: "The share of all variance along each.",
        example: pca + "pca.varianceRatios"
    ) { try $0.varianceRatios }
    let means = rows + "let means = KMeans(clusters: 2)\nmeans.fit(features)\n"
    Binding.initializer(
        of: KMeans.self, arg("clusters", Int.self),
        arg("iterations", Int.self, default: 100, "rounds at most"),
        arg("seed", Int.self, default: 0), summary: "Groups of features around centres.",
        example: "KMeans(clusters: 8)"
    ) { clusters, iterations, seed in
        try KMeans(clusters: clusters, iterations: iterations, seed: seed)
    }
    Binding.action(
        "fit", of: KMeans.self, features,
        arg("initial", Tensor?.self, default: nil, "first centres; far rows unless given"),
        summary: "Finds the centres.", example: rows + "KMeans(clusters: 2).fit(features)"
    ) { means, features, initial in try means.fit(features, initial: initial) }
    Binding.method(
        "assigned", of: KMeans.self, features, summary: "The nearest centre of each row.",
        example: means + "means.assigned(features)"
    ) { means, features in try means.assigned(features) }
    Binding.property(
        "centers", of: KMeans.self, summary: "The centres, [clusters, D].",
        example: means + "means.centers"
    ) { try $0.centers }
    Binding.property(
        "inertia", of: KMeans.self, summary: "The sum of squared distances to the centres.",
        example: means + "means.inertia"
    ) { try $0.inertia }
    wordRows()
}

@RowBuilder private func wordRows() -> [Binding] {
    let images = "let images = [try Image(\"cat.jpg\")]\n"
    let bag = images + "let bag = BagOfVisualWords(words: 4)\nbag.fit(images)\n"
    Binding.initializer(
        of: BagOfVisualWords.self, arg("words", Int.self),
        arg("step", Int.self, default: 4, "pixels between patches"),
        arg("size", Int.self, default: 12, "a patch's side in pixels"),
        arg("seed", Int.self, default: 0),
        summary: "Counts which small patches occur in a picture.",
        example: "BagOfVisualWords(words: 64)"
    ) { words, step, size, seed in
        try BagOfVisualWords(words: words, step: step, size: size, seed: seed)
    }
    Binding.action(
        "fit", of: BagOfVisualWords.self, arg("images", [Image].self, label: nil),
        summary: "Finds the words of some pictures.",
        example: images + "BagOfVisualWords(words: 4).fit(images)"
    ) { bag, images in try bag.fit(images) }
    Binding.action(
        "fit", of: BagOfVisualWords.self, arg("data", ImageDataset.self, label: nil),
        summary: "Finds the words of a data set's pictures.",
        example: "BagOfVisualWords(words: 8).fit(FashionMNIST().test.prefix(16))"
    ) { bag, data in try bag.fit(data) }
    Binding.method(
        "features", of: BagOfVisualWords.self, arg("images", [Image].self, label: nil),
        summary: "How often each word occurs in each picture, [N, words].",
        example: bag + "bag.features(images)"
    ) { bag, images in try bag.features(images) }
    Binding.method(
        "features", of: BagOfVisualWords.self, arg("data", ImageDataset.self, label: nil),
        summary: "How often each word occurs in each picture of a data set, [N, words].",
        example: bag + "bag.features(FashionMNIST().test.prefix(4)).shape"
    ) { bag, data in try bag.features(data) }
    Binding.property(
        "vocabulary", of: BagOfVisualWords.self, summary: "The words, [words, 128].",
        example: bag + "bag.vocabulary.shape"
    ) { try $0.vocabulary }
}
