import Hosting
import NeuralNetworks
import Tensors
import VisionData

/// Trains a model and returns what happened, epoch by epoch.
///
///     let data = try FashionMNIST()
///     let history = try fit(
///         model, train: data.train, validation: data.test, epochs: 3, batchSize: 64,
///         optimizer: SGD(learningRate: 0.05, momentum: 0.9), schedule: .oneCycle(peak: 0.05),
///         loss: .crossEntropy, metrics: [.accuracy])
///
/// The images are shuffled anew in every epoch and normalised by the training data's own statistics
/// unless `normalized` is false; `model.info` remembers them, the classes and the input shape for
/// evaluation and prediction. The order of the images and everything else random come from the
/// context's seed. Training runs in training mode, validation in evaluation mode.
///
/// Progress events tell the rate, the loss and the metrics as it goes. An interrupt throws
/// `Interrupted` between two operations; the model then has the weights of the last whole step.
/// Throws where `epochs` or `batchSize` is not positive, the data is empty, or shapes do not fit.
@discardableResult
public func fit(
    _ model: any Layer, train: ImageDataset, validation: ImageDataset? = nil, epochs: Int = 1,
    batchSize: Int = 64, optimizer: any Optimizer = SGD(learningRate: 0.01, momentum: 0.9),
    schedule: Schedule = .constant, loss: Loss = .crossEntropy, metrics: [Metric] = [.accuracy],
    normalized: Bool = true
) throws -> History {
    guard epochs > 0 else {
        throw TrainingError("fit: 'epochs' is too small, expected at least 1, got \(epochs)")
    }
    guard batchSize > 0 else {
        throw TrainingError("fit: 'batchSize' is too small, expected at least 1, got \(batchSize)")
    }
    guard train.count > 0 else {
        throw TrainingError("fit: the training data is empty, expected at least 1 image, got 0")
    }
    try optimizer.validate()
    model.info = .usual(train, normalized: normalized)
    var run = TrainingRun(
        model: model, optimizer: optimizer, schedule: schedule, loss: loss, metrics: metrics,
        epochs: epochs, batchSize: min(batchSize, train.count), imageCount: train.count)
    let normalization = try model.info?.normalization
    for _ in 0..<epochs {
        try run.epoch(train: train, validation: validation, normalization: normalization)
    }
    return run.history
}
