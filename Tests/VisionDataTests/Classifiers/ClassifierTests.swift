import Foundation
import Hosting
import Tensors
import Testing
import VisionData

@Suite("Classifiers")
struct ClassifierTests {
    /// The digits' pixels, [1797, 64]: the first 1000 to learn from, the others to test with.
    private struct Digits {
        let pixels: Tensor
        let labels: [Int]
        let training: Tensor
        let testing: Tensor
        var trainingLabels: [Int] { Array(labels.prefix(1000)) }
        var testingLabels: [Int] { Array(labels.dropFirst(1000)) }

        init(scale: Double) throws {
            let stored = try FeatureFixture.expected("pixels", FeatureFixture.digits)
            pixels = try Tensor.multiplying(stored.cast(to: .float32), .real(scale))
            labels = try FeatureFixture.expected("labels", FeatureFixture.digits)
                .scalars(as: Int.self)
            training = try pixels.indexed(by: [0..<1000])
            testing = try pixels.indexed(by: [1000..<1797])
        }
    }

    private func expected(_ name: String) throws -> Tensor {
        try FeatureFixture.expected(name, FeatureFixture.digits)
    }

    @Test("a linear machine finds scikit-learn's planes")
    func linear() throws {
        let digits = try Digits(scale: 1.0 / 16)
        let svm = try LinearSVM(c: 0.5, tolerance: 1e-4, iterations: 2000)
        try svm.fit(digits.training, digits.trainingLabels)
        let weights = try #require(try svm.weights)
        try expectClose(weights, try expected("svm.weights"), tolerance: 2e-3, "weights")
        let biases = try expected("svm.biases").scalars(as: Double.self)
        for (got, wanted) in zip(svm.biases, biases) { #expect(abs(got - wanted) < 2e-3) }
        let predicted = try svm.predict(digits.testing)
        let wanted = try expected("svm.predicted").scalars(as: Int.self)
        let same = zip(predicted, wanted).filter { $0 == $1 }.count
        #expect(same >= 796, "\(same) of 797")
        #expect(try svm.scores(digits.testing).shape == [797, 10])
    }

    @Test("neighbours are scikit-learn's")
    func neighbors() throws {
        let digits = try Digits(scale: 1)
        let knn = try KNearestNeighbors(5)
        try knn.fit(digits.training, digits.trainingLabels)
        let predicted = try knn.predict(digits.testing)
        let wanted = try expected("knn.predicted").scalars(as: Int.self)
        let different = predicted.indices.filter { predicted[$0] != wanted[$0] }
        #expect(different.count <= 1, "rows \(different)")
        #expect(try knn.neighbors(digits.training)[17][0] == 17)
        #expect(try knn.accuracy(digits.testing, digits.testingLabels) > 0.95)
        let one = try KNearestNeighbors(1)
        try one.fit(digits.training, digits.trainingLabels)
        #expect(try one.accuracy(digits.training, digits.trainingLabels) == 1)
    }

    @Test("softmax regression has scikit-learn's probabilities")
    func softmax() throws {
        let digits = try Digits(scale: 1.0 / 16)
        let softmax = try SoftmaxRegression(tolerance: 1e-6, iterations: 1000)
        try softmax.fit(digits.training, digits.trainingLabels)
        try expectClose(
            try softmax.probabilities(digits.testing), try expected("softmax.probabilities"),
            tolerance: 1e-3, "probabilities")
        #expect(try softmax.accuracy(digits.testing, digits.testingLabels) > 0.9)
    }

    @Test("labels may be any whole numbers, and features of several axes are rows")
    func labels() throws {
        let points = try Tensor(
            [
                [[0.0, 0.0]], [[0.1, 0.2]], [[5.0, 5.0]], [[5.2, 4.9]], [[0.0, 9.0]], [[0.3, 9.1]],
            ])
        let names = [-7, -7, 1_000_000_007, 1_000_000_007, 3, 3]
        let machines: [any Classifier] = [
            try LinearSVM(c: 10), try KNearestNeighbors(2), try SoftmaxRegression(c: 100),
        ]
        for machine in machines {
            try machine.fit(points, names)
            #expect(try machine.predict(points) == names, "\(machine)")
            #expect(throws: TensorError.self) { try machine.untrained().predict(points) }
        }
    }

    @Test("impossible requests are errors that say what was expected")
    func errors() throws {
        let features = try Tensor.rand([4, 3])
        let svm = try LinearSVM()
        #expect(
            errorText { try svm.fit(features, [0, 1]) }
                == "fit: not as many labels as rows of features, expected 4 labels, got 2")
        #expect(
            errorText { try svm.fit(features, [1, 1, 1, 1]) }
                == "fit: there is nothing to tell apart, expected at least 2 classes, got 1")
        #expect(
            errorText { _ = try svm.predict(features) }
                == "predict: it has learned nothing yet, expected fit(features, labels) first")
        let broken = try Tensor([[1, .nan], [0, 1]] as [[Double]])
        #expect(errorText { try svm.fit(broken, [0, 1]) }.contains("not all finite numbers"))
        try svm.fit(features, [0, 1, 0, 1])
        #expect(
            errorText { _ = try svm.predict(try Tensor.rand([2, 5])) }
                == """
                predict: features of another length than those that were learned from, \
                expected 3 numbers a row, got 5
                """)
        #expect(throws: TensorError.self) { try svm.fit(try Tensor.rand([3]), [0, 1, 0]) }
        #expect(throws: TensorError.self) { try LinearSVM(c: -1) }
        #expect(throws: TensorError.self) { try KNearestNeighbors(0) }
        #expect(throws: TensorError.self) { try SoftmaxRegression(tolerance: .nan) }
    }

    @Test("an interrupt ends learning")
    func interrupted() throws {
        let host = Host(output: StandardOutput())
        host.cancellation.request()
        let digits = try Digits(scale: 1)
        try Host.$current.withValue(host) {
            let (features, labels) = (digits.training, digits.trainingLabels)
            let (svm, softmax) = (try LinearSVM(), try SoftmaxRegression())
            #expect(throws: Interrupted.self) { try svm.fit(features, labels) }
            #expect(throws: Interrupted.self) { try softmax.fit(features, labels) }
            let means = try KMeans(clusters: 3)
            #expect(throws: Interrupted.self) { try means.fit(features) }
        }
    }

    @Test("each row is tested on what was learned from all others")
    func leavingOneOut() throws {
        // Pairs of neighbours, and one row whose neighbour is of the other class.
        let features = try Tensor([[0.0], [1], [10], [11], [20], [21], [2.5]])
        let labels = [0, 0, 1, 1, 0, 0, 1]
        let learner = try KNearestNeighbors(1)
        let result = try leaveOneOut(learner, features, labels, classes: ["a", "b"])
        #expect(result.counts == [[4, 0], [1, 2]])
        #expect(result.description.contains("a") && result.count == 7)
        #expect(throws: TensorError.self) { try learner.predict(features) }
        #expect(throws: TensorError.self) {
            try leaveOneOut(learner, try Tensor([[0.0], [1]]), [0, 1])
        }
    }

    @Test("cross-validation tests each row once, on what was not learned")
    func crossValidation() throws {
        let digits = try Digits(scale: 1.0 / 16)
        let result = try crossValidate(
            try KNearestNeighbors(3), digits.pixels, digits.labels, folds: 5)
        #expect(result.accuracies.count == 5 && result.predicted.count == 1797)
        #expect(result.confusion.count == 1797)
        #expect(result.mean > 0.97 && result.mean < 1, "\(result)")
        #expect(result.interval.contains(result.mean) && result.deviation > 0)
        // Each row by heart would be right: the same rows as noise cannot be.
        let noise = try Tensor.rand([200, 5])
        let coin = (0..<200).map { $0 % 2 }
        let guess = try crossValidate(try KNearestNeighbors(1), noise, coin, folds: 10)
        #expect((0.3...0.7).contains(guess.mean), "\(guess)")
        #expect(throws: TensorError.self) {
            try crossValidate(try KNearestNeighbors(1), noise, coin, folds: 1)
        }
        #expect(throws: TensorError.self) {
            try crossValidate(try KNearestNeighbors(1), noise, coin, folds: 101)
        }
    }

    @Test("a confusion matrix counts and prints")
    func confusion() throws {
        let matrix = try ConfusionMatrix(
            [0, 0, 1, 1, 1], [0, 1, 1, 1, 0], classes: ["cat", "dog"])
        #expect(matrix.counts == [[1, 1], [1, 2]] && matrix.accuracy == 0.6)
        #expect(
            matrix.description == """
                label \\ taken for  cat  dog  right
                ─────────────────  ───  ───  ─────
                cat                  1    1  0.500
                dog                  1    2  0.667
                accuracy 0.6000 of 5
                """)
        #expect(throws: TensorError.self) { try ConfusionMatrix([1], []) }
        #expect(throws: TensorError.self) { try ConfusionMatrix([], []) }
    }
}
