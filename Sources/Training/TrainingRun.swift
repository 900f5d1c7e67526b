import Hosting
import NeuralNetworks
import Tensors
import VisionData

/// A run of `fit` under way, and the history so far.
struct TrainingRun {
    let model: any Layer
    let optimizer: any Optimizer
    let schedule: Schedule
    let plan: TrainingPlan
    private(set) var history = History()

    private let weights: [(name: String, parameter: Parameter)]
    private let baseRate: Double
    private let imageCount: Int
    private var moment: Schedule.Moment
    private let progress: TrainingProgress

    init(
        model: any Layer, optimizer: any Optimizer, schedule: Schedule, plan: TrainingPlan,
        imageCount: Int
    ) {
        self.model = model
        self.optimizer = optimizer
        self.schedule = schedule
        self.plan = plan
        self.imageCount = imageCount
        weights = model.namedWeights
        baseRate = optimizer.learningRate
        let steps = 1 + (imageCount - 1) / plan.stepSize
        history.stepsPerEpoch = steps
        moment = Schedule.Moment(
            step: 0, totalSteps: steps.multipliedReportingOverflow(by: plan.epochs).partialValue,
            stepsPerEpoch: steps)
        progress = TrainingProgress(epochs: plan.epochs, images: imageCount)
    }

    /// Trains on every image once, then looks at the validation data.
    mutating func epoch(train: ImageDataset, validation: ImageDataset?) throws {
        defer {
            optimizer.learningRate = baseRate
            zeroGradients()
        }
        let number = history.epochs.count + 1
        let start = ContinuousClock.now
        progress.beginEpoch(number)
        var means = RunningMeans(count: plan.metrics.count + 1)
        let batches = try train.batches(
            plan.batchSize, shuffled: true, normalized: plan.normalization
        ).makeIterator()
        var done = 0
        while done < imageCount {
            let share = min(plan.stepSize, imageCount - done)
            try step(images: share, batches: batches, &means)
            done += share
            progress.update(images: share, history: history) { figures(means) }
            try Host.current.rest()
        }
        let seconds = (ContinuousClock.now - start).inSeconds
        var epoch = History.Epoch(
            number: number, train: figures(means), validation: .none, seconds: seconds,
            learningRate: optimizer.learningRate, secondsWaiting: batches.secondsWaited)
        if let validation { epoch.validation = try figures(on: validation) }
        moment.losses.append(validation == nil ? epoch.train.loss : epoch.validation.loss)
        history.epochs.append(epoch)
        progress.endEpoch(epoch, history: history)
    }

    /// The next batches, `images` images together: forward and backward each, then one step of the
    /// optimizer.
    ///
    /// The gradients are gone afterwards, also when it was interrupted: see `epoch`.
    private mutating func step(
        images: Int, batches: BatchIterator, _ means: inout RunningMeans
    ) throws {
        var sum = 0.0
        var seen = 0
        while seen < images {
            guard let batch = try batches.nextBatch() else { break }
            let count = batch.count
            seen += count
            sum +=
                Double(count)
                * (try gradients(batch, share: Double(count) / Double(images), &means))
        }
        if let clipping = plan.clipping { try weights.map(\.parameter).clipGradients(clipping) }
        optimizer.learningRate = schedule.rate(at: moment, base: baseRate)
        try optimizer.step(weights)
        zeroGradients()
        try plan.average?.update()
        moment.step += 1
        history.stepLosses.append(sum / Double(max(1, seen)))
    }

    /// Adds a batch's gradients, times its share of the step, and gives its loss.
    private func gradients(
        _ batch: Batch, share: Double, _ means: inout RunningMeans
    ) throws -> Double {
        let shown = try plan.mixing.map { try $0(batch, classes: plan.classes) } ?? batch
        let (output, value) = try withMixedPrecision(plan.isMixed) {
            let (output, auxiliary) = try withTraining { try outputs(shown.images) }
            let value = try auxiliary.reduce(plan.loss(output, shown.labels)) { sum, scores in
                try Tensor.adding(
                    sum, Tensor.multiplying(plan.loss(scores, shown.labels), .real(auxiliaryWeight))
                )
            }
            return (output, value)
        }
        if share == 1 {
            try value.backward()
        } else {
            guard value.count == 1 else {
                throw TrainingError(
                    "fit: the loss is not one number, expected shape [], got \(value.shape)")
            }
            try value.backward(from: Tensor.full(value.shape, share, dtype: value.dtype))
        }
        let number = try value.item()
        let count = Double(batch.count)
        means.addWeight(count)
        means.add(number, at: 0, weight: count)
        for (index, metric) in plan.metrics.enumerated() {
            means.add(try metric.function(output, batch.labels), at: index + 1, weight: count)
        }
        return number
    }

    /// What the model says of images, and what the heads in its middle say, if it has any.
    private func outputs(_ images: Tensor) throws -> (Tensor, [Tensor]) {
        guard let supervised = model as? any DeeplySupervised else {
            return (try model.call(images), [])
        }
        return try supervised.outputs(images)
    }

    private var auxiliaryWeight: Double {
        (model as? any DeeplySupervised)?.auxiliaryWeight ?? 0
    }

    private func zeroGradients() {
        for (_, parameter) in weights { parameter.zeroGradient() }
    }

    /// The figures on the validation data, of the average where there is one.
    private func figures(on validation: ImageDataset) throws -> History.Figures {
        func figures() throws -> History.Figures {
            try measure(
                model, on: validation, batchSize: max(plan.batchSize, 256), loss: plan.loss,
                metrics: plan.metrics, normalization: plan.normalization, isMixed: plan.isMixed)
        }
        guard let average = plan.average else { return try figures() }
        return try average.withAverage(figures)
    }

    private func figures(_ means: RunningMeans) -> History.Figures {
        History.Figures(
            loss: means[0],
            metrics: plan.metrics.enumerated().map { ($1.name, means[$0 + 1]) })
    }
}
