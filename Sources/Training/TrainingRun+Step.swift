import NeuralNetworks
import Tensors
import VisionData

extension TrainingRun {
    /// The next batches, `images` images together: forward and backward each, then one step of the
    /// optimizer.
    ///
    /// The gradients are gone afterwards, also when it was interrupted: see `epoch`. Throws where
    /// the loss or a gradient is no finite number, naming the operation that it comes from, before
    /// the weights change.
    mutating func step(
        images: Int, batches: any BatchPass, _ means: inout RunningMeans
    ) throws {
        var sum = 0.0
        var seen = 0
        var gradients: UInt64 = 0
        var last: StepBatch?
        while seen < images {
            guard let batch = try batches.nextBatch() else { break }
            let count = batch.count
            let share = Double(count) / Double(images)
            try recorder?.add(batch)
            last = StepBatch(
                batch: batch, share: share, generator: Context.current.generator)
            let (loss, digest) = try self.gradients(batch, share: share, &means)
            gradients = digest
            seen += count
            sum += Double(count) * loss
        }
        let loss = sum / Double(max(1, seen))
        try recorder?.endStep(loss: loss, gradients: gradients, last) {
            try operations(of: $0)
        }
        optimizer.learningRate = schedule.rate(at: moment, base: baseRate)
        try look?.finish(weights, rate: optimizer.learningRate, into: &history)
        if let clipping = plan.clipping { try weights.map(\.parameter).clipGradients(clipping) }
        try optimizer.step(weights)
        zeroGradients()
        try plan.average?.update()
        moment.step += 1
        history.stepLosses.append(loss)
    }

    /// Adds a batch's gradients, times its share of the step; gives its loss and the digest of all
    /// gradients so far.
    private func gradients(
        _ batch: Batch, share: Double, _ means: inout RunningMeans
    ) throws -> (loss: Double, digest: UInt64) {
        // From here on the batch can be done again as it was.
        let generator = Context.current.generator
        let (output, value) = try Context.current.observing(observer) {
            let (output, value) = try loss(of: batch)
            if plan.stopsWithoutNumbers, value.count == 1, try !value.item().isFinite {
                throw try withoutNumbers(batch, share: share, generator)
            }
            try propagate(value, share: share)
            return (output, value)
        }
        let print = try gradientPrint()
        if plan.stopsWithoutNumbers, !print.isFinite {
            throw try withoutNumbers(batch, share: share, generator)
        }
        let number = try value.item()
        let count = Double(batch.count)
        means.addWeight(count)
        means.add(number, at: 0, weight: count)
        for (index, metric) in plan.metrics.enumerated() {
            means.add(try metric.function(output, batch.labels), at: index + 1, weight: count)
        }
        return (number, print.digest)
    }

    /// Who is shown the operations of the step that comes now, if anyone.
    private var observer: RunObserver? {
        let isDue = plan.statistics?.isDue(at: moment) == true
        let watching = [isDue ? look?.observer : nil, recorder?.observer].compactMap(\.self)
        guard !watching.isEmpty else { return nil }
        return .operations { operation in
            for watch in watching { try watch(operation) }
        }
    }

    /// Does a batch once more as it was, without a trace, and gives its operations.
    private func operations(of step: StepBatch) throws -> [Capsule.Operation] {
        zeroGradients()
        let after = Context.current.generator
        defer {
            zeroGradients()
            Context.current.generator = after
        }
        Context.current.generator = step.generator
        var operations: [Capsule.Operation] = []
        try Context.current.observing(
            .operations { operations.append(try RunRecorder.digest($0)) }
        ) { try propagate(loss(of: step.batch).value, share: step.share) }
        return operations
    }

    /// What the model makes of a batch and the loss of it, with the heads that help in training.
    func loss(of batch: Batch) throws -> (output: Tensor, value: Tensor) {
        let shown = try plan.mixing.map { try $0(batch, classes: plan.classes) } ?? batch
        return try withMixedPrecision(plan.isMixed) {
            let (output, auxiliary) = try withTraining {
                try model.scoresOfAllHeads(shown.images)
            }
            let value = try auxiliary.reduce(plan.loss(output, shown.labels)) { sum, scores in
                try Tensor.adding(
                    sum, Tensor.multiplying(plan.loss(scores, shown.labels), .real(auxiliaryWeight))
                )
            }
            return (output, value)
        }
    }

    /// Adds a loss's gradients, times its share of the step.
    func propagate(_ value: Tensor, share: Double) throws {
        guard share != 1 else { return try value.backward() }
        guard value.count == 1 else {
            throw TrainingError(
                "fit: the loss is not one number, expected shape [], got \(value.shape)")
        }
        try value.backward(from: Tensor.full(value.shape, share, dtype: value.dtype))
    }

    /// The fingerprint of all gradients together.
    func gradientPrint() throws -> (digest: UInt64, isFinite: Bool) {
        var digest = RunningDigest()
        var isFinite = true
        for (_, parameter) in weights {
            guard let gradient = parameter.gradient else { continue }
            let print = try gradient.fingerprint()
            digest.add(print.digest)
            isFinite = isFinite && print.isFinite
        }
        return (digest.value, isFinite)
    }

    private var auxiliaryWeight: Double {
        (model as? any DeeplySupervised)?.auxiliaryWeight ?? 0
    }
}

/// A batch of a step, with all that it takes to do it again.
struct StepBatch {
    let batch: Batch
    /// Its share of the step.
    let share: Double
    /// The random numbers before it.
    let generator: RandomGenerator
}

/// A digest of numbers in their order (FNV-1a, of Fowler, Noll and Vo, by words).
struct RunningDigest {
    private(set) var value: UInt64 = 0xCBF2_9CE4_8422_2325

    init() {}

    /// A digest that goes on from another.
    init(value: UInt64) { self.value = value }

    mutating func add(_ number: UInt64) {
        value = (value ^ number) &* 0x100_0000_01B3
        value ^= value >> 29
    }
}
