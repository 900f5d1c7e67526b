import Language
import VisionEngine

private let trained = """
    let data = try FashionMNIST()
    let model = Sequential { Flatten(); Linear(784, 10) }
    let evaluation = evaluate(model, on: data.test.prefix(64))

    """

/// What an evaluation says beyond the accuracy.
@RowBuilder func figureRows() -> [Binding] {
    Binding.method(
        "topAccuracy", of: Evaluation.self, arg("count", Int.self, label: nil),
        summary: "The share of images whose label is among the likeliest classes, 0...1.",
        example: trained + "evaluation.topAccuracy(5)"
    ) { evaluation, count in evaluation.topAccuracy(count) }
    Binding.method(
        "plot", of: Evaluation.self,
        summary: "How often each class was taken for each, as a heat map.",
        example: trained + "evaluation.plot()"
    ) { evaluation in evaluation.plot() }
    Binding.property(
        "report", of: Evaluation.self, summary: "Precision, recall and F1 of every class.",
        example: trained + "evaluation.report"
    ) { $0.report }
    Binding.method(
        "calibration", of: Evaluation.self, arg("bins", Int.self, default: 15),
        summary: "Whether the model is as often right as it is sure.",
        example: trained + "evaluation.calibration()"
    ) { evaluation, bins in try evaluation.calibration(bins: bins) }
    Binding.method(
        "mostConfused", of: Evaluation.self, arg("count", Int.self, label: nil, default: 10),
        summary: "The pairs of classes that were taken for each other most often.",
        example: trained + "evaluation.mostConfused(3)"
    ) { evaluation, count in evaluation.mostConfused(count) }
    Binding.method(
        "topLosses", of: Evaluation.self, arg("count", Int.self, label: nil, default: 12),
        summary: "The images with the highest losses, as pictures.",
        example: trained + "evaluation.topLosses(8)"
    ) { evaluation, count in evaluation.topLosses(count) }
    Binding.property(
        "loss", of: Evaluation.Mistake.self, summary: "The loss of the image alone.",
        example: trained + "evaluation.topLosses(1)[0].loss"
    ) { $0.loss }
    Binding.property(
        "labelProbability", of: Evaluation.Mistake.self,
        summary: "How likely the model took what it is for, 0...1.",
        example: trained + "evaluation.topLosses(1)[0].labelProbability"
    ) { $0.labelProbability }
    Binding.property(
        "labelProbabilities", of: Evaluation.self,
        summary: "How likely the model took what every image is for, 0...1.",
        example: trained + "evaluation.labelProbabilities.prefix(3)"
    ) { $0.labelProbabilities.map(Double.init) }
    Binding.property(
        "label", of: Evaluation.Confusion.self, summary: "What the images are.",
        example: trained + "evaluation.mostConfused().first?.label"
    ) { $0.label }
    Binding.property(
        "predicted", of: Evaluation.Confusion.self, summary: "What they were taken for.",
        example: trained + "evaluation.mostConfused().first?.predicted"
    ) { $0.predicted }
    Binding.property(
        "count", of: Evaluation.Confusion.self, summary: "How many there are.",
        example: trained + "evaluation.mostConfused().first?.count"
    ) { $0.count }
    reportRows()
    calibrationRows()
    Binding.staticMethod(
        "topK", of: Metric.self, arg("count", Int.self, label: nil),
        summary: "The share of images whose label is among the highest outputs.",
        example: "Metric.topK(5)"
    ) { count in Metric.topK(count) }
    Binding.property(
        "bestEpoch", of: History.self,
        summary: "The epoch whose weights were brought back in the end, or nil.",
        example: """
            let data = try FashionMNIST(), model = Sequential { Flatten(); Linear(784, 10) }
            fit(model, train: data.train.prefix(32), epochs: 2, earlyStopping: .bestWeights()).bestEpoch
            """
    ) { $0.bestEpoch }
}

@RowBuilder private func reportRows() -> [Binding] {
    Binding.property(
        "rows", of: ClassReport.self, summary: "The figures of each class.",
        example: trained + "evaluation.report.rows[0]"
    ) { $0.rows }
    Binding.property(
        "macro", of: ClassReport.self, summary: "Their means, each class counting alike.",
        example: trained + "evaluation.report.macro.f1"
    ) { $0.macro }
    Binding.property(
        "weighted", of: ClassReport.self, summary: "Their means, each image counting alike.",
        example: trained + "evaluation.report.weighted.f1"
    ) { $0.weighted }
    Binding.property(
        "accuracy", of: ClassReport.self, summary: "The share of images classified rightly.",
        example: trained + "evaluation.report.accuracy"
    ) { $0.accuracy }
    Binding.property(
        "name", of: ClassReport.ClassFigures.self, summary: "The class.",
        example: trained + "evaluation.report.rows[0].name"
    ) { $0.name }
    Binding.property(
        "precision", of: ClassReport.ClassFigures.self,
        summary: "Of what was taken for the class, the share that is of it.",
        example: trained + "evaluation.report.rows[0].precision"
    ) { $0.precision }
    Binding.property(
        "recall", of: ClassReport.ClassFigures.self,
        summary: "Of what is of the class, the share that was taken for it.",
        example: trained + "evaluation.report.rows[0].recall"
    ) { $0.recall }
    Binding.property(
        "f1", of: ClassReport.ClassFigures.self, summary: "The harmonic mean of both.",
        example: trained + "evaluation.report.rows[0].f1"
    ) { $0.f1 }
    Binding.property(
        "images", of: ClassReport.ClassFigures.self, summary: "How many images are of the class.",
        example: trained + "evaluation.report.rows[0].images"
    ) { $0.images }
}

@RowBuilder private func calibrationRows() -> [Binding] {
    Binding.property(
        "error", of: Calibration.self, summary: "The expected calibration error, 0...1.",
        example: trained + "evaluation.calibration().error"
    ) { $0.error }
    Binding.property(
        "maximumError", of: Calibration.self,
        summary: "The largest distance of accuracy and confidence in a bin.",
        example: trained + "evaluation.calibration().maximumError"
    ) { $0.maximumError }
    Binding.property(
        "bins", of: Calibration.self, summary: "Equal parts of 0...1 in order.",
        example: trained + "evaluation.calibration(bins: 5).bins"
    ) { $0.bins }
    Binding.method(
        "plot", of: Calibration.self, summary: "The reliability diagram.",
        example: trained + "evaluation.calibration().plot()"
    ) { calibration in calibration.plot() }
    Binding.property(
        "images", of: Calibration.Bin.self, summary: "How many images.",
        example: trained + "evaluation.calibration().bins[1].images"
    ) { $0.images }
    Binding.property(
        "confidence", of: Calibration.Bin.self, summary: "How sure the model was of them.",
        example: trained + "evaluation.calibration().bins[1].confidence"
    ) { $0.confidence }
    Binding.property(
        "accuracy", of: Calibration.Bin.self, summary: "The share of them that it got right.",
        example: trained + "evaluation.calibration().bins[1].accuracy"
    ) { $0.accuracy }
}
