import Hosting
import NeuralNetworks
import VisionData

extension Layer {
    /// What a network takes a photograph for: its likeliest classes with their probabilities.
    ///
    ///     let net = try pretrained("efficientnet_lite0")
    ///     try net.classify(Image("chelsea.png"))[0].label  // "tiger cat"
    ///
    /// The photograph is scaled, cut and normalised as the weights were published for or the model
    /// was trained on (`model.info`), which cannot be chosen wrongly. Throws where `top` is not
    /// positive or the output is not one row of scores.
    public func classify(_ image: Image, top: Int = 5) throws -> Classification {
        guard top > 0 else {
            throw TrainingError("classify: 'top' is too small, expected at least 1, got \(top)")
        }
        return Classification(try predict(image), top: top)
    }
}

/// The likeliest classes of a photograph, the likeliest first; shown as a table beside the picture.
public struct Classification: RandomAccessCollection, Sendable {
    /// All that the network said.
    public let prediction: Prediction
    private let guesses: [(label: String, probability: Double)]

    init(_ prediction: Prediction, top: Int) {
        self.prediction = prediction
        guesses = prediction.likeliest(top)
    }

    public var startIndex: Int { 0 }
    public var endIndex: Int { guesses.count }
    /// The number of guesses.
    public var count: Int { guesses.count }

    /// The class at a position from 0, the likeliest, and its probability, 0...1.
    public subscript(position: Int) -> (label: String, probability: Double) { guesses[position] }

    /// The same, throwing where there is no such position.
    public func guess(at position: Int) throws -> (label: String, probability: Double) {
        guard guesses.indices.contains(position) else {
            throw TrainingError(
                "Classification: there is no guess \(position), expected 0..<\(count)")
        }
        return guesses[position]
    }

    /// The classes, the likeliest first.
    public var labels: [String] { guesses.map(\.label) }

    /// Their probabilities, 0...1.
    public var probabilities: [Double] { guesses.map(\.probability) }
}

extension Classification: CustomStringConvertible, Displayable {
    /// The classes, a line each.
    public var description: String { Prediction.table(of: guesses).text }

    /// The table, and in a notebook the picture beside it.
    public func mimeBundle() throws -> MIMEBundle { prediction.mimeBundle(of: guesses) }
}
