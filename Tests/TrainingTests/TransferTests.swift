import Hosting
import NeuralNetworks
import Tensors
import Testing
import Training
import VisionData

/// Features of a frozen network, new heads, fine-tuning, and the search for a learning rate.
@Suite struct TransferTests {
    private func weights(_ model: any Layer) throws -> [Float] {
        try model.namedState.flatMap { try $0.parameter.value.scalars(as: Float.self) }
    }

    /// A network that has learned the quarters by their mirror images, and no head for them.
    private func trained() throws -> Sequential {
        seed(6)
        let model = Sequential {
            Conv2d(1, 4, kernel: 3, padding: 1).named("conv")
            BatchNorm2d(4).named("norm")
            ReLU()
            MaxPool2d(2)
            Flatten()
            Dropout(0.1)
            Linear(64, 12).named("inner")
            ReLU()
            Linear(12, 4).named("head")
        }
        try Recorder().run {
            _ = try fit(
                model, train: quarters(200), epochs: 4, batchSize: 16,
                optimizer: SGD(learningRate: 0.05, momentum: 0.9))
        }
        return model
    }

    /// The two classes of whether the bright quarter is to the left.
    private func sides(_ count: Int, seed: Int = 1) throws -> ImageDataset {
        let data = try quarters(count, seed: seed)
        return try ImageDataset(
            images: data.map(\.image), labels: data.labels.map { $0 % 2 },
            classes: ["left", "right"])
    }

    @Test func featuresOfADataSetAreThoseOfItsBatches() throws {
        let model = try trained()
        let data = try sides(30)
        let features = try Recorder().run { try model.features(of: data, batchSize: 7) }
        #expect(features.shape == [30, 12] && !features.requiresGradient)
        let normalization = try #require(try model.info?.normalization)
        let batch = try #require(
            try data.batches(30, normalized: normalization).makeIterator().next())
        let expected = try model.embedding(batch.images)
        for (a, b) in zip(
            try features.scalars(as: Float.self), try expected.scalars(as: Float.self))
        { #expect(abs(a - b) < 1e-5) }
        let inner = try Recorder().run { try model.features(of: data, upTo: "norm") }
        #expect(inner.shape == [30, 4 * 64])
        #expect(
            errorText { _ = try Recorder().run { try model.features(of: data, upTo: "nose") } }
                .contains("no layer of that name"))
        #expect(
            errorText { _ = try model.features(of: data.prefix(0)) }
                == "Features: the data is empty, expected at least 1 image")
    }

    @Test func aHeadIsTrainedWhileTheRestStaysAsItIs() throws {
        let model = try trained()
        let before = try weights(model).dropLast(4 * 12 + 4)
        let (data, test) = (try sides(60), try sides(80, seed: 9))
        #expect(
            errorText { _ = try trainHead(model, train: data) }
                == "trainHead: the head is for other classes, expected 2 outputs, got 4; "
                + "replaceHead(classes: 2) makes one")
        try model.replaceHead(classes: 2)
        let history = try Recorder().run {
            try trainHead(model, train: data, validation: test, epochs: 20)
        }
        #expect(history.epochs.count == 20)
        #expect(try Array(weights(model).dropLast(2 * 12 + 2)) == Array(before))
        let evaluation = try Recorder().run { try evaluate(model, on: test) }
        #expect(evaluation.accuracy > 0.9, "\(evaluation)")
        #expect(abs(evaluation.accuracy - history.last.validation.accuracy) < 1e-9)
        #expect(abs(evaluation.loss - history.last.validation.loss) < 1e-5)
        #expect(model.info?.classes == ["left", "right"])
    }

    @Test func fittingATrainedModelKeepsItsNormalisation() throws {
        let model = try trained()
        let known = try #require(model.info)
        let dark = try sides(20).transformed(Posterize(bits: 2))
        try Recorder().run { _ = try fit(model, train: dark, optimizer: SGD(learningRate: 0)) }
        #expect(model.info?.channelMeans == known.channelMeans)
        #expect(model.info?.channelDeviations == known.channelDeviations)
        #expect(model.info?.classes == ["left", "right"])
        try Recorder().run {
            _ = try fit(model, train: dark, optimizer: SGD(learningRate: 0), normalized: false)
        }
        #expect(model.info?.channelMeans == [])
    }

    @Test func fineTuningNeedsNoTuning() throws {
        let model = try trained()
        let (data, test) = (try sides(40), try sides(80, seed: 9))
        let statistics = try model["norm.running_mean"].scalars(as: Float.self)
        let history = try Recorder().run {
            try fineTune(model, on: data, validation: test, epochs: 4)
        }
        #expect(history.epochs.count == 4 && history.bestEpoch != nil)
        let evaluation = try Recorder().run { try evaluate(model, on: test) }
        #expect(evaluation.accuracy > 0.95, "\(evaluation)")
        #expect(try model["norm.running_mean"].scalars(as: Float.self) == statistics)
        #expect(model.namedState.count { !$0.parameter.isTrainable } == 0)
        #expect(try model["head.weight"].shape == [2, 12])
    }

    @Test func theSearchedRateTrainsAndNothingElseChanges() throws {
        seed(8)
        let data = try quarters(64)
        let model = smallNetwork()
        let optimizer = SGD(learningRate: 0.01, momentum: 0.9)
        let before = try weights(model)
        let next = Context.current.generator
        let search = try Recorder().run {
            try findLearningRate(
                model, train: data, batchSize: 16, optimizer: optimizer, from: 1e-5, to: 10,
                steps: 60)
        }
        #expect(try weights(model) == before && model.info == nil)
        #expect(try optimizer.memory(of: model.namedWeights).isEmpty)
        #expect(optimizer.learningRate == 0.01)
        #expect(Context.current.generator.words == next.words)
        #expect(model.gradients.isEmpty)
        #expect(search.rates.count == search.losses.count && search.rates.count <= 60)
        #expect(abs(search.rates[0] - 1e-5) < 1e-12)
        #expect((0.001...0.5).contains(search.suggestion), "\(search)")
        #expect(search.plot().series.map(\.name) == ["loss", "smoothed", "suggestion"])
        let history = try Recorder().run {
            try fit(
                model, train: data, epochs: 6, batchSize: 16, optimizer: optimizer,
                schedule: .oneCycle(peak: search.suggestion))
        }
        #expect(history.last.train.accuracy > 0.9)
        #expect(
            errorText { _ = try findLearningRate(model, train: data, from: 1, to: 0.1) }
                == "findLearningRate: the rates are out of range, expected 0 < from < to, got from "
                + "1.0 to 0.1")
        #expect(
            errorText { _ = try findLearningRate(model, train: data, steps: 3) }
                == "findLearningRate: 'steps' is too small, expected at least 10, got 3")
    }
}
