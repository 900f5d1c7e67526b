import Analysis
import Foundation
import NeuralNetworks
import Tensors
import Testing
import Training
import VisionData

/// What the curves of a run show, and that nothing is said of curves that show nothing.
@Suite struct ExplainHistoryTests {
    private func history(
        _ train: [Double], _ validation: [Double]? = nil, steps: [Double] = [],
        rate: Double = 0.01, waiting: Double = 0
    ) -> History {
        func figures(_ loss: Double?) -> History.Figures {
            History.Figures(loss: loss ?? .nan, metrics: [])
        }
        let epochs = train.indices.map { index in
            History.Epoch(
                number: index + 1, train: figures(train[index]),
                validation: figures(validation?[index]), seconds: 10, learningRate: rate,
                secondsWaiting: waiting)
        }
        return History(epochs: epochs, stepLosses: steps, stepsPerEpoch: 10)
    }

    private func kinds(_ history: History) -> [HistoryExplanation.FindingKind] {
        explain(history).findings.map(\.kind)
    }

    /// Small deviations that are the same on every machine.
    private func noise(_ seed: Int, _ count: Int, _ size: Double) -> [Double] {
        var generator = RandomGenerator(seed: seed)
        return (0..<count).map { _ in
            size * ((0..<4).reduce(0) { sum, _ in sum + generator.uniform() } - 2)
        }
    }

    private func sum(_ one: [Double], _ other: [Double]) -> [Double] {
        one.indices.map { one[$0] + other[$0] }
    }

    /// A curve that falls to an end as exp does.
    private func decay(_ from: Double, _ to: Double, _ rate: Double, _ count: Int) -> [Double] {
        (0..<count).map { to + (from - to) * _exp(-rate * Double($0)) }
    }

    private func _exp(_ x: Double) -> Double {
        // e^x by squaring what a short series gives.
        let part = x / 1024
        var value = 1 + part + part * part / 2 + part * part * part / 6
        for _ in 0..<10 { value *= value }
        return value
    }

    @Test func overfittingIsToldFromTheEpochAfterTheBest() {
        let run = history(
            [0.9, 0.6, 0.45, 0.3, 0.2, 0.12, 0.08], [0.8, 0.65, 0.6, 0.66, 0.75, 0.85, 0.99])
        let explanation = explain(run)
        #expect(explanation.findings.map(\.kind) == [.overfitting])
        #expect(explanation.findings[0].epoch == 4)
        #expect(
            explanation.description == "overfitting from epoch 4: the validation loss rose from "
                + "0.600 to 0.990 after epoch 3, while the training loss fell from 0.450 to 0.080; "
                + "earlyStopping: EarlyStopping() keeps the best weights; augmentation, weight "
                + "decay or dropout let it learn longer")
    }

    @Test func aRateThatIsTooHighIsToldOfLossesThatRise() {
        var rising: [Double] = []
        for step in 0..<100 {
            let place = Double(step)
            rising.append(step < 30 ? 2 - 0.03 * place : 1.1 + 0.05 * (place - 30))
        }
        #expect(kinds(history([1.6, 2.9, 4.2], steps: rising)) == [.learningRateTooHigh])
        let fromTheStart = (0..<100).map { 2 + 0.1 * Double($0) }
        let found = kinds(history([3, 6, 9], steps: fromTheStart))
        #expect(found.contains(.learningRateTooHigh))
        var spikes = decay(2, 0.3, 0.1, 200)
        for index in [60, 90, 130, 170] { spikes[index] = 9 }
        #expect(kinds(history([1, 0.6, 0.5], steps: spikes)) == [.learningRateTooHigh])
    }

    @Test func aRunThatEndsTooEarlyIsToldToGoOn() {
        let run = history([2, 1.7, 1.4, 1.1, 0.8], [2.1, 1.8, 1.5, 1.2, 0.9])
        #expect(kinds(run) == [.notConverged])
        #expect(kinds(history([2, 1.7, 1.4, 1.1, 0.8])) == [.notConverged])
    }

    @Test func aRunThatStandsStillIsAPlateau() {
        let still = [2.31, 2.304, 2.303, 2.3026, 2.3025, 2.3026, 2.3025, 2.3026]
        #expect(kinds(history(still, still)) == [.plateau])
        // At the end of a schedule nothing is expected to move.
        var end = history(still, still)
        end = History(
            epochs: end.epochs.enumerated().map { index, epoch in
                var epoch = epoch
                epoch.learningRate = index < 4 ? 0.1 : 0.0001
                return epoch
            })
        #expect(kinds(end).isEmpty)
    }

    @Test func jumpsAndWaitingAreTold() {
        let jumps = [0.9, 0.5, 0.9, 0.45, 0.95, 0.5, 0.85, 0.5, 0.9]
        let train = decay(1, 0.4, 0.8, 9)
        #expect(kinds(history(train, jumps)) == [.noise])
        let slow = history(
            decay(1, 0.4, 2, 5), decay(1, 0.45, 2, 5), waiting: 5)
        #expect(kinds(slow) == [.waitingForData])
        #expect(explain(slow).description.contains("25.0 of 50.0 seconds"))
    }

    @Test func aRunThatWentWellIsNotFoundFaultWith() {
        // 200 runs that converge, with scatter: at most one in fifty may be spoken of.
        var alarms = 0
        for seed in 0..<200 {
            let count = 6 + seed % 15
            let scatter = 0.002 + 0.00015 * Double(seed % 100)
            let train = sum(decay(1.2, 0.30, 0.7, count), noise(seed, count, scatter))
            let validation = sum(
                decay(1.2, 0.38, 0.8, count), noise(seed + 1000, count, 2 * scatter))
            let steps = sum(
                decay(2, 0.3, 0.02, 40 * count), noise(seed + 2000, 40 * count, 0.12))
            let found = kinds(history(train, validation, steps: steps.map { max(0.01, $0) }))
            // It has learned less than it could where it was cut off.
            let alarm = found.filter { !($0 == .notConverged && count < 9) }
            alarms += alarm.isEmpty ? 0 : 1
        }
        #expect(alarms <= 4, "\(alarms) false alarms of 200")
    }

    @Test func clearCasesAreFoundUnderScatter() {
        var (overfitted, diverged) = (0, 0)
        for seed in 0..<100 {
            let train = sum(decay(1.2, 0.02, 0.5, 12), noise(seed, 12, 0.01))
            let rise = (0..<12).map { 0.04 * Double(max(0, $0 - 3)) }
            let validation = sum(
                sum(decay(1.2, 0.5, 1.2, 12), rise), noise(seed + 500, 12, 0.02))
            overfitted += kinds(history(train, validation)).contains(.overfitting) ? 1 : 0
            let climb = (0..<400).map { 0.5 + 0.005 * Double(max(0, $0 - 200)) }
            let steps = sum(climb, noise(seed, 400, 0.1))
            let found = kinds(history([0.5, 0.8, 1.2], steps: steps))
            diverged += found.contains(.learningRateTooHigh) ? 1 : 0
        }
        #expect(overfitted >= 95, "\(overfitted)")
        #expect(diverged >= 99, "\(diverged)")
    }

    @Test func aNetworkThatOnlyGuessesIsTold() {
        // Ten classes: 2.303 is what guessing gives.
        let start = [2.35, 9, 30, 22, 14, 9, 6, 4.5, 3.5, 3]
        let wild = start + (0..<190).map { 2.5 + noise($0, 1, 0.15)[0] }
        func run(_ steps: [Double], _ train: [Double], _ rate: Double) -> History {
            let plain = history(train, train.map { _ in 91 }, steps: steps, rate: rate)
            return History(
                epochs: plain.epochs, stepLosses: steps, stepsPerEpoch: 100,
                chanceLoss: 2.302585)
        }
        let thrown = explain(run(wild, [3.1, 2.5], 2))
        let finding = thrown.findings.first { $0.kind == .guessing }
        #expect(finding?.statement == "the network guesses")
        let evidence = finding?.evidence ?? ""
        #expect(evidence.hasPrefix("a training loss of 2."), "\(evidence)")
        #expect(evidence.contains("is no better than chance, 2.303 for 10 classes"))
        #expect(evidence.hasSuffix("at a learning rate of 2.000"), "\(evidence)")
        #expect(finding?.advice.hasPrefix("the learning rate is too high") == true)
        // Without a rise there may be other reasons.
        let still = (0..<200).map { 2.306 + noise($0 + 700, 1, 0.01)[0] }
        let stuck = explain(run(still, [2.306, 2.306], 0.01)).findings
        #expect(stuck.map(\.kind) == [.guessing])
        #expect(stuck.first?.advice.hasPrefix("another learning rate") == true)
        // The loss of a network that began badly and gets better is not spoken of.
        let slow = decay(4, 2.31, 0.01, 200)
        #expect(!kinds(run(slow, [3.2, 2.6], 0.01)).contains(.guessing))
        // Nor where the loss is none that tells of chance.
        #expect(!kinds(history([3.1, 2.5], steps: wild)).contains(.guessing))
    }

    @Test func aRunThatLearnsIsNotSaidToGuess() {
        var alarms = 0
        for seed in 0..<200 {
            let count = 40 + seed
            // Some learn late, some little.
            let end = 0.3 + 0.009 * Double(seed)
            let late = count / 2 * (seed % 3) / 2
            let curve = (0..<count).map { $0 < late ? 2.33 : 0.0 }
            let falling = decay(2.33, end, 12 / Double(count), count - late)
            let steps = (0..<count).map { $0 < late ? curve[$0] : falling[$0 - late] }
            let plain = history([2, 1.5], steps: sum(steps, noise(seed, count, 0.1)))
            let run = History(
                epochs: plain.epochs, stepLosses: plain.stepLosses, chanceLoss: 2.302585)
            alarms += kinds(run).contains(.guessing) ? 1 : 0
        }
        #expect(alarms == 0, "\(alarms) false alarms of 200")
    }

    @Test func sentencesOfTheTableTakeSeveralLines() throws {
        let told = explain(
            history([1.0, 0.8, 0.6, 0.45, 0.3, 0.2, 0.1], [1.0, 0.9, 0.85, 0.95, 1.1, 1.3, 1.5]))
        guard case .text(let html)? = try told.mimeBundle()["text/html"] else {
            Issue.record("no table")
            return
        }
        let cells = html.components(separatedBy: "<td ").dropFirst()
        let evidence = try #require(told.findings.first?.evidence)
        #expect(evidence.count > 48)
        #expect(cells.first { $0.contains(evidence) }?.contains("white-space:pre-wrap") == true)
        #expect(cells.first?.contains("white-space:pre\"") == true)
    }

    @Test func shortAndEmptyRunsAreNotSpokenOf() {
        #expect(kinds(history([])).isEmpty)
        #expect(kinds(history([1], [2])).isEmpty)
        #expect(kinds(history([2, 1, 0.5], [2, 1, 3])).isEmpty)
        #expect(kinds(history([.nan, .nan, .nan, .nan, .nan, .nan])).isEmpty)
        #expect(explain(history([])).description == "The curves show nothing that is sure.")
    }

    @Test func realRunsAreExplained() throws {
        seed(11)
        // 40 pictures of noise with labels of chance can only be learned by heart.
        func noise(_ count: Int, _ seed: Int) throws -> ImageDataset {
            var generator = RandomGenerator(seed: seed)
            let images = try (0..<count).map { _ in
                try Image(
                    width: 8, height: 8, channels: 1,
                    bytes: (0..<64).map { _ in UInt8.random(in: 0...255, using: &generator) })
            }
            return try ImageDataset(
                images: images, labels: (0..<count).map { _ in Int(generator.next() % 4) },
                classes: ["a", "b", "c", "d"])
        }
        func model() -> Sequential {
            Sequential {
                Flatten()
                Linear(64, 64)
                ReLU()
                Linear(64, 4)
            }
        }
        let byHeart = try fit(
            model(), train: noise(40, 1), validation: noise(200, 2), epochs: 25, batchSize: 8,
            optimizer: SGD(learningRate: 0.1, momentum: 0.9))
        #expect(kinds(byHeart).contains(.overfitting), "\(byHeart)")
        let wild = try fit(
            model(), train: noise(400, 1), epochs: 4, batchSize: 8,
            optimizer: SGD(learningRate: 1))
        #expect(kinds(wild).contains(.learningRateTooHigh), "\(wild.stepLosses)")
        // Labels that have nothing to do with the pictures, and steps that are far too long.
        let thrown = try fit(
            model(), train: noise(400, 1), epochs: 2, batchSize: 8,
            optimizer: SGD(learningRate: 2, momentum: 0.9), gradientClipping: .norm(1))
        let found = explain(thrown).findings.first { $0.kind == .guessing }
        #expect(found?.evidence.contains("for 4 classes") == true, "\(thrown.stepLosses)")
    }
}
