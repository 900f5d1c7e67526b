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
        try watch?.compareWeights(capsule)
    }

    /// A run that goes on from where another one wrote its checkpoint.
    init(goingOn capsule: Capsule) {
        self.capsule = capsule
        watch = nil
        data = RunningDigest(value: UInt64(capsule.dataDigest, radix: 16) ?? 0)
    }

    /// Who is to be shown the operations of the step that comes now, if anyone.
    var observer: ((ComputedOperation) throws -> Void)? {
        guard capsule.results.isEmpty else { return nil }
        return { try self.note($0) }
    }

    private func note(_ operation: ComputedOperation) throws {
        capsule.operations.append(try Self.digest(operation))
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

    /// Takes in the end of a step, before the weights change. `again` does the step's last batch
    /// once more and gives its operations.
    func endStep(
        loss: Double, gradients: UInt64, again: () throws -> [Capsule.Operation]
    ) throws {
        var result = RunningDigest()
        result.add(loss.bitPattern)
        result.add(gradients)
        capsule.inputs.append(hexadecimal(input.value))
        capsule.results.append(hexadecimal(result.value))
        capsule.dataDigest = hexadecimal(data.value)
        input = RunningDigest()
        try watch?.compareStep(capsule, again: again)
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
