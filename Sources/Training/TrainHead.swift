import NeuralNetworks
import Tensors
import VisionData

/// Trains the last `Linear` layer of a network alone, on features that the rest of it makes of
/// every picture once: as fast as training one layer.
///
///     let net = try pretrained("efficientnet_lite0")
///     try net.replaceHead(classes: data.classes.count)
///     let history = try trainHead(net, train: data.train, validation: data.test)
///
/// The rest of the network stays as it is, and what it drops by chance in training is not dropped.
/// Where pictures are changed by chance, one change of each is seen. Pictures are normalised as the
/// weights were trained before, or else by the data's own statistics; `model.info` then knows the
/// data. Throws where the head has another number of classes than the data, and as `fit` does.
@discardableResult
public func trainHead(
    _ model: any Layer, train: ImageDataset, validation: ImageDataset? = nil, epochs: Int = 40,
    batchSize: Int = 32, optimizer: any Optimizer = AdamW(learningRate: 0.005),
    schedule: Schedule = .cosine, loss: Loss = .crossEntropy, metrics: [Metric] = [.accuracy],
    earlyStopping: EarlyStopping? = nil
) throws -> History {
    for (name, value) in [("epochs", epochs), ("batchSize", batchSize)] where value < 1 {
        throw TrainingError("trainHead: '\(name)' is too small, expected at least 1, got \(value)")
    }
    guard train.count > 0 else {
        throw TrainingError(
            "trainHead: the training data is empty, expected at least 1 image, got 0")
    }
    try optimizer.validate()
    try schedule.validate()
    try earlyStopping?.validate(metrics: metrics)
    model.info = try .usual(train, normalized: true, before: model.info)
    let head = try model.classifier()
    guard head.outputs == train.classes.count || head.outputs == 1 else {
        throw TrainingError(
            "trainHead: the head is for other classes, expected \(train.classes.count) outputs, "
                + "got \(head.outputs); replaceHead(classes: \(train.classes.count)) makes one")
    }
    func features(of data: ImageDataset) throws -> FeatureBatches {
        FeatureBatches(features: try model.features(of: data), labels: data.labels)
    }
    var run = TrainingRun(
        model: head, optimizer: optimizer, schedule: schedule,
        plan: TrainingPlan(
            loss: loss, metrics: metrics, epochs: epochs, batchSize: min(batchSize, train.count),
            isMixed: Context.current.isMixedPrecision, classes: train.classes.count,
            earlyStopping: earlyStopping, title: "Head"),
        train: try features(of: train), validation: try validation.map(features))
    return try run.run()
}
