import Language
import VisionEngine

private let digits = "let data = try FashionMNIST()\n"
private let model = "let model = Sequential { Flatten(); Linear(784, 10) }\n"

/// Training and evaluation.
@RowBuilder func trainingRows() -> [Binding] {
    Binding.function(
        "fit", arg("model", AnyLayer.self, label: nil), arg("train", ImageDataset.self),
        arg("validation", ImageDataset?.self, default: nil), arg("epochs", Int.self, default: 1),
        arg("batchSize", Int.self, default: 64),
        arg("optimizer", AnyOptimizer?.self, default: nil, "SGD, rate 0.01, momentum 0.9"),
        arg("schedule", Schedule.self, default: .constant),
        arg("loss", Loss.self, default: .crossEntropy),
        arg("metrics", [Metric].self, default: [.accuracy]),
        arg("normalized", Bool.self, default: true, "by the data's statistics, or as before"),
        arg("mixedPrecision", Bool.self, default: false, "computes in bfloat16"),
        arg("gradientClipping", GradientClipping?.self, default: nil, ".norm(1) or .value(0.5)"),
        arg("accumulation", Int.self, default: 1, "how many batches make one step"),
        arg("ema", ExponentialMovingAverage?.self, default: nil, "updated after every step"),
        arg("mixing", AnyMixing?.self, default: nil, "MixUp() or CutMix()"),
        arg("unfreezing", GradualUnfreezing?.self, default: nil, "which layers train when"),
        arg("earlyStopping", EarlyStopping?.self, default: nil, "or .bestWeights()"),
        arg("checkpoint", Checkpoint?.self, default: nil, "a file to go on from"),
        arg("statistics", TrainingStatistics?.self, default: nil, "which steps are looked into"),
        summary: "Trains a model and returns what happened, epoch by epoch.",
        example: digits + model + "fit(model, train: data.train.prefix(64), epochs: 1)"
    ) {
        model, train, validation, epochs, batchSize, optimizer, schedule, loss, metrics,
        normalized, mixedPrecision, clipping, accumulation, ema, mixing, unfreezing, stopping,
        checkpoint, statistics in
        try fit(
            model.layer, train: train, validation: validation, epochs: epochs,
            batchSize: batchSize,
            optimizer: optimizer?.optimizer ?? SGD(learningRate: 0.01, momentum: 0.9),
            schedule: schedule, loss: loss, metrics: metrics, normalized: normalized,
            mixedPrecision: mixedPrecision, gradientClipping: clipping,
            accumulation: accumulation, ema: ema, mixing: mixing?.mixing, unfreezing: unfreezing,
            earlyStopping: stopping, checkpoint: checkpoint, statistics: statistics)
    }
    Binding.function(
        "evaluate", arg("model", AnyLayer.self, label: nil),
        arg("data", ImageDataset.self, label: "on"),
        arg("batchSize", Int.self, default: 256), arg("loss", Loss.self, default: .crossEntropy),
        arg("augmentations", [AnyTransform].self, default: [], "over which it takes the mean"),
        summary: "How a model does on a data set: accuracy, loss, mistakes.",
        example: digits + model + "evaluate(model, on: data.test.prefix(64)).accuracy"
    ) { model, data, batchSize, loss, augmentations in
        try evaluate(
            model.layer, on: data, batchSize: batchSize, loss: loss,
            augmentations: augmentations.map(\.transform))
    }
}
