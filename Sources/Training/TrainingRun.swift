import Hosting
import NeuralNetworks
import Tensors
import VisionData

/// A run of `fit` under way: what stays the same from step to step, and the history so far.
struct TrainingRun {
    let model: any Layer
    let optimizer: any Optimizer
    let schedule: Schedule
    let loss: Loss
    let metrics: [Metric]
    let epochs: Int
    let batchSize: Int
    private(set) var history = History()

    private let weights: [Parameter]
    private let baseRate: Double
    private let totalSteps: Int
    private var step = 0
    private let progress: TrainingProgress

    init(
        model: any Layer, optimizer: any Optimizer, schedule: Schedule, loss: Loss,
        metrics: [Metric], epochs: Int, batchSize: Int, imageCount: Int
    ) {
        self.model = model
        self.optimizer = optimizer
        self.schedule = schedule
        self.loss = loss
        self.metrics = metrics
        self.epochs = epochs
        self.batchSize = batchSize
        weights = model.weights
        baseRate = optimizer.learningRate
        history.stepsPerEpoch = (imageCount + batchSize - 1) / batchSize
        totalSteps = history.stepsPerEpoch.multipliedReportingOverflow(by: epochs).partialValue
        progress = TrainingProgress(epochs: epochs, images: imageCount)
    }

    /// Trains on every image once, then looks at the validation data.
    mutating func epoch(
        train: ImageDataset, validation: ImageDataset?, normalization: Normalization?
    ) throws {
        defer { optimizer.learningRate = baseRate }
        let number = history.epochs.count + 1
        let start = ContinuousClock.now
        progress.beginEpoch(number)
        var means = RunningMeans(count: metrics.count + 1)
        let batches = try train.batches(batchSize, shuffled: true, normalized: normalization)
            .makeIterator()
        while let batch = try batches.nextBatch() {
            let rate = schedule.rate(step: step, of: totalSteps, base: baseRate)
            optimizer.learningRate = rate
            try trainStep(batch, &means)
            step += 1
            progress.update(images: batch.labels.count, history: history) {
                figures(means)
            }
        }
        let seconds = (ContinuousClock.now - start).inSeconds
        var epoch = History.Epoch(
            number: number, train: figures(means), validation: .none, seconds: seconds,
            learningRate: optimizer.learningRate)
        if let validation {
            epoch.validation = try measure(
                model, on: validation, batchSize: max(batchSize, 256), loss: loss,
                metrics: metrics, normalization: normalization)
        }
        history.epochs.append(epoch)
        progress.endEpoch(epoch, history: history)
    }

    /// One batch: forward, backward, a step of the optimizer.
    ///
    /// The gradients are gone afterwards, also when it was interrupted.
    private mutating func trainStep(_ batch: Batch, _ means: inout RunningMeans) throws {
        defer { for weight in weights { weight.zeroGradient() } }
        let count = Double(batch.labels.count)
        let output = try withTraining { try model.call(batch.images) }
        let value = try loss(output, batch.labels)
        try value.backward()
        try optimizer.step(weights)
        let number = try value.item()
        history.stepLosses.append(number)
        means.addWeight(count)
        means.add(number, at: 0, weight: count)
        for (index, metric) in metrics.enumerated() {
            means.add(try metric.function(output, batch.labels), at: index + 1, weight: count)
        }
    }

    private func figures(_ means: RunningMeans) -> History.Figures {
        History.Figures(
            loss: means[0],
            metrics: metrics.enumerated().map { ($1.name, means[$0 + 1]) })
    }
}

extension Duration {
    /// The duration in seconds.
    var inSeconds: Double {
        Double(components.seconds) + Double(components.attoseconds) * 1e-18
    }
}
