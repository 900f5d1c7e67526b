import Hosting
import NeuralNetworks
import Tensors
import Testing
import Training
import VisionData

/// A run whose loss or gradients are no finite numbers ends and says where they come from.
@Suite struct NotANumberTests {
    private func message(
        _ model: any Layer, _ optimizer: any Optimizer = SGD(learningRate: 0.01),
        loss: Loss = .crossEntropy, data: ImageDataset? = nil, mixed: Bool = false,
        accumulation: Int = 1
    ) throws -> String {
        seed(3)
        let data = try data ?? quarters(32)
        var text = ""
        _ = try Recorder().run {
            do {
                _ = try fit(
                    model, train: data, epochs: 2, batchSize: 8, optimizer: optimizer, loss: loss,
                    normalized: false, mixedPrecision: mixed, accumulation: accumulation)
            } catch let error as TrainingError { text = error.description }
        }
        return text
    }

    @Test func theLogarithmOfSomethingNegativeIsNamedWithItsLayerAndRange() throws {
        let model = Sequential {
            Flatten()
            Linear(64, 4).named("head")
            Lambda("log") { try $0.log() }.named("spoiler")
        }
        let text = try message(model)
        #expect(text.hasPrefix("fit: the loss is not a number in epoch 1, step 1: "), "\(text)")
        #expect(
            text.contains("the first operation that gave no finite number is log in spoiler"),
            "\(text)")
        #expect(text.contains("given [8, 4] of -"), "\(text)")
        #expect(text.hasSuffix("the weights are as they were before this step"), "\(text)")
    }

    @Test func anOverflowIsNamedWhereItHappensAndNotWhereItShows() throws {
        // exp overflows to infinity, which is no NaN yet; infinity minus infinity shows later.
        let model = Sequential {
            Flatten()
            Linear(64, 4)
            Lambda("large") { try Tensor.multiplying($0, .real(1e6)).exp() }.named("overflow")
            Lambda("difference") { try Tensor.subtracting($0, $0.mean()) }
        }
        let text = try message(model)
        #expect(text.contains("is exp in overflow"), "\(text)")
    }

    @Test func infinitiesThatHaveNoEffectAreNotBlamed() throws {
        // Masked scores are minus infinity on purpose; the logarithm afterwards is what goes wrong.
        let model = Sequential {
            Flatten()
            Linear(64, 4)
            Lambda("mask") { x in
                let masked = try Tensor.adding(x, Tensor.full(x.shape, -Double.infinity))
                let shares = try concatenated([masked, x], axis: 1).softmax(axis: -1)
                return try shares.split(parts: 2, axis: 1)[1]
            }
            Lambda("log") { try Tensor.adding($0.abs(), .real(-1e3)).log() }.named("log")
        }
        let text = try message(model)
        #expect(text.contains("is log in log"), "\(text)")
    }

    @Test func aGradientThatIsNoNumberIsFoundBeforeTheWeightsChange() throws {
        // The square root of zero is fine, and its gradient is infinite.
        let head = Linear(64, 4)
        let model = Sequential {
            Flatten()
            head.named("head")
            Lambda("root") { x in
                let zero = try Tensor.multiplying(x, .real(0))
                return try Tensor.adding(zero.sqrt(), x)
            }.named("root")
        }
        let before = try head.namedState.map { try $0.parameter.value.scalars(as: Float.self) }
        let text = try message(model)
        #expect(text.hasPrefix("fit: the gradients are not finite at a loss of "), "\(text)")
        #expect(text.contains("the gradient of "), "\(text)")
        #expect(text.contains("sqrt in root") || text.contains("multiplying in root"), "\(text)")
        let after = try head.namedState.map { try $0.parameter.value.scalars(as: Float.self) }
        #expect(before == after)
        #expect(head.namedState.allSatisfy { $0.parameter.gradient == nil })
    }

    @Test func aStepOfSeveralBatchesAndOneInMixedPrecisionAreFoundToo() throws {
        func model() -> Sequential {
            Sequential {
                Flatten()
                Linear(64, 4)
                Dropout(0.3)
                Lambda("log") { try $0.log() }.named("log")
            }
        }
        #expect(try message(model(), accumulation: 2).contains("is log in log"))
        #expect(try message(model(), mixed: true).contains("is log in log"))
    }

    @Test func weightsThatWereNoNumbersBeforeAreNamed() throws {
        let model = smallNetwork()
        let bias = try model.parameter(named: "head.bias")
        try bias.setValue(Tensor([1, .nan, 0, 0]))
        let text = try message(model)
        #expect(
            text.contains("head.bias was not finite before, 0.0 to 1.0, 1 not finite"), "\(text)")
    }

    @Test func aRunThatDivergesEndsWithTheFirstOperationThatOverflows() throws {
        let text = try message(smallNetwork(), SGD(learningRate: 1e25))
        #expect(text.contains("the first operation that gave no finite number is"), "\(text)")
    }

    @Test func aRunWithinBoundsGoesOn() throws {
        #expect(try message(smallNetwork()).isEmpty)
        // Looking for a learning rate goes beyond the bounds on purpose.
        let search = try Recorder().run {
            try findLearningRate(smallNetwork(), train: quarters(64), batchSize: 8)
        }
        let isFinite = search.losses.allSatisfy { $0.isFinite }
        #expect(isFinite)
    }
}
