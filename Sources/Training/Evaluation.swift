import Glibc
import Hosting
import VisionData

/// How a model did on labelled images: `evaluate(model, on: data.test)`.
public struct Evaluation: Sendable {
    /// One image and what the model took it for, wrongly as a rule.
    public struct Mistake: Sendable {
        /// The image's position in the data.
        public let index: Int
        /// The picture that the data have at `index`.
        public let image: Image
        /// What it is.
        public let label: String
        /// What the model took it for.
        public let predicted: String
        /// How sure the model was of that, 0...1.
        public let probability: Double
        /// How likely the model took what it is for, 0...1.
        public let labelProbability: Double

        /// The loss of the image alone, `-log(labelProbability)`.
        public var loss: Double { -Glibc.log(max(labelProbability, 1e-38)) }
    }

    /// What came out for every image, in order.
    struct Outcomes {
        var labels: [Int] = []
        var predicted: [Int] = []
        /// How sure the model was of what it took the image for.
        var probabilities: [Float] = []
        /// How sure the model was of what the image is.
        var labelProbabilities: [Float] = []
        /// How many classes the model took for likelier than what the image is.
        var ranks: [Int] = []

        /// Takes in a batch: a row of probabilities for each label.
        mutating func add(_ rows: [Float], _ batch: [Int]) {
            let classes = rows.count / max(1, batch.count)
            rows.withUnsafeBufferPointer { rows in
                for (row, label) in batch.enumerated() {
                    let values = rows[(row * classes)..<((row + 1) * classes)]
                    let index = indexOfMaximum(values)
                    predicted.append(index)
                    probabilities.append(values[values.startIndex + index])
                    let isKnown = (0..<classes).contains(label)
                    let own = isKnown ? values[values.startIndex + label] : 0
                    labelProbabilities.append(own)
                    ranks.append(
                        isKnown
                            ? values.indices.count {
                                values[$0] > own
                                    || (values[$0] == own && $0 < values.startIndex + label)
                            } : classes)
                }
            }
            labels += batch
        }
    }

    /// The names of the classes.
    public let classes: [String]
    /// The mean loss.
    public let loss: Double
    /// The label of every image, by class index.
    public var labels: [Int] { outcomes.labels }
    /// What the model took every image for, by class index.
    public var predicted: [Int] { outcomes.predicted }
    /// How sure it was of each, 0...1.
    public var probabilities: [Float] { outcomes.probabilities }
    /// How likely it took what every image is for, 0...1.
    public var labelProbabilities: [Float] { outcomes.labelProbabilities }
    private let outcomes: Outcomes
    private let data: ImageDataset

    init(data: ImageDataset, classes: [String], loss: Double, outcomes: Outcomes) {
        self.data = data
        self.classes = classes
        self.loss = loss
        self.outcomes = outcomes
    }

    /// The number of images.
    public var count: Int { labels.count }

    /// The share of images classified rightly, 0...1.
    public var accuracy: Double {
        guard count > 0 else { return .nan }
        return Double(zip(labels, predicted).filter { $0 == $1 }.count) / Double(count)
    }

    /// The share of images whose label is among the `count` likeliest classes, 0...1.
    ///
    ///     evaluation.topAccuracy(5)
    public func topAccuracy(_ count: Int) -> Double {
        guard !outcomes.ranks.isEmpty else { return .nan }
        return Double(outcomes.ranks.count { $0 < count }) / Double(outcomes.ranks.count)
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
            .compactMap(image)
    }

    /// The images with the highest losses, the highest first, whether the model got them right or
    /// not: those that it had the least idea of, and often those that are labelled wrongly.
    ///
    ///     evaluation.topLosses(8)    // a sheet of pictures
    public func topLosses(_ count: Int = 12) -> [Mistake] {
        let likely = labelProbabilities
        return labels.indices.sorted { (likely[$0], $0) < (likely[$1], $1) }
            .prefix(max(0, count)).compactMap(image)
    }

    /// One image and what came out for it; `nil` where its file is gone.
    private func image(_ index: Int) -> Mistake? {
        guard let sample = try? data.sample(index) else { return nil }
        return Mistake(
            index: index, image: sample.image, label: name(labels[index]),
            predicted: name(predicted[index]), probability: Double(probabilities[index]),
            labelProbability: Double(labelProbabilities[index]))
    }

    /// The name of a class, or its number where it has none.
    func name(_ label: Int) -> String {
        classes.indices.contains(label) ? classes[label] : "\(label)"
    }
}

extension Evaluation.Mistake: CustomStringConvertible {
    public var description: String {
        let share = formatted(100 * probability, places: 1)
        guard label != predicted else { return "#\(index): \(label), rightly (\(share)%)" }
        return "#\(index): \(label) taken for \(predicted) (\(share)%)"
    }
}
