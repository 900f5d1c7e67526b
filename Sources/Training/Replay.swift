import Hosting
import NeuralNetworks
import Tensors
import VisionData

/// Trains a model once more as a run did, and says whether it comes out the same, bit for bit.
///
///     let history = try fit(model, train: data.train, epochs: 3)
///     try replay(history).isIdentical      // true
///
/// A copy of the model is trained, from the weights, the random numbers and the data that the run
/// began with; the model itself stays as it is. The first step that gives another loss or other
/// gradients ends it, and the first operation that differs is named. Throws where the run began
/// with weights that were loaded or trained before, or kept an average of its weights, or was not
/// one of `fit`: `replay(history.capsule) { ... }` repeats those.
public func replay(_ history: History) throws -> Replay {
    guard let arguments = history.arguments, let capsule = history.recorded else {
        throw TrainingError(
            "replay: the history does not know its run, expected one that fit gave")
    }
    if let weight = capsule.weights.first(where: { $0.origin == nil }) {
        throw TrainingError(
            "replay: the run began with a \(weight.name) that was loaded or trained before, which "
                + "is not kept; expected replay(history.capsule) { ... } with a closure that loads "
                + "it and calls fit")
    }
    guard arguments.plan.average == nil else {
        throw TrainingError(
            "replay: the run kept an average of its weights, expected replay(history.capsule) "
                + "{ ... } with a closure that makes one and calls fit")
    }
    return try replay(capsule) { try arguments.run() }
}

/// Runs a closure that calls `fit` as a run did, and says whether it comes out the same, bit for
/// bit.
///
///     try replay(Capsule("run.json")) { try fit(LeNet(), train: data.train, epochs: 3) }
///
/// The random numbers and the weights that were drawn from them begin as they did in the run,
/// whatever the present seed; weights that were loaded or trained before must be so again. Random
/// numbers outside go on as if nothing had been. Throws where the closure does not train to the
/// end.
public func replay(_ capsule: Capsule, _ body: () throws -> History) throws -> Replay {
    let watch = ReplayWatch(capsule)
    let generator = Context.current.generator
    defer { Context.current.generator = generator }
    var history: History?
    do {
        history = try ReplayWatch.$current.withValue(watch) { try body() }
    } catch {
        // Whatever the closure made of it, the run was ended here.
        guard watch.difference != nil else { throw error }
    }
    guard watch.difference != nil || watch.hasEnded else {
        throw TrainingError("replay: nothing was trained, expected a closure that calls fit")
    }
    return Replay(
        steps: watch.steps, difference: watch.difference, notes: watch.notes,
        history: watch.difference == nil ? history : nil)
}

/// Whether a run came out the same again: what `replay` gives.
public struct Replay: Sendable, CustomStringConvertible {
    /// How many steps were the same.
    public let steps: Int
    /// The first thing that differs; `nil` where everything is the same, bit for bit.
    public let difference: String?
    /// What is not as it was where the run was: threads, libraries, kernels.
    public let notes: [String]
    /// What happened this time, where it was the same.
    public let history: History?

    /// Whether losses, gradients and weights were the same in every step, bit for bit.
    public var isIdentical: Bool { difference == nil }

    /// That it was the same, or what differs, and what is not as it was.
    public var description: String {
        let result =
            difference.map { "differs after \(grouped(steps)) equal steps: \($0)" }
            ?? "the same, bit for bit: \(grouped(steps)) steps"
        return ([result] + notes).joined(separator: "\n")
    }
}

/// What a run of `fit` was given, so that it can be done again.
final class RunArguments: @unchecked Sendable {
    // Invariant: only the thread that trains touches it.
    let plan: TrainingPlan
    private let model: any Layer
    private let optimizer: any Optimizer
    private let schedule: Schedule
    private let train: any BatchSource
    private let validation: (any BatchSource)?

    init(_ run: TrainingRun) {
        plan = run.plan
        model = run.model
        optimizer = run.optimizer
        schedule = run.schedule
        train = run.train
        validation = run.validation
    }

    /// Trains a copy of the model; the optimizer remembers of the model what it did before.
    func run() throws -> History {
        let memory = try optimizer.memory(of: model.namedWeights)
        let result = Result { try trained(model.copy()) }
        try optimizer.restore(memory, of: model.namedWeights)
        return try result.get()
    }

    private func trained(_ model: any Layer) throws -> History {
        var run = TrainingRun(
            model: model, optimizer: optimizer, schedule: schedule, plan: plan,
            train: train, validation: validation)
        return try run.run()
    }
}
