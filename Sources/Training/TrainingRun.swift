import Glibc
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
    var history = History()
    /// Where the epoch under way is; `nil` between epochs.
    var position: Position?
    var moment: Schedule.Moment
    /// The values of the model after its best epoch so far, where they are to be brought back.
    var best: [String: Tensor]?

    /// What decided how the run goes when it began, by name, for its checkpoints.
    var settings: [(name: String, value: String)] = []

    let weights: [(name: String, parameter: Parameter)]
    let train: any BatchSource
    let validation: (any BatchSource)?
    let baseRate: Double
    private let progress: TrainingProgress
    /// Who looks at steps, where the plan asks for it.
    let look: StepLook?
    /// Who takes down what the run does; `nil` where nobody will ask.
    var recorder: RunRecorder?

    /// Where an epoch is.
    struct Position {
        /// What the order of the pictures is drawn from.
        let order: UInt64
        /// How many pictures are done.
        var done = 0
        var means: RunningMeans
        /// How long it took, before the run went on from a checkpoint.
        var seconds = 0.0
    }

    init(
        model: any Layer, optimizer: any Optimizer, schedule: Schedule, plan: TrainingPlan,
        train: any BatchSource, validation: (any BatchSource)?
    ) {
        self.model = model
        self.optimizer = optimizer
        self.schedule = schedule
        self.plan = plan
        self.train = train
        self.validation = validation
        weights = model.namedWeights
        look = plan.statistics.map { _ in StepLook() }
        baseRate = optimizer.learningRate
        let steps = 1 + (train.count - 1) / plan.stepSize
        history.stepsPerEpoch = steps
        // Further heads add their losses.
        let heads = (model as? any DeeplySupervised)?.auxiliaryHeads ?? []
        if plan.loss.isCrossEntropy, plan.classes > 1, heads.isEmpty {
            history.chanceLoss = log(Double(plan.classes))
        }
        moment = Schedule.Moment(
            step: 0, totalSteps: steps.multipliedReportingOverflow(by: plan.epochs).partialValue,
            stepsPerEpoch: steps)
        progress = TrainingProgress(
            plan.title, epochs: plan.epochs, images: train.count)
    }

    /// Whether there is nothing left to train.
    var isOver: Bool {
        position == nil
            && (history.epochs.count >= plan.epochs
                || plan.earlyStopping?.ends(after: history.epochs) == true)
    }

    /// Trains until the end and leaves the model with the weights that the plan asks for.
    mutating func run() throws -> History {
        // What is repeated is trained anew.
        let checkpoint = ReplayWatch.current == nil ? plan.checkpoint : nil
        if let checkpoint { try goOn(from: checkpoint) }
        if recorder == nil, moment.step == 0 {
            recorder = try RunRecorder(self, presentSettings)
            history.arguments = RunArguments(self)
        }
        while !isOver { try epoch(checkpoint) }
        if progress.epochs != history.epochs.count { progress.finish() }
        try plan.average?.swap()
        if let best {
            for (name, parameter) in model.namedState {
                if let value = best[name] { try parameter.setValue(value) }
            }
            history.bestEpoch = plan.earlyStopping?.best(of: history.epochs).map { $0 + 1 }
        }
        try recorder?.end(model)
        history.recorded = recorder?.capsule
        return history
    }

    /// Trains on every image once, or on those that a checkpoint left, then looks at the validation
    /// data.
    private mutating func epoch(_ checkpoint: Checkpoint?) throws {
        defer {
            optimizer.learningRate = baseRate
            zeroGradients()
        }
        let number = history.epochs.count + 1
        plan.unfreezing?.prepare(model, epoch: number - 1)
        var now =
            position
            ?? Position(
                order: Context.current.generator.next(),
                means: RunningMeans(count: plan.metrics.count + 1))
        position = now
        let before = now.seconds
        let start = ContinuousClock.now
        progress.beginEpoch(number)
        let batches = try train.pass(
            batchSize: plan.batchSize, order: now.order, from: now.done / plan.batchSize)
        while now.done < train.count {
            let share = min(plan.stepSize, train.count - now.done)
            try step(images: share, batches: batches, &now.means)
            now.done += share
            now.seconds = before + (ContinuousClock.now - start).inSeconds
            position = now
            if let checkpoint, now.done < train.count,
                checkpoint.everySteps.map({ moment.step % $0 == 0 }) == true
            {
                try save(to: checkpoint)
            }
            progress.update(
                images: share, history: history, learningRate: optimizer.learningRate,
                waiting: batches.secondsWaited / max(1e-9, now.seconds - before)
            ) { figures(now.means) }
            try Host.current.rest()
        }
        var epoch = History.Epoch(
            number: number, train: figures(now.means), validation: .none, seconds: now.seconds,
            learningRate: optimizer.learningRate, secondsWaiting: batches.secondsWaited)
        if let validation { epoch.validation = try figures(on: validation) }
        moment.losses.append(validation == nil ? epoch.train.loss : epoch.validation.loss)
        history.epochs.append(epoch)
        position = nil
        try keepBest()
        if let checkpoint { try save(to: checkpoint) }
        progress.endEpoch(epoch, history: history)
    }

    /// Keeps the values that were just validated, where they are the best so far.
    private mutating func keepBest() throws {
        guard let rule = plan.earlyStopping, rule.restoresBest,
            rule.best(of: history.epochs) == history.epochs.count - 1
        else { return }
        let state = model.namedState
        best =
            plan.average?.memory
            ?? Dictionary(
                state.map { ($0.name, $0.parameter.value.detached()) }
            ) { first, _ in first }
    }

    func zeroGradients() {
        for (_, parameter) in weights { parameter.zeroGradient() }
    }

    /// The figures on the validation data, of the average where there is one.
    private func figures(on validation: any BatchSource) throws -> History.Figures {
        func figures() throws -> History.Figures {
            try measure(
                model, on: validation, batchSize: max(plan.batchSize, 256), loss: plan.loss,
                metrics: plan.metrics, isMixed: plan.isMixed)
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
