import NeuralNetworks
import Tensors
import VisionData

/// Takes down what a run does, and compares it with the run that it is to repeat.
final class RunRecorder {
    private(set) var capsule: Capsule
    /// The run that is repeated.
    private let watch: ReplayWatch?
    /// Digests of the step under way.
    private var input = RunningDigest()
    private var data = RunningDigest()
    /// What the step under way did, where a run is repeated.
    private var operations: [Capsule.Operation] = []
    /// The first step's last batch, and the parameters as it began, where a run is repeated.
    private var first: StepBatch?
    private var beginning: [(parameter: Parameter, value: Tensor, isTrainable: Bool)] = []

    /// A run that begins: with the random numbers and first weights of another one where it is to
    /// repeat that.
    init(_ run: TrainingRun, _ settings: [(name: String, value: String)]) throws {
        watch = ReplayWatch.current
        let recipe = settings.map { Capsule.Setting(name: $0.name, value: $0.value) }
        if let watch { try watch.prepare(run, recipe) }
        capsule = Capsule(
            recipe: recipe, seed: Context.current.generator.words,
            weights: try run.model.namedState.map { name, parameter in
                let origin = parameter.origin.map(hexadecimal)
                return Capsule.Weight(
                    name: name, shape: parameter.shape, origin: origin,
                    digest: hexadecimal(try parameter.value.orderedFingerprint().digest),
                    isTrainable: parameter.isTrainable)
            })
        guard let watch else { return }
        try watch.compareWeights(capsule)
        beginning = run.model.namedState.map { _, parameter in
            (parameter, parameter.value.detached(), parameter.isTrainable)
        }
    }

    /// A run that goes on from where another one wrote its checkpoint.
    init(goingOn capsule: Capsule) {
        self.capsule = capsule
        watch = nil
        data = RunningDigest(value: UInt64(capsule.dataDigest, radix: 16) ?? 0)
    }

    /// Who is to be shown the operations of the step that comes now, if anyone: of the first, and
    /// of all where a run is repeated.
    var observer: ((ComputedOperation) throws -> Void)? {
        let isFirst = capsule.results.isEmpty
        guard isFirst || watch != nil else { return nil }
        return { operation in
            let digest = try Self.digest(operation)
            if isFirst { self.capsule.operations.append(digest) }
            if self.watch != nil { self.operations.append(digest) }
        }
    }

    static func digest(_ operation: ComputedOperation) throws -> Capsule.Operation {
        var digest = RunningDigest()
        for output in operation.outputs { digest.add(try output.orderedFingerprint().digest) }
        return Capsule.Operation(label: operation.label, digest: hexadecimal(digest.value))
    }

    /// Takes in a batch of the step under way.
    func add(_ batch: Batch) throws {
        for tensor in [batch.images, batch.labels] {
            let digest = try tensor.orderedFingerprint().digest
            input.add(digest)
            data.add(digest)
        }
    }

    /// Takes in the end of a step, before the weights change. `again` does a batch once more and
    /// gives its operations; `last` is the step's last one.
    func endStep(
        loss: Double, gradients: UInt64, _ last: StepBatch?,
        again: (StepBatch) throws -> [Capsule.Operation]
    ) throws {
        var result = RunningDigest()
        result.add(loss.bitPattern)
        result.add(gradients)
        capsule.inputs.append(hexadecimal(input.value))
        capsule.results.append(hexadecimal(result.value))
        capsule.dataDigest = hexadecimal(data.value)
        input = RunningDigest()
        guard let watch else { return }
        if capsule.steps == 1 { first = last }
        try watch.compareStep(
            capsule, operations, again: { try last.map(again) ?? [] },
            firstAgain: { try atBeginning { try first.map(again) ?? [] } })
        operations = []
    }

    /// Runs `body` with the parameters as they were before the first step.
    private func atBeginning<R>(_ body: () throws -> R) throws -> R {
        let present = beginning.map { parameter, _, _ in
            (
                parameter: parameter, value: parameter.value.detached(),
                isTrainable: parameter.isTrainable
            )
        }
        func set(_ values: [(parameter: Parameter, value: Tensor, isTrainable: Bool)]) throws {
            for (parameter, value, isTrainable) in values {
                try parameter.setValue(value)
                parameter.isTrainable = isTrainable
            }
        }
        try set(beginning)
        let result = Result { try body() }
        try set(present)
        return try result.get()
    }

    /// Takes in the end of the run.
    func end(_ model: any Layer) throws {
        var digest = RunningDigest()
        for (_, parameter) in model.namedState {
            digest.add(try parameter.value.orderedFingerprint().digest)
        }
        capsule.modelDigest = hexadecimal(digest.value)
        try watch?.compareEnd(capsule)
    }
}
