import NeuralNetworks
import Tensors
import Testing
import Training
import VisionData

@Suite struct HistoryTests {
    private func history(validated: Bool) throws -> History {
        seed(2)
        let data = try quarters(32)
        return try Recorder().run {
            try fit(
                smallNetwork(), train: data, validation: validated ? data : nil, epochs: 2,
                batchSize: 8)
        }
    }

    @Test func aTableHasALineAnEpoch() throws {
        let lines = try history(validated: true).description.split(separator: "\n")
        #expect(lines.count == 4)
        #expect(lines[0] == "epoch    loss  accuracy  val loss  val accuracy  seconds")
        #expect(lines[2].hasPrefix("    1  "))
        let bare = try history(validated: false).description.split(separator: "\n")
        #expect(bare[0] == "epoch    loss  accuracy  seconds")
    }

    @Test func withoutValidationItsFiguresAreNotNumbers() throws {
        let history = try history(validated: false)
        #expect(history.last.validation.loss.isNaN)
        #expect(history.last.validation.accuracy.isNaN)
        #expect(history.last.train["nothing"].isNaN)
    }

    @Test func plotsShowTrainingAndValidation() throws {
        let history = try history(validated: true)
        let chart = history.plot()
        #expect(chart.series.map(\.name) == ["train", "validation"])
        #expect(chart.series[0].y == history.stepLosses)
        #expect(chart.series[1].x == [1, 2])
        #expect(try history.plot("accuracy").series[0].y == history.epochs.map(\.train.accuracy))
        #expect(
            errorText { _ = try history.plot("recall") }
                == "plot: the history has no metric of that name, expected \"accuracy\", "
                + "got \"recall\"")
    }
}
