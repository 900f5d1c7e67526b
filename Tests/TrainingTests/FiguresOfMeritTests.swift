import Foundation
import NeuralNetworks
import Tensors
import Testing
import Training
import VisionData

/// What `evaluate` says beyond the accuracy, against scikit-learn and torchmetrics
/// (Fixtures/figures_of_merit.py).
@Suite struct FiguresOfMeritTests {
    private struct Figures: Decodable {
        var pixels, labels: [Int]
        var classes: [[Double]]
        var macro, weighted: [Double]
        var accuracy, top2, loss: Double
        var expectedCalibrationError, maximumCalibrationError: Double
    }

    private let figures: Figures
    private let data: ImageDataset

    init() throws {
        let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
            .appendingPathComponent("Fixtures/figures_of_merit.json")
        let figures = try JSONDecoder().decode(Figures.self, from: Data(contentsOf: file))
        let width = figures.classes.count
        data = try ImageDataset(
            images: figures.labels.indices.map { row in
                try Image(
                    width: width, height: 1, channels: 1,
                    bytes: figures.pixels[(row * width)..<((row + 1) * width)].map(UInt8.init))
            }, labels: figures.labels, classes: ["ant", "bee", "cow", "dog", "eel"])
        self.figures = figures
    }

    /// Six times the pixels.
    private var model: Sequential {
        Sequential {
            Flatten()
            Lambda("six times") { try Tensor.multiplying($0, .real(6)) }
        }
    }

    private func evaluation(_ augmentations: [any Transform] = []) throws -> Evaluation {
        try Recorder().run {
            try evaluate(model, on: data, batchSize: 64, augmentations: augmentations)
        }
    }

    @Test func precisionRecallAndF1AreThoseOfScikitLearn() throws {
        let evaluation = try evaluation()
        let report = evaluation.report
        let rows = report.rows + [report.macro, report.weighted]
        let expected = figures.classes + [figures.macro, figures.weighted]
        #expect(rows.map(\.name) == data.classes + ["macro mean", "weighted mean"])
        for (row, expected) in zip(rows, expected) {
            let found = [row.precision, row.recall, row.f1, Double(row.images)]
            for (a, b) in zip(found, expected) { #expect(abs(a - b) < 1e-12, "\(row.name)") }
        }
        #expect(abs(report.accuracy - figures.accuracy) < 1e-12)
        #expect(abs(evaluation.topAccuracy(2) - figures.top2) < 1e-12)
        #expect(evaluation.topAccuracy(1) == evaluation.accuracy)
        #expect(evaluation.topAccuracy(5) == 1)
        #expect(abs(evaluation.loss - figures.loss) < 1e-6)
        let lines = report.description.split(separator: "\n")
        #expect(lines.count == 10, "\(report)")
        #expect(lines[0].split(separator: " ") == ["class", "precision", "recall", "F1", "images"])
    }

    @Test func calibrationIsThatOfTorchmetrics() throws {
        let calibration = try evaluation().calibration(bins: 15)
        #expect(abs(calibration.error - figures.expectedCalibrationError) < 1e-6)
        #expect(abs(calibration.maximumError - figures.maximumCalibrationError) < 1e-6)
        #expect(calibration.bins.count == 15)
        #expect(calibration.bins.reduce(0) { $0 + $1.images } == data.count)
        let filled = calibration.bins.filter { $0.images > 0 }
        for bin in filled { #expect(bin.range.contains(bin.confidence)) }
        let chart = calibration.plot()
        #expect(chart.series.map(\.name) == ["as sure as right", "model"])
        #expect(chart.series[1].y == filled.map(\.accuracy))
        #expect(calibration.description.contains("expected calibration error"))
        #expect(
            errorText { _ = try evaluation().calibration(bins: 0) }
                == "calibration: 'bins' is out of range, expected 1 to 1000, got 0")
    }

    @Test func whatIsConfusedMostComesFirst() throws {
        let evaluation = try evaluation()
        let confused = evaluation.mostConfused(100)
        #expect(confused.map(\.count) == confused.map(\.count).sorted(by: >))
        let wrong = zip(evaluation.labels, evaluation.predicted).filter { $0 != $1 }
        #expect(confused.reduce(0) { $0 + $1.count } == wrong.count)
        let first = try #require(confused.first)
        let label = try #require(data.classes.firstIndex(of: first.label))
        let guess = try #require(data.classes.firstIndex(of: first.predicted))
        #expect(evaluation.confusion[label][guess] == first.count && label != guess)
        #expect(evaluation.mostConfused(2) == Array(confused.prefix(2)))
        #expect(first.description == "\(first.label) taken for \(first.predicted): \(first.count)")
    }

    @Test func theHighestLossesComeFirst() throws {
        let evaluation = try evaluation()
        let losses = try data.indices.map { index in
            let scores = figures.pixels[(index * 5)..<(index * 5 + 5)].map { Double($0) / 255 * 6 }
            let sum = scores.reduce(0) { $0 + exp($1) }
            return log(sum) - scores[figures.labels[index]]
        }
        let order = losses.indices.sorted { losses[$0] > losses[$1] }
        let top = evaluation.topLosses(5)
        #expect(top.map(\.index) == Array(order.prefix(5)))
        for mistake in top { #expect(abs(mistake.loss - losses[mistake.index]) < 1e-4) }
        #expect(top[0].image == data[top[0].index].image)
        #expect(evaluation.topLosses(-1).isEmpty && evaluation.topLosses(1000).count == data.count)
        let easiest = try #require(evaluation.topLosses(1000).last)
        #expect(easiest.description.contains("rightly"))
    }

    @Test func augmentationsAverageProbabilities() throws {
        let mirror = try RandomFlip(.horizontal, probability: 1)
        let (plain, both) = (try evaluation(), try evaluation([mirror]))
        for row in [0, 7, 149] {
            let scores = figures.pixels[(row * 5)..<(row * 5 + 5)].map { Double($0) / 255 * 6 }
            let sum = scores.reduce(0) { $0 + exp($1) }
            let own = scores.map { exp($0) / sum }
            let mean = zip(own, own.reversed()).map { ($0 + $1) / 2 }
            #expect(
                abs(Double(both.labelProbabilities[row]) - mean[figures.labels[row]]) < 1e-5)
            #expect(
                abs(Double(plain.labelProbabilities[row]) - own[figures.labels[row]]) < 1e-5)
            let prediction = try model.predict(data[row].image, augmentations: [mirror])
            for (a, b) in zip(prediction.probabilities, mean) { #expect(abs(a - b) < 1e-5) }
        }
        let expected = -both.labelProbabilities.map { log(Double($0)) }.reduce(0, +) / 150
        #expect(abs(both.loss - expected) < 1e-5)
        #expect(
            errorText { _ = try evaluation([try Resize(3, 3)]) }
                .contains("changes the size, expected [1, 1, 5], got [1, 3, 3]"))
    }
}
