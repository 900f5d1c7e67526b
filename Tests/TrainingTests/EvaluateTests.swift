import NeuralNetworks
import Tensors
import Testing
import Training
import VisionData

@Suite struct EvaluateTests {
    /// A model whose scores are the four means of the quarters, so that it is nearly always right.
    private func oracle() throws -> Sequential {
        let model = Sequential {
            AvgPool2d(4)
            Flatten()
        }
        model.info = ModelInfo(classes: ["a", "b", "c", "d"], inputShape: [1, 8, 8])
        return model
    }

    @Test func figuresAndMistakesFollowThePredictions() throws {
        let right = try quarters(40)
        let labels = (0..<40).map { $0 < 4 ? 3 - $0 : $0 % 4 }
        let data = try ImageDataset(
            images: right.map(\.image), labels: labels, classes: right.classes)
        let evaluation = try Recorder().run { try evaluate(oracle(), on: data, batchSize: 16) }
        #expect(evaluation.count == 40)
        #expect(evaluation.accuracy == 0.9)
        #expect(evaluation.confusion[3] == [1, 0, 0, 9])
        #expect(evaluation.confusion.flatMap { $0 }.reduce(0, +) == 40)
        let mistakes = evaluation.mistakes
        #expect(mistakes.map(\.index).sorted() == [0, 1, 2, 3])
        let first = try #require(mistakes.first { $0.index == 0 })
        #expect(first.label == "d" && first.predicted == "a")
        #expect(first.image == data[0].image)
        #expect(mistakes.map(\.probability) == mistakes.map(\.probability).sorted(by: >))
        #expect(evaluation.description.contains("accuracy 0.9000"))
        #expect(evaluation.description.contains("40 images"))
    }

    @Test func predictionGivesTheLikeliestClassesInOrder() throws {
        let sample = try quarters(3)[2]
        let prediction = try oracle().predict(sample.image)
        #expect(prediction.label == "c")
        #expect(prediction.top.count == 4)
        #expect(prediction.probability == prediction.top[0].probability)
        #expect(abs(prediction.probabilities.reduce(0, +) - 1) < 1e-5)
        #expect(try prediction.mimeBundle()["text/html"] != nil)
    }

    @Test func aPictureOfAnotherSizeAndColourIsFitted() throws {
        let sample = try quarters(3)[2]
        let large = try sample.image.converted(to: .rgb).resized(64, 64)
        #expect(try oracle().predict(large).label == "c")
    }

    @Test func predictionNormalisesAsTrainingDid() throws {
        let data = try quarters(16)
        let model = smallNetwork()
        _ = try Recorder().run { try fit(model, train: data) }
        let batch = try #require(
            try data.batches(1, normalized: data.normalization).makeIterator().nextBatch())
        let expected = try model.call(batch.images).softmax(axis: -1).scalars(as: Double.self)
        let ours = try model.predict(data[0].image).probabilities
        for (a, b) in zip(ours, expected) { #expect(abs(a - b) < 1e-5) }
    }

    @Test func outputsThatAreNoScoresAreErrors() throws {
        let image = try quarters(1)[0].image
        #expect(
            errorText { _ = try Sequential { ReLU() }.predict(image) }
                == "predict: the model's output is not a row of scores, expected shape "
                + "[1, classes], got [1, 1, 8, 8]")
        #expect(
            errorText { _ = try evaluate(oracle(), on: quarters(4).prefix(0)) }
                == "evaluate: the data is empty, expected at least 1 image, got 0")
    }
}
