import Hosting
import VisionData

/// How a model did on labelled images: `evaluate(model, on: data.test)`.
public struct Evaluation: Sendable {
    /// One image that the model got wrong.
    public struct Mistake: Sendable {
        /// The image's position in the data.
        public let index: Int
        public let image: Image
        /// What it is.
        public let label: String
        /// What the model took it for.
        public let predicted: String
        /// How sure the model was of that, 0...1.
        public let probability: Double
    }

    /// The names of the classes.
    public let classes: [String]
    /// The mean loss.
    public let loss: Double
    /// The label of every image, by class index.
    public let labels: [Int]
    /// What the model took every image for, by class index.
    public let predicted: [Int]
    /// How sure it was of each, 0...1.
    public let probabilities: [Float]
    private let data: ImageDataset

    init(
        data: ImageDataset, classes: [String], loss: Double, labels: [Int], predicted: [Int],
        probabilities: [Float]
    ) {
        self.data = data
        self.classes = classes
        self.loss = loss
        self.labels = labels
        self.predicted = predicted
        self.probabilities = probabilities
    }

    /// The number of images.
    public var count: Int { labels.count }

    /// The share of images classified rightly, 0...1.
    public var accuracy: Double {
        guard count > 0 else { return .nan }
        return Double(zip(labels, predicted).filter { $0 == $1 }.count) / Double(count)
    }

    /// How often each class (row) was taken for each class (column).
    public var confusion: [[Int]] {
        let size = max(classes.count, 1 + max(labels.max() ?? 0, predicted.max() ?? 0))
        var confusion = Array(repeating: Array(repeating: 0, count: size), count: size)
        for (label, guess) in zip(labels, predicted) where label >= 0 && guess >= 0 {
            confusion[label][guess] += 1
        }
        return confusion
    }

    /// The images that the model got wrong, those it was surest of first.
    ///
    ///     grid(evaluation.mistakes.prefix(8).map(\.image), columns: 4)
    public var mistakes: [Mistake] {
        labels.indices.filter { labels[$0] != predicted[$0] }
            .sorted { (probabilities[$0], $1) > (probabilities[$1], $0) }
            .compactMap { index in
                guard let sample = try? data.sample(index) else { return nil }
                return Mistake(
                    index: index, image: sample.image, label: name(labels[index]),
                    predicted: name(predicted[index]), probability: Double(probabilities[index]))
            }
    }

    /// The name of a class, or its number where it has none.
    func name(_ label: Int) -> String {
        classes.indices.contains(label) ? classes[label] : "\(label)"
    }
}

extension Evaluation.Mistake: CustomStringConvertible {
    public var description: String {
        "#\(index): \(label) taken for \(predicted) (\(formatted(100 * probability, places: 1))%)"
    }
}
