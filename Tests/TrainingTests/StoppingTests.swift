import NeuralNetworks
import Synchronization
import Tensors
import Testing
import Training
import VisionData

/// When a run ends, which weights it leaves, and which units train in which epoch.
@Suite struct StoppingTests {
    /// A loss on the validation pass of every epoch that is told beforehand.
    private func scripted(_ losses: [Double]) -> Metric {
        let seen = Seen()
        return Metric("told") { _, labels in
            // Only validation has batches of this size.
            guard labels.count == 12 else { return 0 }
            seen.add([])
            return losses[seen.all.count - 1]
        }
    }

    private func weights(_ model: any Layer) throws -> [Float] {
        try model.namedState.flatMap { try $0.parameter.value.scalars(as: Float.self) }
    }

    private func run(
        _ values: [Double], _ stopping: EarlyStopping, epochs: Int? = nil,
        ema: Bool = false
    ) throws -> (History, [Float]) {
        seed(2)
        let model = smallNetwork()
        let average = ema ? try ExponentialMovingAverage(of: model, decay: 0.5) : nil
        let history = try Recorder().run {
            try fit(
                model, train: quarters(16), validation: quarters(12, seed: 5),
                epochs: epochs ?? values.count, batchSize: 8,
                optimizer: SGD(learningRate: 0.1), metrics: [scripted(values)], ema: average,
                earlyStopping: stopping)
        }
        return (history, try weights(model))
    }

    @Test func itEndsWhenNothingGotBetterForAsLongAsItsPatience() throws {
        let values = [0.1, 0.5, 0.5, 0.4, 0.45, 0.9]
        let (history, ended) = try run(values, EarlyStopping(patience: 3, metric: "told"))
        #expect(history.epochs.count == 5 && history.bestEpoch == 2)
        // The same weights as after two epochs, since neither the rate nor the order depends on
        // what comes later.
        let (_, two) = try run(
            Array(values.prefix(2)), EarlyStopping(patience: 9, metric: "told", restoresBest: false)
        )
        #expect(ended == two)
        let (longer, last) = try run(
            values, EarlyStopping(patience: 4, metric: "told", restoresBest: false))
        #expect(longer.epochs.count == 6 && longer.bestEpoch == nil && last != two)
        let (eager, _) = try run(
            [0.1, 0.2, 0.3, 0.4],
            EarlyStopping(patience: 2, metric: "told", minimumImprovement: 0.5))
        #expect(eager.epochs.count == 3 && eager.bestEpoch == 1)
    }

    @Test func bestWeightsComeBackWithoutEndingTheRun() throws {
        let values = [0.1, 0.5, 0.2, 0.3]
        for ema in [false, true] {
            let (history, best) = try run(values, .bestWeights(by: "told"), ema: ema)
            #expect(history.epochs.count == 4 && history.bestEpoch == 2)
            let (_, two) = try run([0.1, 0.5], .bestWeights(by: "told"), ema: ema)
            #expect(best == two)
        }
    }

    @Test func theLossIsBetterWhereItIsLower() throws {
        seed(4)
        let model = smallNetwork()
        let data = try quarters(40)
        let history = try Recorder().run {
            try fit(
                model, train: data, validation: data, epochs: 6, batchSize: 8,
                optimizer: SGD(learningRate: 0.8, momentum: 0.9), earlyStopping: .bestWeights())
        }
        let losses = history.epochs.map(\.validation.loss)
        let best = try #require(losses.indices.min { losses[$0] < losses[$1] })
        #expect(history.bestEpoch == best + 1)
        let loss = try Recorder().run { try evaluate(model, on: data).loss }
        #expect(abs(loss - losses[best]) < 1e-6)
    }

    @Test func unitsFollowTheHeadOneAfterTheOther() throws {
        let data = try quarters(16)
        let seen = Seen()
        nonisolated(unsafe) let model = Sequential {
            Conv2d(1, 4, kernel: 3).named("a")
            BatchNorm2d(4).named("norm")
            Conv2d(4, 4, kernel: 3).named("b")
            Flatten()
            Linear(64, 4).named("head")
        }
        let watching = Schedule("watching") { moment, base in
            if moment.step % moment.stepsPerEpoch == 0 {
                seen.add(model.namedState.filter(\.parameter.isTrainable).map(\.name))
            }
            return base
        }
        _ = try Recorder().run {
            try fit(
                model, train: data, epochs: 5, batchSize: 8, schedule: watching,
                unfreezing: GradualUnfreezing(every: 2))
        }
        let head = ["head.weight", "head.bias"]
        let both = ["b.weight", "b.bias"] + head
        #expect(seen.all == [head, head, both, both, model.namedState.map(\.name)])
        #expect(
            errorText {
                try fit(model, train: data, unfreezing: GradualUnfreezing(every: 0))
            } == "GradualUnfreezing: 'every' is too small, expected at least 1, got 0")
    }

    @Test func rulesThatMakeNoSenseAreErrors() throws {
        let data = try quarters(8)
        #expect(
            errorText {
                try fit(
                    smallNetwork(), train: data, earlyStopping: EarlyStopping(metric: "top 5"))
            }
                == "EarlyStopping: the run has no metric of that name, expected one of loss, "
                + "accuracy, got \"top 5\"")
        #expect(
            errorText {
                try fit(smallNetwork(), train: data, earlyStopping: EarlyStopping(patience: 0))
            } == "EarlyStopping: 'patience' is too small, expected at least 1 epoch, got 0")
        #expect(
            errorText {
                try fit(
                    smallNetwork(), train: data,
                    earlyStopping: EarlyStopping(minimumImprovement: -1))
            }.contains("'minimumImprovement' is out of range"))
    }
}

private final class Seen: Sendable {
    private let values = Mutex<[[String]]>([])
    var all: [[String]] { values.withLock { $0 } }
    func add(_ names: [String]) { values.withLock { $0.append(names) } }
}
