import Foundation
import Hosting
import NeuralNetworks
import Tensors
import Testing
import Training
import VisionData

/// Runs that go on from a file as if they had never stopped.
@Suite struct CheckpointTests {
    private func network() -> Sequential {
        Sequential {
            Conv2d(1, 8, kernel: 3, padding: 1).named("conv")
            BatchNorm2d(8)
            ReLU()
            Residual {
                Conv2d(8, 8, kernel: 3, padding: 1)
                DropPath(0.3)
            }
            Dropout(0.2)
            MaxPool2d(2)
            Flatten()
            Linear(128, 4).named("head")
        }
    }

    /// A file name of its own, whose file is gone afterwards.
    private func withFile(_ body: (String) throws -> Void) throws {
        let path = FileManager.default.temporaryDirectory
            .appendingPathComponent("checkpoint-\(UUID().uuidString).safetensors").path
        defer { try? FileManager.default.removeItem(atPath: path) }
        try body(path)
    }

    /// All bits of what a run leaves behind.
    private struct Outcome: Equatable {
        var weights: [UInt32] = []
        var losses: [UInt64] = []
        var figures: [UInt64] = []
        var next: UInt64 = 0
    }

    /// One run with everything that has a state, its model made anew; `stopAfter` counts progress
    /// events, one of which comes with each batch at the earliest.
    private func run(
        _ data: ImageDataset, checkpoint: Checkpoint?, optimizer: any Optimizer,
        stopAtStep: Int? = nil, epochs: Int = 3
    ) throws -> Outcome {
        seed(11)
        let model = network()
        let average = try ExponentialMovingAverage(of: model, decay: 0.9)
        let stopper = Cancellation()
        let schedule = Schedule("cosine that may stop") { moment, base in
            if moment.step == stopAtStep { stopper.request() }
            return Schedule.cosine.rate(at: moment, base: base)
        }
        let host = Host(output: Recorder(), cancellation: stopper)
        let history = try Host.$current.withValue(host) {
            try fit(
                model, train: data, validation: data.prefix(20), epochs: epochs, batchSize: 8,
                optimizer: optimizer, schedule: schedule, gradientClipping: .norm(1),
                accumulation: 2, ema: average, mixing: try MixUp(alpha: 0.3),
                earlyStopping: .bestWeights(by: "accuracy"), checkpoint: checkpoint)
        }
        var outcome = Outcome()
        for swapped in [false, true] {
            if swapped { try average.swap() }
            for (_, parameter) in model.namedState where parameter.dtype == .float32 {
                outcome.weights += try parameter.value.scalars(as: Float.self).map(\.bitPattern)
            }
        }
        outcome.losses = history.stepLosses.map(\.bitPattern)
        outcome.figures = history.epochs.flatMap {
            [$0.train.loss, $0.train.accuracy, $0.validation.loss, $0.learningRate].map(
                \.bitPattern)
        }
        outcome.next = Context.current.generator.next()
        return outcome
    }

    @Test(arguments: [3, 4, 7, 8, 11])
    func aRunThatWasStoppedEndsAsOneThatWasNot(step: Int) throws {
        let data = try quarters(58).transformed(Compose { try RandomCrop(8, padding: 1) })
        let optimizers: [() -> any Optimizer] = [
            { SGD(learningRate: 0.05, momentum: 0.9) }, { AdamW(learningRate: 0.01) },
        ]
        let make = optimizers[step % 2]
        let whole = try run(data, checkpoint: nil, optimizer: make())
        try withFile { path in
            let checkpoint = Checkpoint(path, everySteps: 3)
            #expect(throws: Interrupted.self) {
                _ = try run(data, checkpoint: checkpoint, optimizer: make(), stopAtStep: step)
            }
            // Other random numbers and another optimizer in the meantime change nothing.
            _ = try Tensor.rand([5])
            let resumed = try run(data, checkpoint: checkpoint, optimizer: make())
            #expect(resumed.losses == whole.losses)
            #expect(resumed.figures == whole.figures)
            #expect(resumed.weights == whole.weights)
            #expect(resumed.next == whole.next)
            // Ended, it is not trained again.
            let again = try run(data, checkpoint: checkpoint, optimizer: make())
            #expect(again.weights == whole.weights && again.losses == whole.losses)
        }
    }

    @Test func aFileThatDoesNotFitIsRefusedAndNothingChanges() throws {
        let data = try quarters(32)
        try withFile { path in
            func train(
                _ model: any Layer, batchSize: Int = 8, epochs: Int = 2,
                optimizer: any Optimizer = SGD(learningRate: 0.1),
                on data: ImageDataset, ema: ExponentialMovingAverage? = nil
            ) throws {
                try Recorder().run {
                    _ = try fit(
                        model, train: data, epochs: epochs, batchSize: batchSize,
                        optimizer: optimizer, ema: ema, checkpoint: Checkpoint(path))
                }
            }
            try train(smallNetwork(), on: data)
            let start = "fit: cannot go on from the checkpoint \"\(path)\": "
            let end = "; delete it to begin anew"
            let other = smallNetwork()
            let before = try other["head.weight"].scalars(as: Float.self)
            #expect(
                errorText { try train(other, batchSize: 4, on: data) }
                    == start + "it is of another run, expected batchSize 4, got 8" + end)
            #expect(
                errorText { try train(other, optimizer: Adam(), on: data) }
                    .contains("expected optimizer Adam(learningRate: 0.001), got SGD("))
            #expect(
                errorText { try train(other, on: quarters(32, seed: 2).prefix(31)) }
                    .contains("expected training data"))
            #expect(
                errorText {
                    try train(other, on: data, ema: ExponentialMovingAverage(of: other))
                }.contains("expected ema of decay 0.999, got nil"))
            #expect(
                errorText {
                    try train(
                        Sequential {
                            Flatten(); Linear(64, 4)
                        }, on: data)
                }
                .contains("expected model Sequential of 260 parameters, got Sequential of 300"))
            // As many numbers, in other places.
            let twisted = Sequential {
                Conv2d(1, 4, kernel: 3, padding: 1).named("conv")
                ReLU()
                MaxPool2d(2)
                Flatten()
                Linear(64, 4).named("tail")
            }
            #expect(
                errorText { try train(twisted, on: data) }
                    == start + "'model' is another model, expected tail.weight [4, 64], got none"
                    + end)
            let bytes = try Data(contentsOf: URL(fileURLWithPath: path))
            for length in [0, 5, 100, bytes.count / 2, bytes.count - 1] {
                try bytes.prefix(length).write(to: URL(fileURLWithPath: path))
                let text = errorText { try train(other, on: data) }
                #expect(text.hasPrefix(start) && text.hasSuffix(end), "\(length): \(text)")
            }
            var torn = bytes
            let places = try #require(torn.range(of: Data("\\\"step\\\":8".utf8)))
            torn.replaceSubrange(places, with: Data("\\\"step\\\":7".utf8))
            try torn.write(to: URL(fileURLWithPath: path))
            #expect(
                errorText { try train(other, on: data) }
                    == start + "its record of the run is damaged" + end)
            try smallNetwork().save(path)
            #expect(
                errorText { try train(other, on: data) }
                    == start + "it holds weights and no run" + end)
            #expect(try other["head.weight"].scalars(as: Float.self) == before)
            try bytes.write(to: URL(fileURLWithPath: path))
            try train(other, on: data)
            #expect(try other["head.weight"].scalars(as: Float.self) != before)
        }
        #expect(
            errorText {
                try fit(
                    smallNetwork(), train: data, checkpoint: Checkpoint("x", everySteps: 0))
            } == "Checkpoint: 'everySteps' is too small, expected at least 1, got 0")
        #expect(
            errorText {
                try Recorder().run {
                    _ = try fit(
                        smallNetwork(), train: data,
                        checkpoint: Checkpoint("/nowhere/run.safetensors"))
                }
            }.contains("cannot write /nowhere/run.safetensors"))
    }
}
