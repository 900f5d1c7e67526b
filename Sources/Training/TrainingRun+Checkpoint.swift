import NeuralNetworks
import Tensors

extension TrainingRun {
    /// Writes down where the run is, between two steps.
    func save(to checkpoint: Checkpoint) throws {
        var tensors: [String: Tensor] = [:]
        func add(_ prefix: String, _ part: [String: Tensor]) {
            for (name, tensor) in part { tensors["\(prefix)/\(name)"] = tensor }
        }
        for (name, parameter) in model.namedState { tensors["model/\(name)"] = parameter.value }
        add("optimizer", try optimizer.memory(of: weights))
        if let average = plan.average { add("average", average.memory) }
        if let best { add("best", best) }
        let record = CheckpointFile.Record(
            settings: settings.map { [$0.name, $0.value] },
            generator: Context.current.generator.words, step: moment.step,
            order: position?.order, done: position?.done ?? 0, sums: position?.means.sums ?? [],
            weight: position?.means.weight ?? 0, seconds: position?.seconds ?? 0,
            epochs: history.epochs, stepLosses: history.stepLosses,
            averageUpdates: plan.average?.updates, capsule: recorder?.capsule,
            statistics: history.statistics)
        try CheckpointFile(record: record, tensors: tensors).write(to: checkpoint.path)
    }

    /// Goes on from the file, where it is there: nothing is changed unless all of it fits.
    mutating func goOn(from checkpoint: Checkpoint) throws {
        settings = presentSettings
        // An optimizer that cannot be kept is found before the first epoch.
        _ = try optimizer.memory(of: weights)
        guard let file = try CheckpointFile(contentsOf: checkpoint.path) else { return }
        func unusable(_ reason: String) -> TrainingError {
            CheckpointFile.unusable(checkpoint.path, reason)
        }
        let record = file.record
        for (name, value) in settings {
            let other = record.settings.first { $0.first == name }?.last
            guard other == value else {
                throw unusable(
                    "it is of another run, expected \(name) \(value), got \(other ?? "none")")
            }
        }
        guard let generator = RandomGenerator(words: record.generator), isPlausible(record) else {
            throw unusable("its record of the run is damaged")
        }
        let values = try fitting(file.part("model"), of: "model", unusable)
        let best = file.part("best")
        if !best.isEmpty { _ = try fitting(best, of: "best", unusable) }
        do {
            try plan.average?.restore(
                file.part("average"), updates: record.averageUpdates ?? 0)
            try optimizer.restore(file.part("optimizer"), of: weights)
        } catch let error as LayerError {
            throw unusable(error.description)
        }
        for (parameter, value) in values { try parameter.setValue(value) }
        self.best = best.isEmpty ? nil : best
        Context.current.generator = generator
        moment.step = record.step
        moment.losses = record.epochs.map {
            $0.validation.isPresent ? $0.validation.loss : $0.train.loss
        }
        history.epochs = record.epochs
        history.stepLosses = record.stepLosses
        history.statistics = record.statistics ?? []
        recorder = record.capsule.map { RunRecorder(goingOn: $0) }
        history.arguments = RunArguments(self)
        position = record.order.map {
            Position(
                order: $0, done: record.done,
                means: RunningMeans(sums: record.sums, weight: record.weight),
                seconds: record.seconds)
        }
    }

    /// The values for the model's parameters and buffers; throws where they are another model's.
    private func fitting(
        _ tensors: [String: Tensor], of part: String, _ unusable: (String) -> TrainingError
    ) throws -> [(Parameter, Tensor)] {
        let state = model.namedState
        guard tensors.count == state.count else {
            throw unusable(
                "'\(part)' is another model, expected \(state.count) tensors, got \(tensors.count)")
        }
        return try state.map { name, parameter in
            guard let value = tensors[name], value.shape == parameter.shape,
                value.dtype == parameter.dtype
            else {
                throw unusable(
                    "'\(part)' is another model, expected \(name) \(parameter.shape), "
                        + "got \(tensors[name].map { "\($0.shape)" } ?? "none")")
            }
            return (parameter, value)
        }
    }

    /// Whether the numbers of a record can have come from a run like this one.
    private func isPlausible(_ record: CheckpointFile.Record) -> Bool {
        guard record.epochs.count <= plan.epochs, record.done >= 0,
            record.stepLosses.count == record.step,
            record.epochs.enumerated().allSatisfy({ $1.number == $0 + 1 }),
            (record.averageUpdates != nil) == (plan.average != nil)
        else { return false }
        let steps = record.epochs.count.multipliedReportingOverflow(by: history.stepsPerEpoch)
        guard !steps.overflow else { return false }
        guard record.order != nil else {
            return record.done == 0 && record.step == steps.partialValue
        }
        return record.epochs.count < plan.epochs && record.done > 0 && record.done < train.count
            && record.done % plan.stepSize == 0
            && record.step == steps.partialValue + record.done / plan.stepSize
            && record.sums.count == plan.metrics.count + 1
    }

    /// All that decides how the run goes, by name; later the schedule has changed the optimizer.
    var presentSettings: [(name: String, value: String)] {
        let frozen = model.namedState.count { !$0.parameter.isTrainable }
        return [
            ("model", "\(model.kind) of \(model.parameterCount) parameters"),
            ("epochs", "\(plan.epochs)"), ("batchSize", "\(plan.batchSize)"),
            ("accumulation", "\(plan.accumulation)"), ("optimizer", "\(optimizer)"),
            ("schedule", "\(schedule)"), ("loss", "\(plan.loss)"), ("metrics", "\(plan.metrics)"),
            ("mixedPrecision", "\(plan.isMixed)"),
            ("gradientClipping", plan.clipping.map { "\($0)" } ?? "nil"),
            ("mixing", plan.mixing.map { "\($0)" } ?? "nil"),
            ("ema", plan.average.map { "of decay \($0.decay)" } ?? "nil"),
            ("earlyStopping", plan.earlyStopping.map { "\($0)" } ?? "nil"),
            ("unfreezing", plan.unfreezing.map { "\($0)" } ?? "nil"),
            ("frozen parameters", plan.unfreezing == nil ? "\(frozen)" : "by epoch"),
            ("training data", train.summary), ("validation data", validation?.summary ?? "nil"),
        ]
    }
}

extension BatchSource {
    /// What the data is, in words that other data does not share as a rule.
    fileprivate var summary: String {
        // FNV-1a, of Fowler, Noll and Vo.
        let digest = labels.reduce(UInt64(0xCBF2_9CE4_8422_2325)) {
            ($0 ^ UInt64(bitPattern: Int64($1))) &* 0x100_0000_01B3
        }
        return "\(description), labels \(String(digest, radix: 16))"
    }
}
