import Language
import VisionEngine

private let digits = "let data = try FashionMNIST()\n"
private let model =
    "let model = Sequential { Flatten(); Linear(784, 16); ReLU(); Linear(16, 10).named(\"head\") }\n"

/// Trained networks for other classes.
@RowBuilder func transferRows() -> [Binding] {
    Binding.action(
        "unfreeze", of: AnyLayer.self, arg("name", String.self, label: "from", "of a layer inside"),
        summary: "Lets training change a layer inside the model and every layer after it.",
        example: "let net = ResNet18()\nnet.freeze()\nnet.unfreeze(from: \"layer4\")"
    ) { layer, name in try layer.layer.unfreeze(from: name) }
    Binding.action(
        "replaceHead", of: AnyLayer.self, arg("classes", Int.self),
        summary: "Puts a fresh layer for other classes in the place of the last Linear layer.",
        example: "let net = ResNet18()\nnet.freeze()\nnet.replaceHead(classes: 6)"
    ) { layer, classes in try layer.layer.replaceHead(classes: classes) }
    Binding.method(
        "features", of: AnyLayer.self, arg("data", ImageDataset.self, label: "of"),
        arg("name", String?.self, label: "upTo", default: nil, "the last Linear layer's input"),
        arg("batchSize", Int.self, default: 64),
        summary: "What the model makes of every picture, [N, D], computed once.",
        example: digits + model + "model.features(of: data.train.prefix(64)).shape"
    ) { layer, data, name, batchSize in
        try layer.layer.features(of: data, upTo: name, batchSize: batchSize)
    }
    Binding.function(
        "trainHead", arg("model", AnyLayer.self, label: nil), arg("train", ImageDataset.self),
        arg("validation", ImageDataset?.self, default: nil), arg("epochs", Int.self, default: 40),
        arg("batchSize", Int.self, default: 32),
        arg("optimizer", AnyOptimizer?.self, default: nil, "AdamW, rate 0.005"),
        arg("schedule", Schedule.self, default: .cosine),
        arg("loss", Loss.self, default: .crossEntropy),
        arg("metrics", [Metric].self, default: [.accuracy]),
        arg("earlyStopping", EarlyStopping?.self, default: nil),
        summary: "Trains the last Linear layer alone, on features that are computed once.",
        example: digits + model + "trainHead(model, train: data.train.prefix(64), epochs: 2)"
    ) {
        model, train, validation, epochs, batchSize, optimizer, schedule, loss, metrics,
        stopping in
        try trainHead(
            model.layer, train: train, validation: validation, epochs: epochs,
            batchSize: batchSize, optimizer: optimizer?.optimizer ?? AdamW(learningRate: 0.005),
            schedule: schedule, loss: loss, metrics: metrics, earlyStopping: stopping)
    }
    Binding.function(
        "fineTune", arg("model", AnyLayer.self, label: nil),
        arg("train", ImageDataset.self, label: "on"),
        arg("validation", ImageDataset?.self, default: nil), arg("epochs", Int.self, default: 8),
        arg("batchSize", Int.self, default: 16),
        arg("learningRate", Double.self, default: 0.01, "of the head"),
        arg("mixedPrecision", Bool.self, default: false, "computes in bfloat16"),
        arg("checkpoint", Checkpoint?.self, default: nil),
        summary: "Makes a trained network tell other classes apart: a good default.",
        example: digits + model + "fineTune(model, on: data.train.prefix(32), epochs: 1)"
    ) { model, train, validation, epochs, batchSize, rate, mixedPrecision, checkpoint in
        try fineTune(
            model.layer, on: train, validation: validation, epochs: epochs, batchSize: batchSize,
            learningRate: rate, mixedPrecision: mixedPrecision, checkpoint: checkpoint)
    }
    Binding.staticMethod(
        "layerwise", of: ParameterGroup.self, arg("model", AnyLayer.self, label: nil),
        arg("decay", Double.self, default: 0.8, "from each unit to the one before it"),
        summary: "Learning rates that fall from the head of a model to its input.",
        example: "let net = ResNet18()\nAdamW(groups: [.layerwise(net, decay: 0.8)])"
    ) { model, decay in try ParameterGroup.layerwise(model.layer, decay: decay) }
    learningRateRows()
    runRows()
}

/// What a run of `fit` can be told beside how it trains.
@RowBuilder private func runRows() -> [Binding] {
    Binding.initializer(
        of: GradualUnfreezing.self, arg("epochs", Int.self, label: "every", default: 1),
        arg("units", Int.self, default: 1, "that follow in each step"),
        summary: "Trains the head first and lets the layers before it follow.",
        example: digits + model
            + "fit(model, train: data.train.prefix(32), unfreezing: GradualUnfreezing(every: 1))"
    ) { epochs, units in GradualUnfreezing(every: epochs, units: units) }
    Binding.initializer(
        of: EarlyStopping.self, arg("patience", Int.self, default: 5, "epochs"),
        arg("metric", String.self, default: "loss"),
        arg("minimumImprovement", Double.self, default: 0),
        arg("restoresBest", Bool.self, default: true),
        summary: "Ends a run that gets no better, with the weights of its best epoch.",
        example: "EarlyStopping(patience: 3, metric: \"accuracy\")"
    ) { patience, metric, improvement, restores in
        EarlyStopping(
            patience: patience, metric: metric, minimumImprovement: improvement,
            restoresBest: restores)
    }
    Binding.staticMethod(
        "bestWeights", of: EarlyStopping.self,
        arg("metric", String.self, label: "by", default: "loss"),
        summary: "Trains for all epochs and brings back the weights of the best.",
        example: "EarlyStopping.bestWeights(by: \"accuracy\")"
    ) { metric in EarlyStopping.bestWeights(by: metric) }
    Binding.initializer(
        of: Checkpoint.self, arg("path", String.self, label: nil),
        arg("everySteps", Int?.self, default: nil, "beside the end of every epoch"),
        summary: "A file from which a run of fit goes on, bit for bit, where it was stopped.",
        example: digits + model
            + "fit(model, train: data.train.prefix(32), checkpoint: Checkpoint(\"run.checkpoint\"))"
    ) { path, steps in Checkpoint(path, everySteps: steps) }
}

private let searched =
    digits + model + "let search = findLearningRate(model, train: data.train.prefix(64))\n"

@RowBuilder private func learningRateRows() -> [Binding] {
    Binding.function(
        "findLearningRate", arg("model", AnyLayer.self, label: nil),
        arg("train", ImageDataset.self), arg("batchSize", Int.self, default: 64),
        arg("optimizer", AnyOptimizer?.self, default: nil, "SGD, momentum 0.9"),
        arg("lowest", Double.self, label: "from", default: 1e-6),
        arg("highest", Double.self, label: "to", default: 1), arg("steps", Int.self, default: 100),
        arg("loss", Loss.self, default: .crossEntropy),
        summary: "Tries ever higher learning rates and suggests one; leaves the model as it was.",
        example: searched + "search"
    ) { model, train, batchSize, optimizer, lowest, highest, steps, loss in
        try findLearningRate(
            model.layer, train: train, batchSize: batchSize,
            optimizer: optimizer?.optimizer ?? SGD(learningRate: 0.01, momentum: 0.9),
            from: lowest, to: highest, steps: steps, loss: loss)
    }
    Binding.property(
        "suggestion", of: LearningRateSearch.self,
        summary: "The learning rate at which the loss falls fastest.",
        example: searched + "search.suggestion"
    ) { $0.suggestion }
    Binding.property(
        "rates", of: LearningRateSearch.self, summary: "The learning rate of every step.",
        example: searched + "search.rates.count"
    ) { $0.rates }
    Binding.property(
        "losses", of: LearningRateSearch.self, summary: "The loss of every step.",
        example: searched + "search.losses.last"
    ) { $0.losses }
    Binding.property(
        "smoothedLosses", of: LearningRateSearch.self, summary: "The losses without their noise.",
        example: searched + "search.smoothedLosses.min()"
    ) { $0.smoothedLosses }
    Binding.method(
        "plot", of: LearningRateSearch.self,
        summary: "The losses over the learning rates, the suggestion marked.",
        example: searched + "search.plot()"
    ) { search in search.plot() }
}

/// The names of the types.
func transferTypes() -> [ForeignType] {
    [
        ForeignType(
            "GradualUnfreezing", GradualUnfreezing.self, summary: "Which units train when."),
        ForeignType("EarlyStopping", EarlyStopping.self, summary: "When a run ends."),
        ForeignType("Checkpoint", Checkpoint.self, summary: "A file that a run goes on from."),
        ForeignType(
            "LearningRateSearch", LearningRateSearch.self,
            summary: "Losses at ever higher learning rates."),
        ForeignType(
            "ClassReport", ClassReport.self, summary: "Precision, recall and F1 of every class."),
        ForeignType(
            "ClassFigures", ClassReport.ClassFigures.self, summary: "The figures of one class.",
            description: {
                "\($0.name): precision \($0.precision), recall \($0.recall), F1 \($0.f1)"
            }),
        ForeignType(
            "Calibration", Calibration.self,
            summary: "Whether a model is as often right as it is sure."),
        ForeignType(
            "Bin", Calibration.Bin.self, summary: "Images of which a model was equally sure.",
            description: {
                "Bin(images: \($0.images), confidence: \($0.confidence), accuracy: \($0.accuracy))"
            }),
        ForeignType(
            "Confusion", Evaluation.Confusion.self,
            summary: "Two classes, one taken for the other."),
    ]
}

extension GradualUnfreezing: ForeignConvertible {
    public static var foreignName: String { "GradualUnfreezing" }
}

extension EarlyStopping: ForeignConvertible {
    public static var foreignName: String { "EarlyStopping" }
}

extension Checkpoint: ForeignConvertible {
    public static var foreignName: String { "Checkpoint" }
}

extension LearningRateSearch: ForeignConvertible {
    public static var foreignName: String { "LearningRateSearch" }
}

extension ClassReport: ForeignConvertible {
    public static var foreignName: String { "ClassReport" }
}

extension ClassReport.ClassFigures: ForeignConvertible {
    public static var foreignName: String { "ClassFigures" }
}

extension Calibration: ForeignConvertible {
    public static var foreignName: String { "Calibration" }
}

extension Calibration.Bin: ForeignConvertible {
    public static var foreignName: String { "Bin" }
}

extension Evaluation.Confusion: ForeignConvertible {
    public static var foreignName: String { "Confusion" }
}
