import Hosting
import NeuralNetworks
import Tensors
import Testing
import Training
import VisionData

@Suite struct FitTests {
    @Test func fittingLearnsAndTellsWhatHappened() throws {
        seed(1)
        let data = try quarters(200)
        let test = try quarters(60, seed: 2)
        let model = smallNetwork()
        let recorder = Recorder()
        let history = try recorder.run {
            try fit(
                model, train: data, validation: test, epochs: 4, batchSize: 16,
                optimizer: SGD(learningRate: 0.05, momentum: 0.9), schedule: .oneCycle(peak: 0.1))
        }
        #expect(history.epochs.count == 4)
        #expect(history.stepsPerEpoch == 13)
        #expect(history.stepLosses.count == 52)
        #expect(history.epochs[3].train.loss < 0.3 * history.epochs[0].train.loss)
        #expect(history.last.validation.accuracy > 0.95)
        #expect(abs(history.last.learningRate - 0.1 / 250_000) < 1e-9)
        #expect(history.last.number == 4)
        let ends = recorder.progress.filter(\.isMilestone)
        #expect(ends.map(\.title) == ["Epoch 1/4", "Epoch 2/4", "Epoch 3/4", "Epoch 4/4"])
        #expect(ends.map(\.isFinished) == [false, false, false, true])
        #expect(ends.allSatisfy { $0.completed == 200 && $0.unit == "images" })
        // One line tells of all epochs, and of the time until the last one ends.
        #expect(Set(recorder.progress.map(\.id)).count == 1)
        let others = recorder.progress.filter { !$0.isMilestone }
        #expect(!others.isEmpty && others.allSatisfy { $0.total == 800 })
        #expect(
            ends[0].metrics.map(\.name) == ["loss", "accuracy", "val loss", "val accuracy"])
        #expect(ends[3].picture?["image/svg+xml"] != nil)
    }

    @Test func informationForLaterIsRemembered() throws {
        let data = try quarters(32)
        let model = smallNetwork()
        _ = try Recorder().run { try fit(model, train: data) }
        let info = try #require(model.info)
        #expect(info.classes == ["nw", "ne", "sw", "se"])
        #expect(try info.channelMeans == data.channelMeans)
        #expect(info.inputShape == [1, 8, 8])
        _ = try Recorder().run { try fit(model, train: data, normalized: false) }
        #expect(model.info?.channelMeans == [])
    }

    @Test func theSameSeedGivesTheSameRun() throws {
        let losses = try (0..<2).map { _ in
            seed(11)
            let model = smallNetwork()
            return try Recorder().run {
                try fit(model, train: quarters(64), epochs: 2, batchSize: 16).stepLosses
            }
        }
        #expect(losses[0] == losses[1])
        #expect(losses[0].count == 8)
    }

    @Test func trainingModeIsForTrainingAlone() throws {
        let seen = Modes()
        let model = Sequential {
            Flatten()
            Linear(64, 4)
            ModeProbe(seen: seen)
        }
        _ = try Recorder().run {
            try fit(model, train: quarters(8), validation: quarters(8), batchSize: 8)
        }
        #expect(seen.modes == [true, false])
        #expect(Context.current.isTraining == false)
        _ = try model.call(Tensor.zeros([1, 1, 8, 8]))
        #expect(seen.modes.last == false)
    }

    @Test func anInterruptKeepsTheWeightsAndTheModelUsable() throws {
        seed(3)
        let data = try quarters(4000)
        let model = smallNetwork()
        let before = try model["conv.weight"].scalars(as: Float.self)
        let recorder = Recorder(stopAfter: 1)
        let clock = ContinuousClock()
        #expect(throws: Interrupted.self) {
            try recorder.run { try fit(model, train: data, epochs: 1000, batchSize: 16) }
        }
        let after = try model["conv.weight"].scalars(as: Float.self)
        #expect(after != before)
        #expect(after.allSatisfy { $0.isFinite })
        #expect(try model["conv.weight"].gradient == nil)
        #expect(Context.current.isTraining == false)
        let start = clock.now
        let evaluation = try Recorder().run { try evaluate(model, on: data.prefix(100)) }
        #expect(evaluation.count == 100)
        #expect(clock.now - start < .seconds(5))
    }

    @Test func memoryStaysTheSameFromStepToStep() throws {
        let data = try quarters(64)
        let model = smallNetwork()
        let optimizer = SGD(learningRate: 0.01, momentum: 0.9)
        var used: [Int] = []
        for _ in 0..<4 {
            _ = try Recorder().run {
                try fit(model, train: data, epochs: 2, batchSize: 16, optimizer: optimizer)
            }
            used.append(Memory.used)
        }
        #expect(used[3] <= used[1])
    }

    @Test func aBatchBeyondTheDataIsAllOfIt() throws {
        let data = try quarters(8)
        let history = try Recorder().run {
            try fit(smallNetwork(), train: data, validation: data, batchSize: .max)
        }
        #expect(history.stepLosses.count == 1 && history.stepsPerEpoch == 1)
    }

    /// Between two steps nothing is half done, and whoever has a turn there is in no training mode.
    @Test func othersHaveTheirTurnBetweenTheSteps() throws {
        let modes = Modes()
        let cancellation = Cancellation()
        cancellation.setAwaited(true)
        let host = Host(output: Recorder(), cancellation: cancellation) {
            modes.modes.append(Context.current.isTraining || !Context.current.isGradientEnabled)
        }
        let data = try quarters(32)
        try Host.$current.withValue(host) {
            _ = try fit(smallNetwork(), train: data, validation: data, epochs: 2, batchSize: 16)
        }
        // Two steps and one batch of validation an epoch.
        #expect(modes.modes == Array(repeating: false, count: 6))
    }

    @Test func argumentsThatMakeNoRunAreErrors() throws {
        let data = try quarters(8)
        let model = smallNetwork()
        #expect(
            errorText { try fit(model, train: data, epochs: 0) }
                == "fit: 'epochs' is too small, expected at least 1, got 0")
        #expect(
            errorText { try fit(model, train: data, batchSize: -4) }
                == "fit: 'batchSize' is too small, expected at least 1, got -4")
        #expect(
            errorText { try fit(model, train: data.prefix(0)) }
                == "fit: the training data is empty, expected at least 1 image, got 0")
        #expect(
            errorText { try fit(model, train: data, optimizer: SGD(learningRate: .nan)) }
                .hasPrefix("SGD: 'learningRate' is out of range"))
        let wrong = Sequential {
            Flatten()
            Linear(100, 4)
        }
        #expect(errorText { try fit(wrong, train: data) }.contains("in layer 1 (Linear(100, 4))"))
    }
}

/// `@unchecked Sendable`: used by the one thread that trains.
private final class Modes: @unchecked Sendable {
    var modes: [Bool] = []
}

private final class ModeProbe: Layer {
    let seen: Modes
    init(seen: Modes) { self.seen = seen }
    func forward(_ x: Tensor) throws -> Tensor {
        seen.modes.append(Context.current.isTraining)
        return x
    }
    func copy() throws -> ModeProbe { ModeProbe(seen: seen) }
}
