import NeuralNetworks
import Tensors
import VisionData

/// What a network has learned to see, as features: what goes into its last linear layer.
///
///     LearnedFeatures("LeNet") { train in
///         let model = lenet()
///         try fit(model, train: train, epochs: 3)
///         return model
///     }
///
/// `compareFeatures` trains such a network anew on the training part of every split.
public final class LearnedFeatures: FeatureExtractor {
    /// What tables call it.
    public let description: String
    private let training: ((ImageDataset) throws -> any Layer)?
    private var model: (any Layer)?

    /// The features of a model as it is, trained on other pictures.
    public init(_ name: String, _ model: any Layer) {
        description = name
        training = nil
        self.model = model
    }

    /// The features of the model that `training` makes of a training part.
    public init(_ name: String, training: @escaping (ImageDataset) throws -> any Layer) {
        description = name
        self.training = training
    }

    /// Whether a model is trained for it.
    public var learns: Bool { training != nil }

    /// Another one with the same training, or the same model where there is none.
    public func untrained() -> LearnedFeatures {
        if let training { return LearnedFeatures(description, training: training) }
        return self
    }

    /// Trains a model, where there is a training. Throws what that throws.
    public func fit(_ data: ImageDataset) throws {
        guard let training else { return }
        model = nil
        model = try training(data)
    }

    /// The features of every picture, [N, D], normalised as the model's training data was.
    ///
    /// Throws before `fit`, where the model has no linear layer, and where shapes do not fit.
    public func features(_ data: ImageDataset) throws -> Tensor {
        guard let model else {
            throw TrainingError(
                "\(description): there is no trained model yet, expected fit(data) first")
        }
        return try model.features(of: data, title: description)
    }
}
