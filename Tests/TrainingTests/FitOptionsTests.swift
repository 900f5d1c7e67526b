import NeuralNetworks
import Synchronization
import Tensors
import Testing
import Training
import VisionData

@Suite struct FitOptionsTests {
    private func weights(_ model: any Layer) throws -> [Float] {
        try model.parameters.flatMap { try $0.value.scalars(as: Float.self) }
    }

    @Test func accumulatedBatchesAreOneBigBatch() throws {
        let data = try quarters(22)
        func run(batchSize: Int, accumulation: Int) throws -> (History, [Float]) {
            seed(4)
            let model = smallNetwork()
            let history = try Recorder().run {
                try fit(
                    model, train: data, epochs: 2, batchSize: batchSize,
                    optimizer: SGD(learningRate: 0.1, momentum: 0.9), accumulation: accumulation)
            }
            return (history, try weights(model))
        }
        let (whole, expected) = try run(batchSize: 8, accumulation: 1)
        let (parts, found) = try run(batchSize: 2, accumulation: 4)
        #expect(parts.stepsPerEpoch == 3 && parts.stepLosses.count == 6)
        for (a, b) in zip(parts.stepLosses, whole.stepLosses) { #expect(abs(a - b) < 1e-5) }
        for (a, b) in zip(found, expected) { #expect(abs(a - b) < 1e-5) }
        #expect(abs(parts.last.train.accuracy - whole.last.train.accuracy) < 1e-9)
    }

    @Test func transformedDataTrainsAsItsPipelineNormalises() throws {
        let half = try Normalization(means: [0.5], deviations: [0.25])
        let data = try quarters(200).transformed(
            Compose {
                try RandomCrop(8, padding: 1); Normalize(half)
            })
        let test = try quarters(60, seed: 2)
        for normalized in [true, false] {
            seed(5)
            let model = smallNetwork()
            let history = try Recorder().run {
                try fit(
                    model, train: data, validation: test, epochs: 8, batchSize: 16,
                    optimizer: SGD(learningRate: 0.05, momentum: 0.9), normalized: normalized)
            }
            #expect(try model.info?.normalization == half)
            #expect(history.last.validation.accuracy > 0.9)
        }
    }

    @Test func mixedBatchesTrainOnMixedLabels() throws {
        let (data, test) = (try quarters(200), try quarters(60, seed: 2))
        for mixing in [try MixUp(alpha: 0.4), try CutMix()] as [any BatchMixing] {
            func run() throws -> History {
                seed(3)
                return try Recorder().run {
                    try fit(
                        smallNetwork(), train: data, validation: test, epochs: 6, batchSize: 16,
                        optimizer: SGD(learningRate: 0.05, momentum: 0.9), mixing: mixing)
                }
            }
            let history = try run()
            #expect(history.last.validation.accuracy > 0.9, "\(mixing)")
            #expect(try run().stepLosses == history.stepLosses)
            // Of a mixed picture no network is certain.
            #expect(history.last.train.loss > 1.5 * history.last.validation.loss, "\(mixing)")
        }
    }

    @Test func clippedGradientsMoveWeightsLess() throws {
        let data = try quarters(16)
        let moved = try [nil, GradientClipping.norm(0.001)].map { clipping in
            seed(5)
            let model = smallNetwork()
            let before = try weights(model)
            _ = try Recorder().run {
                try fit(
                    model, train: data, batchSize: 16, optimizer: SGD(learningRate: 1),
                    gradientClipping: clipping)
            }
            return zip(before, try weights(model)).reduce(0) {
                $0 + Double(($1.0 - $1.1) * ($1.0 - $1.1))
            }.squareRoot()
        }
        #expect(moved[0] > 0.05)
        #expect(abs(moved[1] - 0.001) < 1e-4)
    }

    @Test func theModelEndsAsTheAverageThatWasValidated() throws {
        seed(6)
        let data = try quarters(32)
        let model = smallNetwork()
        let average = try ExponentialMovingAverage(of: model, decay: 0.9)
        let history = try Recorder().run {
            try fit(
                model, train: data, validation: data, epochs: 2, batchSize: 8,
                optimizer: SGD(learningRate: 0.3), ema: average)
        }
        #expect(average.updates == 8 && average.isSwapped)
        let averaged = try weights(model)
        let loss = try Recorder().run { try evaluate(model, on: data).loss }
        #expect(abs(loss - history.last.validation.loss) < 1e-6)
        try average.swap()
        let last = try weights(model)
        #expect(last != averaged)
        try average.swap()
        // A second run goes on from the last weights, not from the average.
        _ = try Recorder().run {
            try fit(
                model, train: data, batchSize: 32, optimizer: SGD(learningRate: 0), ema: average)
        }
        try average.swap()
        #expect(try weights(model) == last)
    }

    @Test func mixedPrecisionTrainsAndKeepsFloatWeights() throws {
        seed(7)
        let data = try quarters(120)
        let seen = Kinds()
        let model = Sequential {
            Conv2d(1, 4, kernel: 3, padding: 1)
            Lambda { x in
                seen.types.append(x.dtype)
                return x
            }
            BatchNorm2d(4)
            ReLU()
            MaxPool2d(2)
            Flatten()
            Linear(64, 4)
        }
        let history = try Recorder().run {
            try fit(
                model, train: data, validation: data, epochs: 4, batchSize: 16,
                optimizer: SGD(learningRate: 0.05, momentum: 0.9), mixedPrecision: true)
        }
        #expect(history.last.validation.accuracy > 0.9)
        #expect(Set(seen.types) == [.bfloat16])
        #expect(model.parameters.allSatisfy { $0.value.dtype == .float32 })
        _ = try Recorder().run { try evaluate(model, on: data.prefix(8)) }
        #expect(seen.types.last == .float32)
    }

    @Test func plateauLooksAtTheValidationLoss() throws {
        let seen = Moments()
        let schedule = Schedule("recording") { moment, base in
            seen.add(moment)
            return base
        }
        let data = try quarters(16)
        let history = try Recorder().run {
            try fit(
                smallNetwork(), train: data, validation: quarters(8, seed: 3), epochs: 3,
                batchSize: 8, schedule: schedule)
        }
        #expect(seen.all.map(\.step) == [0, 1, 2, 3, 4, 5])
        #expect(seen.all.map(\.epoch) == [0, 0, 1, 1, 2, 2])
        #expect(seen.all.map(\.losses.count) == [0, 0, 1, 1, 2, 2])
        #expect(seen.all[5].losses == history.epochs.prefix(2).map(\.validation.loss))
        let unvalidated = try Recorder().run {
            try fit(
                smallNetwork(), train: data, epochs: 3, batchSize: 16,
                optimizer: SGD(learningRate: 0.5),
                loss: Loss("constant") { output, _ in
                    try Tensor.multiplying(output.sum(), 0)
                }, metrics: [])
        }
        #expect(unvalidated.epochs.map(\.learningRate) == [0.5, 0.5, 0.5])
        let plateau = try Recorder().run {
            try fit(
                smallNetwork(), train: data, epochs: 4, batchSize: 16,
                optimizer: SGD(learningRate: 0.5), schedule: .plateau(patience: 0),
                loss: Loss("constant") { output, _ in
                    try Tensor.adding(Tensor.multiplying(output.sum(), 0), 1)
                }, metrics: [])
        }
        for (rate, expected) in zip(plateau.epochs.map(\.learningRate), [0.5, 0.5, 0.05, 0.005]) {
            #expect(abs(rate - expected) < 1e-12)
        }
    }

    @Test func evaluationAndPredictionLeaveTheModelAlone() throws {
        seed(8)
        let data = try quarters(16)
        let model = Sequential {
            Conv2d(1, 4, kernel: 3)
            BatchNorm2d(4).named("norm")
            Dropout(0.5)
            Flatten()
            Linear(144, 4)
        }
        let before = try model.namedState.map { try $0.parameter.value.scalars(as: Double.self) }
        let losses = try (0..<2).map { _ in
            // Even inside training mode.
            try withTraining { try Recorder().run { try evaluate(model, on: data).loss } }
        }
        #expect(losses[0] == losses[1])
        let predictions = try (0..<2).map { _ in try model.predict(data[0].image).probabilities }
        #expect(predictions[0] == predictions[1])
        let after = try model.namedState.map { try $0.parameter.value.scalars(as: Double.self) }
        #expect(after == before)
        let norm = try #require(try model[1] as? BatchNorm2d)
        norm.freeze()
        _ = try Recorder().run { try fit(model, train: data, batchSize: 8) }
        #expect(try norm.runningMean.value.scalars(as: Double.self) == [0, 0, 0, 0])
        #expect(try model["0.weight"].scalars(as: Double.self) != before[0])
    }

    @Test func theSameSeedGivesTheSameRunWithDroppingAndShuffling() throws {
        let data = try quarters(48)
        let runs = try (0..<2).map { _ in
            seed(21)
            let model = Sequential {
                Conv2d(1, 4, kernel: 3, padding: 1)
                BatchNorm2d(4)
                ReLU()
                Residual {
                    Conv2d(4, 4, kernel: 3, padding: 1)
                    DropPath(0.3)
                }
                Dropout(0.2)
                Flatten()
                Linear(256, 4)
            }
            let history = try Recorder().run {
                try fit(
                    model, train: data, epochs: 2, batchSize: 10, optimizer: AdamW(),
                    schedule: .warmup(epochs: 1, then: .cosine), gradientClipping: .norm(1))
            }
            return (history.stepLosses, try weights(model))
        }
        #expect(runs[0].0.map(\.bitPattern) == runs[1].0.map(\.bitPattern))
        #expect(runs[0].1.map(\.bitPattern) == runs[1].1.map(\.bitPattern))
    }

    @Test func aLoopByHandLearns() throws {
        seed(10)
        let data = try quarters(64)
        let model = smallNetwork()
        let optimizer = SGD(learningRate: 0.05, momentum: 0.9)
        var losses: [Double] = []
        for _ in 0..<4 {
            for batch in try data.batches(16, shuffled: true) {
                let loss = try withTraining {
                    try crossEntropy(model.call(batch.images), batch.labels)
                }
                try loss.backward()
                try optimizer.step(model)
                model.zeroGradients()
                losses.append(try loss.item())
            }
        }
        #expect(losses.count == 16)
        let first: Double = losses.prefix(4).reduce(0, +)
        let last: Double = losses.suffix(4).reduce(0, +)
        #expect(last < 0.7 * first)
    }

    @Test func topFiveCountsTheFiveHighest() throws {
        let data = try quarters(32)
        let history = try Recorder().run {
            try fit(
                smallNetwork(), train: data, batchSize: 32,
                metrics: [.accuracy, .topK(1), .topK(4)])
        }
        #expect(history.last.train["top 1"] == history.last.train.accuracy)
        #expect(history.last.train["top 4"] == 1)
    }

    @Test func oneOutputTellsTwoClassesApart() throws {
        seed(9)
        let all = try quarters(80)
        let two = (0..<80).filter { $0 % 4 < 2 }
        let data = try ImageDataset(
            images: two.map { all[$0].image }, labels: two.map { $0 % 4 }, classes: ["nw", "ne"])
        let model = Sequential {
            Flatten()
            Linear(64, 1)
        }
        let history = try Recorder().run {
            try fit(
                model, train: data, epochs: 10, batchSize: 8, optimizer: Adam(learningRate: 0.02),
                loss: .binaryCrossEntropy)
        }
        #expect(history.last.train.accuracy > 0.95)
        let evaluation = try Recorder().run {
            try evaluate(model, on: data, loss: .binaryCrossEntropy)
        }
        #expect(evaluation.accuracy > 0.95)
        #expect(try model.predict(data[1].image).label == "ne")
    }

    @Test func optionsThatMakeNoRunAreErrors() throws {
        let data = try quarters(8)
        let model = smallNetwork()
        #expect(
            errorText { try fit(model, train: data, accumulation: 0) }
                == "fit: 'accumulation' is too small, expected at least 1, got 0")
        #expect(
            errorText { try fit(model, train: data, gradientClipping: .norm(-1)) }
                .hasPrefix("clipGradients: the limit is out of range"))
        #expect(
            errorText { try fit(model, train: data, schedule: .step(every: 0)) }
                .hasPrefix("Schedule.step: 'every' is out of range"))
        let bad = Schedule("bad") { _, _ in -.infinity }
        #expect(
            errorText { _ = try Recorder().run { try fit(model, train: data, schedule: bad) } }
                == "SGD: 'learningRate' is out of range, expected a number from 0, got -inf")
        #expect(try model["head.weight"].gradient == nil)
        #expect(
            errorText {
                try fit(model, train: data, ema: ExponentialMovingAverage(of: Linear(2, 2)))
            }
                == "fit: 'ema' averages another model, expected one of this Sequential, got one of a "
                + "Linear")
    }
}

private final class Kinds {
    var types: [DType] = []
}

private final class Moments: Sendable {
    private let moments = Mutex<[Schedule.Moment]>([])
    var all: [Schedule.Moment] { moments.withLock { $0 } }
    func add(_ moment: Schedule.Moment) { moments.withLock { $0.append(moment) } }
}
