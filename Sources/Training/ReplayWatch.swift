import NeuralNetworks
import Tensors

/// Compares a run with the one that it repeats, and ends it where it differs.
final class ReplayWatch: @unchecked Sendable {
    // Invariant: used by the thread that trains.
    @TaskLocal static var current: ReplayWatch?

    /// Thrown where the run differs, through whoever called `fit`.
    struct Ended: Error {}

    private let original: Capsule
    /// The first thing that differs.
    private(set) var difference: String?
    /// How many steps were the same.
    private(set) var steps = 0
    /// Whether a run has begun, and whether one has ended.
    private var hasBegun = false
    private(set) var hasEnded = false

    init(_ original: Capsule) { self.original = original }

    /// What is not as it was where the original ran: numbers may differ for it.
    var notes: [String] {
        let present = Capsule(recipe: [], seed: [], weights: [])
        var notes: [String] = []
        if original.threads != present.threads {
            notes.append("the run had \(original.threads) threads, here are \(present.threads)")
        }
        for (one, other) in zip(original.versions, present.versions) where one != other {
            notes.append("the run had \(one.name) \(one.value), here is \(other.value)")
        }
        return notes
    }

    private func end(_ difference: String) -> Ended {
        self.difference = difference
        return Ended()
    }

    /// Gives a run that begins the random numbers and the first weights of the original.
    func prepare(_ run: TrainingRun, _ recipe: [Capsule.Setting]) throws {
        guard !hasBegun else {
            throw TrainingError("replay: a second run began, expected one call of fit")
        }
        hasBegun = true
        for setting in original.recipe {
            let other = recipe.first { $0.name == setting.name }?.value ?? "none"
            guard other == setting.value else {
                throw end(
                    "the recipe, \(setting.name): the run had \(setting.value), "
                        + "this one has \(other)"
                )
            }
        }
        let state = run.model.namedState
        guard state.map(\.name) == original.weights.map(\.name) else {
            throw end("the model: it has other weights than that of the run")
        }
        for (weight, (name, parameter)) in zip(original.weights, state) {
            guard weight.shape == parameter.shape else {
                throw end(
                    "the model: \(name) was \(weight.shape) and is \(parameter.shape) here")
            }
            parameter.isTrainable = weight.isTrainable
            if let origin = weight.origin.flatMap({ UInt64($0, radix: 16) }) {
                parameter.restart(from: origin)
            }
        }
        let words = original.seed.compactMap { UInt64($0, radix: 16) }
        guard let generator = RandomGenerator(words: words) else {
            throw TrainingError("replay: the capsule is damaged, its seed is no state")
        }
        Context.current.generator = generator
    }

    func compareWeights(_ present: Capsule) throws {
        for (one, other) in zip(original.weights, present.weights)
        where one.digest != other.digest {
            throw end(
                "\(one.name) before the first step"
                    + (one.origin == nil
                        ? ": it was loaded or trained before the run, and is another one here" : "")
            )
        }
    }

    /// Compares the step that was just done: `again` does its last batch once more, `firstAgain`
    /// that of the first step from the first weights, and both give the operations.
    func compareStep(
        _ present: Capsule, _ operations: [Capsule.Operation],
        again: () throws -> [Capsule.Operation], firstAgain: () throws -> [Capsule.Operation]
    ) throws {
        let step = present.steps - 1
        guard step < original.steps else {
            throw end("the number of steps: the run had \(original.steps), this one goes on")
        }
        let place = "step \(step + 1)"
        guard present.inputs[step] == original.inputs[step] else {
            throw end("the images or labels of \(place)")
        }
        guard present.results[step] == original.results[step] else {
            let culprit =
                step == 0
                ? firstStep(present) : try laterStep(operations, again, firstAgain)
            throw end("\(place): \(culprit)")
        }
        steps = step + 1
    }

    /// The operation of the first step that gave something else.
    private func firstStep(_ present: Capsule) -> String {
        Self.difference(
            original.operations, present.operations, "is the first to give other numbers")
            ?? "the sum of the gradients, after operations that were all the same"
    }

    /// The operation of a later step that gave something else. The original did not keep what those
    /// gave, so that it is looked for among what is done twice: this step, and the first one.
    private func laterStep(
        _ operations: [Capsule.Operation], _ again: () throws -> [Capsule.Operation],
        _ firstAgain: () throws -> [Capsule.Operation]
    ) throws -> String {
        let (one, other) = (try again(), try again())
        let present = Array(operations.suffix(one.count))
        let first = try firstAgain()
        return Self.difference(one, other, "gives other numbers each time it is done")
            ?? Self.difference(present, one, "gave other numbers than when it is done again")
            ?? Self.difference(
                Array(original.operations.suffix(first.count)), first,
                "no longer gives what it gave in the first step of the run")
            ?? "the loss or the gradients; each of its \(one.count) operations gives the same "
            + "numbers when it is done again here, and those of the first step give what they gave"
    }

    /// The first operation that is not the same, with what is said of one whose numbers are not.
    private static func difference(
        _ one: [Capsule.Operation], _ other: [Capsule.Operation], _ verdict: String
    ) -> String? {
        for (index, operation) in one.enumerated() {
            guard other.indices.contains(index) else { return "\(operation.label) is missing" }
            guard operation.label == other[index].label else {
                return "the run did \(operation.label) where this one does \(other[index].label)"
            }
            guard operation.digest == other[index].digest else {
                return "\(operation.label), operation \(index + 1) of \(one.count), \(verdict)"
            }
        }
        return nil
    }

    func compareEnd(_ present: Capsule) throws {
        guard present.steps == original.steps else {
            throw end(
                "the number of steps: the run had \(original.steps), this one \(present.steps)")
        }
        guard present.modelDigest == original.modelDigest else {
            throw end("the model at the end, after steps that were all the same")
        }
        hasEnded = true
    }
}
