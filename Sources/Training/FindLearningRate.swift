import Glibc
import Hosting
import NeuralNetworks
import Tensors
import VisionData

/// Trains for a few steps with an ever higher learning rate and suggests one: the rate at which the
/// loss falls fastest.
///
///     let search = try findLearningRate(model, train: data.train)
///     search.plot()
///     try fit(model, train: data.train, schedule: .oneCycle(peak: search.suggestion))
///
/// The rate rises from `from` to `to` by equal factors; the search ends early where the loss is
/// four times the lowest. Model, optimizer and random numbers are left as they were. Groups of
/// weights with rates of their own keep their proportions. Throws where an argument is out of
/// range, and as `fit` does.
///
/// Source: Smith, "Cyclical Learning Rates for Training Neural Networks", 2017.
public func findLearningRate(
    _ model: any Layer, train: ImageDataset, batchSize: Int = 64,
    optimizer: any Optimizer = SGD(learningRate: 0.01, momentum: 0.9), from lowest: Double = 1e-6,
    to highest: Double = 1, steps: Int = 100, loss: Loss = .crossEntropy
) throws -> LearningRateSearch {
    for (name, value, least) in [("batchSize", batchSize, 1), ("steps", steps, 10)]
    where value < least {
        throw TrainingError(
            "findLearningRate: '\(name)' is too small, expected at least \(least), got \(value)")
    }
    guard lowest > 0, highest > lowest, highest.isFinite else {
        throw TrainingError(
            "findLearningRate: the rates are out of range, expected 0 < from < to, got from "
                + "\(lowest) to \(highest)")
    }
    guard train.count > 0 else {
        throw TrainingError(
            "findLearningRate: the training data is empty, expected at least 1 image, got 0")
    }
    try optimizer.validate()
    let info = model.info
    let state = model.namedState.map { ($0.parameter, $0.parameter.value.detached()) }
    let memory = try optimizer.memory(of: model.namedWeights)
    let generator = Context.current.generator
    let rate = optimizer.learningRate
    defer {
        Context.current.generator = generator
        optimizer.learningRate = rate
        model.info = info
    }
    let found = Result {
        let info = try ModelInfo.usual(train, normalized: true, before: info)
        model.info = info
        let rise = log(highest / lowest) / Double(steps - 1)
        var run = TrainingRun(
            model: model, optimizer: optimizer,
            schedule: Schedule("rising") { moment, _ in lowest * exp(rise * Double(moment.step)) },
            plan: TrainingPlan(
                loss: loss, metrics: [], epochs: 1, batchSize: min(batchSize, train.count),
                isMixed: Context.current.isMixedPrecision, classes: train.classes.count,
                stopsWithoutNumbers: false),
            train: PictureBatches(data: train, normalization: try info.normalization),
            validation: nil)
        try run.search(steps: steps)
        let losses = run.history.stepLosses.filter { $0.isFinite }
        return LearningRateSearch(
            rates: losses.indices.map { lowest * exp(rise * Double($0)) }, losses: losses)
    }
    for (parameter, value) in state { try parameter.setValue(value) }
    model.zeroGradients()
    try optimizer.restore(memory, of: model.namedWeights)
    return try found.get()
}

extension TrainingRun {
    /// Does so many steps, over the data again and again, unless the loss gets out of hand.
    fileprivate mutating func search(steps: Int) throws {
        let progress = ProgressReporter("Learning rates", total: steps, unit: "steps")
        var means = RunningMeans(count: 1)
        var mean = ForgettingMean()
        var lowest = Double.infinity
        while true {
            let order = Context.current.generator.next()
            let batches = try train.pass(batchSize: plan.batchSize, order: order, from: 0)
            var done = 0
            while done < train.count {
                let share = min(plan.stepSize, train.count - done)
                try step(images: share, batches: batches, &means)
                done += share
                progress.advance()
                let smoothed = mean.add(history.stepLosses.last ?? .nan)
                lowest = min(lowest, smoothed)
                if history.stepLosses.count >= steps || !smoothed.isFinite
                    || smoothed > 4 * lowest
                {
                    return progress.finish()
                }
                try Host.current.rest()
            }
        }
    }
}
