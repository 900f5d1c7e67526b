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
/// The images are shuffled anew in every epoch and normalised unless `normalized` is false: by the
/// training data's own statistics, or as the model's weights were trained before, where
/// `model.info` knows it; `model.info` remembers that, the classes and the input shape for
/// evaluation and prediction. The order of the images and everything else random come from the
/// context's seed: on one machine and with one number of threads, the same seed gives the same
/// numbers bit for bit. Training runs in training mode, validation in evaluation mode.
///
/// - Parameters:
///   - model: what is trained, in place; it gives scores `[N, classes]` for images `[N, C, H, W]`.
///   - train: the images whose loss is made smaller.
///   - validation: images that are only measured after each epoch; `nil` for none.
///   - epochs: how often each training image is seen.
///   - batchSize: N, the images of a batch; the last batch of an epoch may be smaller.
///   - optimizer: what changes the weights along their gradients.
///   - schedule: how the optimizer's learning rate changes over the run.
///   - loss: what is made smaller, from the scores and the labels of a batch.
///   - metrics: what is measured beside the loss; it does not change the training.
///   - normalized: whether images are brought to mean 0 and deviation 1, channel by channel.
///   - mixedPrecision: whether convolutions, linear layers and attention compute in bfloat16; the
///     weights, their gradients and the optimizer stay in float32.
///   - gradientClipping: a limit on the gradients of every step: `.norm(1)` or `.value(0.5)`.
///   - accumulation: how many batches make one step, which is then that of one batch as big as all
///     of them together.
///   - ema: a running average of the weights, updated after every step. Validation is with the
///     average, and in the end the model holds it; `ema.swap()` brings the last weights back.
///   - mixing: `MixUp` or `CutMix`, which mixes the images and labels of each batch; the loss takes
///     class probabilities then, and metrics compare with each image's own label.
///   - unfreezing: which units of the model train in which epoch: `GradualUnfreezing(every: 1)`.
///   - earlyStopping: when the run ends before its last epoch, and which weights the model ends
///     with: `EarlyStopping(patience: 5)`, `.bestWeights(by: "accuracy")`.
///   - checkpoint: the file that is written as it goes and that it goes on from.
///   - statistics: when weights, gradients and activations are looked at for `history.statistics`:
///     `TrainingStatistics(everySteps: 100)`.
///
/// Progress events tell the rate, the loss, the metrics, the learning rate, the share of time spent
/// waiting for data and the memory as it goes, with their curves. A loss or a gradient that is no
/// finite number ends the run before the weights change, with an error that names the first
/// operation that gave one and the ranges of its operands. An interrupt throws `Interrupted`
/// between two operations; the model then has the weights of the last whole step. Throws where
/// `epochs`, `batchSize` or `accumulation` is not positive, an argument of the optimizer, schedule
/// or clipping is out of range, the data is empty, or shapes do not fit.
@discardableResult
public func fit(
    _ model: any Layer, train: ImageDataset, validation: ImageDataset? = nil, epochs: Int = 1,
    batchSize: Int = 64, optimizer: any Optimizer = SGD(learningRate: 0.01, momentum: 0.9),
    schedule: Schedule = .constant, loss: Loss = .crossEntropy, metrics: [Metric] = [.accuracy],
    normalized: Bool = true, mixedPrecision: Bool = false,
    gradientClipping: GradientClipping? = nil, accumulation: Int = 1,
    ema: ExponentialMovingAverage? = nil, mixing: (any BatchMixing)? = nil,
    unfreezing: GradualUnfreezing? = nil, earlyStopping: EarlyStopping? = nil,
    checkpoint: Checkpoint? = nil, statistics: TrainingStatistics? = nil
) throws -> History {
    for (name, value) in [
        ("epochs", epochs), ("batchSize", batchSize), ("accumulation", accumulation),
    ] where value < 1 {
        throw TrainingError("fit: '\(name)' is too small, expected at least 1, got \(value)")
    }
    guard train.count > 0 else {
        throw TrainingError("fit: the training data is empty, expected at least 1 image, got 0")
    }
    try optimizer.validate()
    try schedule.validate()
    try gradientClipping?.validate()
    if let ema {
        guard ema.model.identity == model.identity else {
            throw TrainingError(
                "fit: 'ema' averages another model, expected one of this \(model.kind), got one "
                    + "of a \(ema.model.kind)")
        }
        if ema.isSwapped { try ema.swap() }
    }
    try unfreezing?.validate()
    try earlyStopping?.validate(metrics: metrics)
    try checkpoint?.validate()
    try statistics?.validate()
    model.info = try .usual(train, normalized: normalized, before: model.info)
    let normalization = try model.info?.normalization
    let plan = TrainingPlan(
        loss: loss, metrics: metrics, epochs: epochs, batchSize: min(batchSize, train.count),
        accumulation: accumulation, isMixed: mixedPrecision || Context.current.isMixedPrecision,
        clipping: gradientClipping, average: ema, mixing: mixing, classes: train.classes.count,
        unfreezing: unfreezing, earlyStopping: earlyStopping, checkpoint: checkpoint,
        statistics: statistics)
    var run = TrainingRun(
        model: model, optimizer: optimizer, schedule: schedule, plan: plan,
        train: PictureBatches(data: train, normalization: normalization),
        validation: validation.map { PictureBatches(data: $0, normalization: normalization) })
    return try run.run()
}

/// How a run of `fit` trains, which stays the same from step to step.
struct TrainingPlan {
    let loss: Loss
    let metrics: [Metric]
    let epochs: Int
    /// Images in a batch.
    let batchSize: Int
    /// Batches in a step.
    var accumulation = 1
    var isMixed = false
    var clipping: GradientClipping?
    var average: ExponentialMovingAverage?
    /// What mixes the images of a batch.
    var mixing: (any BatchMixing)?
    /// The number of classes.
    let classes: Int
    var unfreezing: GradualUnfreezing?
    var earlyStopping: EarlyStopping?
    var checkpoint: Checkpoint?
    /// What the run is called while it goes on; `nil` tells of every epoch.
    var title: String?
    var statistics: TrainingStatistics?
    /// Whether a loss or a gradient that is no finite number ends the run.
    var stopsWithoutNumbers = true

    /// Images in a step.
    var stepSize: Int {
        let (size, overflow) = batchSize.multipliedReportingOverflow(by: accumulation)
        return overflow ? .max : size
    }
}
