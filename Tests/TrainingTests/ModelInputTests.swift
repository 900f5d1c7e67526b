import Hosting
import NeuralNetworks
import Synchronization
import Tensors
import Testing
import Training
import VisionData

/// What a model that knows its training data says of what it is fed.
@Suite struct ModelInputTests {
    private let gray = ModelInfo(channelMeans: [0.286], channelDeviations: [0.353])
    private let color = ModelInfo(
        channelMeans: [0.485, 0.456, 0.406], channelDeviations: [0.229, 0.224, 0.225])

    private func model(_ info: ModelInfo?) -> Sequential {
        let model = Sequential { GlobalAvgPool2d() }
        model.info = info
        return model
    }

    private func photo(_ channels: Int) throws -> Image {
        let bytes = (0..<96 * channels).map { UInt8($0 % 200) }
        return try Image(width: 12, height: 8, channels: channels, bytes: bytes)
    }

    private func warnings(_ body: () throws -> Void) rethrows -> [String] {
        let output = ErrorRecorder()
        try Host.$current.withValue(Host(output: output)) { try body() }
        return output.texts.withLock { $0 }
    }

    @Test func aMissingNormalisationIsWarnedOfWithTheFormula() throws {
        let x = try photo(1).tensor.expandedDimensions(axis: 0)
        let texts = try warnings { for _ in 0..<3 { _ = try model(gray).call(x) } }
        #expect(
            texts == [
                "warning: this model was trained on normalised pictures, and these are still in "
                    + "0...1\n  hint: model.predict(photo) normalises by itself; by hand it is "
                    + "(x - 0.286) / 0.353\n"
            ])
        let bytes = try photo(3).pixels.transposed(2, 0, 1).expandedDimensions(axis: 0)
            .cast(to: .float32)
        let colored = try warnings { _ = try model(color).call(bytes) }
        #expect(
            colored.first?.hasSuffix(
                "(x / 255 - Tensor([0.485, 0.456, 0.406]).reshaped(3, 1, 1)) / "
                    + "Tensor([0.229, 0.224, 0.225]).reshaped(3, 1, 1)\n") == true)
        let data = try ImageDataset(images: [photo(1), photo(1)], labels: [0, 0], classes: ["a"])
        let batch = try #require(try data.batches(2).makeIterator().nextBatch())
        #expect(
            try warnings { _ = try model(gray).call(batch.images) }.first?
                .contains("batches(64, normalized: data.train.normalization)") == true)
    }

    @Test func channelsInTheOppositeOrderAreWarnedOf() throws {
        let pipeline = try Compose { Normalize(.imageNet) }
        let x = try pipeline.tensor(photo(3)).expandedDimensions(axis: 0)
        let swapped = try x.flipped(axis: 1)
        let texts = try warnings { _ = try model(color).call(swapped) }
        #expect(texts.count == 1)
        #expect(texts.first?.contains("trained on channels in the order red, green, blue") == true)
        #expect(texts.first?.contains("flipped(axis: 1)") == true)
        var reversed = color
        reversed.channels = ["blue", "green", "red"]
        #expect(try warnings { _ = try model(reversed).call(x) }.count == 1)
    }

    @Test func otherStatisticsAreWarnedOfOutsideOfTraining() throws {
        let x = try Compose { try Normalize(Normalization(means: [0.5], deviations: [0.5])) }
            .tensor(photo(1)).expandedDimensions(axis: 0)
        let other = ModelInfo(channelMeans: [0.1307], channelDeviations: [0.3081])
        let texts = try warnings { _ = try model(other).call(x) }
        #expect(texts.first?.contains("by mean 0.1307 and deviation 0.3081") == true)
        #expect(texts.first?.contains("by mean 0.5 and deviation 0.5") == true)
        #expect(try warnings { _ = try withTraining { try model(other).call(x) } } == [])
    }

    @Test func whatIsRightOrUnknownIsSilent() throws {
        let picture = try photo(3).tensor.expandedDimensions(axis: 0)
        let normal = try Compose { Normalize(.imageNet) }.tensor(photo(3))
            .expandedDimensions(axis: 0)
        let texts = try warnings {
            _ = try model(color).call(normal)
            // By hand, with rounded figures.
            let mean = try Tensor([0.48, 0.46, 0.41]).reshaped(1, 3, 1, 1)
            _ = try model(color).call(Tensor.dividing(Tensor.subtracting(picture, mean), 0.22))
            _ = try model(nil).call(picture)
            _ = try model(ModelInfo(classes: ["a"])).call(picture)
            _ = try model(color).call(Tensor.rand([1, 3, 8, 8]))
            // Noise over it: no longer sure.
            _ = try model(color).call(Tensor.adding(picture, Tensor.randn(picture.shape)))
            var reversed = color
            reversed.channels = ["blue", "green", "red"]
            _ = try model(reversed).call(normal.flipped(axis: 1))
            _ = try model(color).predict(photo(3))
            _ = try model(color).predict(photo(3).converted(to: .bgr))
        }
        #expect(texts == [])
    }

    @Test func aPictureInAnotherOrderIsPredictedAsTheModelTakesIt() throws {
        var info = color
        info.inputShape = [3, 8, 12]
        let model = model(info)
        let photo = try photo(3)
        #expect(
            try model.predict(photo.converted(to: .bgr)).probabilities
                == model.predict(photo).probabilities)
    }

    @Test func trainingEvaluatingAndPredictingAreSilent() throws {
        let data = try quarters(64)
        let texts = try warnings {
            let model = smallNetwork()
            _ = try fit(model, train: data, validation: data, epochs: 1, batchSize: 16)
            #expect(model.info?.channels == ["grey"])
            _ = try evaluate(model, on: data)
            _ = try model.predict(data[0].image)
            for batch in try data.batches(16, normalized: data.normalization) {
                _ = try model.call(batch.images)
            }
        }
        #expect(texts == [])
    }
}

private final class ErrorRecorder: OutputSink {
    let texts = Mutex<[String]>([])

    func emit(_ event: OutputEvent) {
        if case .text(let text, .standardError) = event { texts.withLock { $0.append(text) } }
    }

    func readLine(prompt: String, isPassword: Bool) throws -> String? { nil }
}
