import NeuralNetworks
import Tensors
import Testing
import Training
import VisionData

/// What a network learned, as features.
@Suite struct LearnedFeaturesTests {
    private func trained(_ data: ImageDataset) throws -> any Layer {
        let model = smallNetwork()
        try fit(
            model, train: data, epochs: 4, batchSize: 16,
            optimizer: SGD(learningRate: 0.05, momentum: 0.9))
        return model
    }

    @Test func featuresAreWhatTheModelMakesOfNormalisedPictures() throws {
        let data = try quarters(300)
        let model = try trained(data)
        let features = try LearnedFeatures("small", model).features(data)
        #expect(features.shape == [300, 64])
        let last = try #require(model.children.last?.layer)
        let answers = try last.call(features).argMax(axis: 1).scalars(as: Int.self)
        #expect(answers == (try evaluate(model, on: data).predicted))
    }

    @Test func theyAreLearnedAnewOnEachTrainingPart() throws {
        seed(3)
        let data = try quarters(120)
        var sizes: [Int] = []
        let comparison = try Recorder().run {
            try compareFeatures(data, classifiers: [try KNearestNeighbors(5)], folds: 3) {
                LearnedFeatures("small") { part in
                    sizes.append(part.count)
                    return try trained(part)
                }
            }
        }
        #expect(sizes == [80, 80, 80])
        #expect(comparison.results[0].features == "small" && comparison.results[0].dimension == 64)
        #expect(comparison.results[0].accuracy > 0.9, "\(comparison)")
    }

    @Test func askedTooEarlyItSaysSo() throws {
        let features = LearnedFeatures("small") { try trained($0) }
        #expect(
            errorText { _ = try features.features(try quarters(4)) }
                == "small: there is no trained model yet, expected fit(data) first")
        let fixed = LearnedFeatures("fixed", smallNetwork())
        #expect(!fixed.learns && features.learns)
        #expect(try fixed.untrained().features(try quarters(4)).shape == [4, 64])
    }
}
