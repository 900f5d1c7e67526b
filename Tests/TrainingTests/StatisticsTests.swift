import Hosting
import NeuralNetworks
import Tensors
import Testing
import Training
import VisionData

/// Looking into the steps of a run.
@Suite struct StatisticsTests {
    private func run(
        _ model: any Layer, _ statistics: TrainingStatistics?, epochs: Int = 2
    ) throws -> History {
        seed(4)
        let data = try quarters(40)
        return try Recorder().run {
            try fit(model, train: data, epochs: epochs, batchSize: 8, statistics: statistics)
        }
    }

    @Test func theFirstStepAndTheLastOfEveryEpochAreLookedAt() throws {
        let history = try run(smallNetwork(), TrainingStatistics())
        #expect(history.statistics.map(\.step) == [1, 5, 10])
        let often = try run(smallNetwork(), TrainingStatistics(everySteps: 4))
        #expect(often.statistics.map(\.step) == [1, 5, 9])
        let never = try run(smallNetwork(), nil)
        #expect(never.statistics.isEmpty)
        #expect(throws: TrainingError.self) {
            try run(smallNetwork(), TrainingStatistics(everySteps: 0))
        }
    }

    @Test func lookingChangesNothing() throws {
        seed(9)
        let model = smallNetwork()
        let copy = try model.copy()
        let seen = try run(model, TrainingStatistics(everySteps: 1))
        let unseen = try run(copy, nil)
        #expect(seen.stepLosses == unseen.stepLosses)
    }

    @Test func figuresAreThoseOfWeightsAndGradients() throws {
        seed(5)
        let model = smallNetwork()
        let before = try model["head.weight"].scalars(as: Double.self)
        let history = try run(model, TrainingStatistics(), epochs: 1)
        let look = try #require(history.statistics.first)
        #expect(
            look.weights.map(\.name) == [
                "conv.weight", "conv.bias", "head.weight", "head.bias",
            ])
        let mean = before.reduce(0, +) / Double(before.count)
        let head = look.weights[2]
        #expect(abs(head.mean - mean) < 1e-7)
        let square = before.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(before.count)
        #expect(abs(head.deviation - square.squareRoot()) < 1e-6)
        #expect(head.gradientMagnitude > 0 && head.gradientMaximum >= head.gradientMagnitude)
        #expect(head.updateRatio > 0 && head.updateRatio < 1)
        #expect(look.activations.contains { $0.name.contains("head") })
    }

    @Test func deadUnitsAreCounted() throws {
        // Two of the four channels get a bias that no input can lift.
        let model = smallNetwork()
        try model.parameter(named: "conv.bias").setValue(Tensor([-1e4, 0.5, -1e4, 0.5]))
        let history = try run(model, TrainingStatistics(), epochs: 1)
        let shares = history.statistics[0].activations.compactMap(\.deadShare)
        #expect(shares.contains(0.5), "\(history.statistics[0])")
        let chart = try history.deadUnits()
        #expect(chart.series.contains { $0.y.contains(0.5) })
        let flow = try history.gradientFlow()
        #expect(flow.categories.first == "conv.weight" && flow.isYLogarithmic)
        #expect(throws: TrainingError.self) { try run(smallNetwork(), nil).gradientFlow() }
    }

    @Test func aLookIsShownAsTables() throws {
        let look = try run(smallNetwork(), TrainingStatistics(), epochs: 1).statistics[0]
        let lines = look.description.split(separator: "\n")
        #expect(lines[0].hasPrefix("step 1"))
        #expect(lines.contains { $0.hasPrefix("conv.weight") })
        #expect(try look.mimeBundle().items.map(\.type) == ["text/plain", "text/html"])
    }

    @Test func progressTellsLearningRateAndMemoryWithTwoCurves() throws {
        seed(6)
        let recorder = Recorder()
        let data = try quarters(4000)
        _ = try recorder.run {
            try fit(
                smallNetwork(), train: data, validation: quarters(40), epochs: 2, batchSize: 4,
                optimizer: SGD(learningRate: 0.0125))
        }
        let states = recorder.progress.filter { !$0.isMilestone && !$0.isFinished }
        let names = try #require(states.last?.metrics.map(\.name))
        #expect(names.prefix(3) == ["loss", "accuracy", "learning rate"])
        #expect(names.last == "memory GB")
        #expect(states.last?.metrics[2].value == 0.0125)
        let picture = try #require(recorder.progress.last?.picture)
        guard case .text(let svg)? = picture["image/svg+xml"] else {
            Issue.record("no drawing")
            return
        }
        #expect(svg.contains("width=\"800"))
    }
}
